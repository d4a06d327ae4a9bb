import Engine

/// An open execution in a partition.
final class ExecutionEntry {
    let arn: String
    let key: [UInt8]
    let execution: Execution
    /// Of its item in the queue of what has changed since its last checkpoint; 0: nothing has.
    var dirtyNumber = 0
    /// Whether its state stands on `checkpoints`, and in how many parts (0: undivided).
    var hasCheckpoint = false
    var partCount = 0
    /// Of the last event that the checkpoint had folded which it was read from; 0: it was read from none.
    var restoredSequence: Int64 = 0

    init(_ execution: Execution) {
        self.execution = execution
        arn = execution.arn
        key = Array(execution.arn.utf8)
    }
}
