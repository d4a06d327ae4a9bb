/// Why a partition can't be taken over.
public enum RecoveryError: Error, Sendable, Equatable, CustomStringConvertible {
    case unknownDefinition(executionArn: String, hash: String)
    case missingStart(executionArn: String, sequence: Int64)
    /// A batch of records is not what was written: whose events it held is not known.
    case damagedLog(partition: Int, message: String)
    /// Offset -1: no single record of `checkpoints`.
    case unreadableCheckpoint(partition: Int, offset: Int64, message: String)

    public var description: String {
        switch self {
        case .unknownDefinition(let arn, let hash): "The definition \(hash) of \(arn) is not on the log."
        case .missingStart(let arn, let sequence): "The log has event \(sequence) of \(arn), but not its start."
        case .damagedLog(let partition, let message): "The log of partition \(partition) is damaged: \(message)"
        case .unreadableCheckpoint(let partition, let offset, let message):
            "The checkpoint at partition \(partition), offset \(offset) can't be read: \(message)"
        }
    }
}
