import EventLog
import PartitionProcessor
public import Replay

/// Executions whose commands go to the dead letters until an operator puts these back.
public struct ParkedExecutions {
    private var letters: [String: DeadLetter] = [:]

    /// - Throws: `EventLogError`.
    public init(_ scan: EventScan) throws {
        guard try scan.log.topic(scan.names.deadletter) != nil else { return }
        for letter in try DeadLetterDesk(log: scan.log, layout: TopicLayout(names: scan.names)).letters()
        where letter.headers.text(DeadLetterHeader.parked) == "true" {
            let arn = String(decoding: letter.key, as: UTF8.self)
            // What was parked first says why; the others only came behind it.
            if letters[arn] == nil { letters[arn] = letter }
        }
    }

    /// Why an execution goes no further; nil for one that is not parked.
    public func cause(of executionArn: String) -> PendingCause? {
        letters[executionArn].map { letter in
            .parked(
                since: letter.timestamp,
                detail: "dead letter \(letter.number): \(letter.reason); "
                    + "`steplog deadletter retry \(executionArn)` puts it back")
        }
    }
}
