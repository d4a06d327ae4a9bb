public import Engine
import EventLog
import PartitionProcessor

/// An execution as a log knows it.
public struct LoggedExecution: Sendable {
    public var start: StartExecution
    /// As recorded with the command; nil when an earlier one had brought it.
    public var definition: String?
    public var isClosed: Bool
}

extension LocalEngine {
    /// The executions of the log in the order of their starts; one whose start is not decided yet as well.
    /// - Throws: `EventLogError`, or `CodecError` for a record that can't be read.
    public func executions() throws -> [LoggedExecution] {
        var order: [String] = []
        var replies: [String: String] = [:]
        var found: [String: LoggedExecution] = [:]
        for partition in 0..<layout.partitions {
            try log.readToEnd(TopicPartition(layout.names.commands, partition)) { record in
                guard let command = try? CommandRecord(decoding: Array(record.value ?? [])),
                    case .startExecution(let start) = command.command, found[start.executionArn] == nil
                else { return }
                order.append(start.executionArn)
                if let address = command.replyTo { replies[address.id] = start.executionArn }
                found[start.executionArn] = LoggedExecution(
                    start: start, definition: command.definition, isClosed: false)
            }
            // A start that was refused is no execution.
            try log.readToEnd(TopicPartition(layout.names.replies, partition)) { record in
                guard let arn = replies[String(decoding: record.key ?? [], as: UTF8.self)],
                    case .rejected = try ReplyRecord(decoding: Array(record.value ?? [])).outcome
                else { return }
                found[arn] = nil
            }
            try log.readToEnd(TopicPartition(layout.names.events, partition)) { record in
                if let key = record.key, RegistryRecord.isKey(key) { return }
                let (arn, event) = try EventDecoder.decode(record.valueSpan)
                if event.detail.isEnd { found[arn]?.isClosed = true }
                if case .executionRedriven = event.detail { found[arn]?.isClosed = false }
            }
        }
        return order.compactMap { found[$0] }
    }
}

extension EventDetail {
    /// True for the last event of an execution.
    public var isEnd: Bool {
        switch self {
        case .executionSucceeded, .executionFailed, .executionTimedOut, .executionAborted: true
        default: false
        }
    }
}
