import EventLog
import EventLogEmbedded
import LogReplay
import PartitionProcessor
import Replay
import Testing

@Suite("Executions behind a dead letter")
struct ParkedExecutionsTests {
    /// - Parameter isParked: whether the execution is, or the record alone was refused.
    private func divert(_ name: String, _ reason: String, isParked: Bool, in log: EmbeddedLog) throws {
        var headers = RecordHeaders()
        headers.append(DeadLetterHeader.reason, reason)
        headers.append(DeadLetterHeader.topic, RecordedLog.names.commands)
        if isParked { headers.append(DeadLetterHeader.parked, "true") }
        var builder = RecordBatchBuilder()
        builder.append(key: Array(RecordedLog.arn(name).utf8), value: [1], headers: headers, timestamp: 7)
        let place = TopicPartition(RecordedLog.names.deadletter, 0)
        _ = try log.makeAppender().append([PartitionBatch(partition: place, batch: builder.finish())])
    }

    @Test("The first dead letter says why an execution is parked, until all are put back")
    func parked() throws {
        let log = try RecordedLog.log(["open-1", "open-2"])
        try divert("open-2", "refused", isParked: false, in: log)
        try divert("open-1", "garbled", isParked: true, in: log)
        try divert("open-1", "behind", isParked: true, in: log)
        let scan = try RecordedLog.scan(log)
        let parked = try ParkedExecutions(scan)
        #expect(parked.cause(of: RecordedLog.arn("open-2")) == nil)
        let cause = try #require(parked.cause(of: RecordedLog.arn("open-1")))
        #expect(cause.kind == .parked)
        #expect(cause.since == 7)
        #expect(cause.detail.hasPrefix("dead letter 1: garbled; `steplog deadletter retry arn:aws:states:"))

        let execution = try #require(try LogFold(scan, LogSelection()).executions[RecordedLog.arn("open-1")])
        #expect(!PendingExecution(execution).isStuck)
        let pending = PendingExecution(execution, parked: cause)
        #expect(pending.isStuck)
        #expect(pending.causes.map(\.kind) == [.parked, .task])

        let desk = DeadLetterDesk(log: log, layout: TopicLayout(names: RecordedLog.names))
        #expect(try desk.retry(key: Array(RecordedLog.arn("open-1").utf8)) == 2)
        #expect(try ParkedExecutions(scan).cause(of: RecordedLog.arn("open-1")) == nil)
    }
}
