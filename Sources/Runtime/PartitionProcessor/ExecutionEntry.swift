import Engine
import StatesLanguage

/// An open execution in a partition. One that only waits is held as the bytes of its checkpoint, a third of what it takes else.
final class ExecutionEntry {
    let arn: String
    private let machine: StateMachine
    /// nil while it is asleep.
    private var awake: Execution?
    /// Its checkpoint, and its next deadline (epoch milliseconds), while it is asleep.
    private var sleeping: [UInt8] = []
    private var sleepsUntil: Int64?
    private var keptKey: [UInt8] = []
    /// Of its item in the queue of what has changed since its last checkpoint; 0: nothing has.
    var dirtyNumber = 0
    /// Whether its state stands on `checkpoints`, and in how many parts (0: undivided).
    var hasCheckpoint = false
    var partCount = 0
    /// Of the last event that the checkpoint had folded which it was read from; 0: it was read from none.
    var restoredSequence: Int64 = 0

    init(_ execution: Execution) {
        awake = execution
        machine = execution.machine
        arn = execution.arn
    }

    /// Of its records.
    var key: [UInt8] {
        if keptKey.isEmpty {
            guard !isAsleep else { return Array(arn.utf8) }
            keptKey = Array(arn.utf8)
        }
        return keptKey
    }

    /// The execution, which is awake from now on.
    var execution: Execution {
        if let awake { return awake }
        let execution = snapshot
        (awake, sleeping, sleepsUntil) = (execution, [], nil)
        return execution
    }

    /// The execution to look at: one that is asleep stays so.
    var snapshot: Execution {
        if let awake { return awake }
        var texts = SharedTexts()
        let machine = machine
        let decoded = try? ExecutionCheckpoint.decode(sleeping, executionArn: arn, sharing: &texts) { _ in machine }
        guard let execution = decoded?.execution else {
            preconditionFailure("what this process has encoded it can decode")
        }
        return execution
    }

    var isAsleep: Bool { awake == nil }
    var isClosed: Bool { awake?.isClosed ?? false }

    /// Epoch milliseconds.
    var nextDeadline: Int64? { awake.map(\.nextDeadline) ?? sleepsUntil }

    /// What stands on `checkpoints` for it.
    var checkpoint: [UInt8] {
        guard let awake else { return sleeping }
        return ExecutionCheckpoint.encode(awake)
    }

    /// Nothing is expected of it for a while.
    func sleep() {
        guard let execution = awake else { return }
        sleepsUntil = execution.nextDeadline
        // An array of just that size.
        sleeping = Array(ExecutionCheckpoint.encode(execution)[...])
        (awake, keptKey) = (nil, [])
    }

    /// Lets go of what can be had again.
    func dropDerived() { awake?.dropDerived() }
}
