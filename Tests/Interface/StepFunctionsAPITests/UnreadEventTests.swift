import BatchStore
import EventLog
import EventLogEmbedded
import JSON
import PartitionProcessor
import Testing

@Suite("Events that the API's read model can't read")
struct UnreadEventTests {
    @Test("They are passed over, and everything else is shown")
    func passedOver() async throws {
        let storage = MemoryBatchStorage()
        let api = try APIHarness(storage)
        defer { api.stop() }
        let created = try await api.call(
            "CreateStateMachine",
            [
                "name": "orders", "definition": #"{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"#,
                "roleArn": "arn:aws:iam::000000000000:role/r",
            ])
        let machine = try #require(created.body["stateMachineArn"])
        let names = TopicLayout(partitions: 2).names
        let log = EmbeddedLog(storage)
        let appender = try log.makeAppender()
        defer { appender.close() }
        let garbage = [
            ("k", ""), ("k", "{"), ("k", "[]"), ("k", #"{"executionArn":"a","sequence":1,"type":"FromTheFuture"}"#),
            ("k", #"{"executionArn":"a","id":"x"}"#), (machine.string ?? "", "{"),
        ]
        for partition in 0..<2 {
            for (key, value) in garbage {
                var builder = RecordBatchBuilder()
                builder.append(key: Array(key.utf8), value: Array(value.utf8), timestamp: 0)
                let place = TopicPartition(names.events, partition)
                _ = try appender.append([PartitionBatch(partition: place, batch: builder.finish())])
            }
        }
        for number in 0..<4 {
            let started = try await api.call(
                "StartExecution", ["stateMachineArn": machine, "name": .string("e-\(number)")])
            let arn = try #require(started.body["executionArn"])
            let described = try await api.call("DescribeExecution", ["executionArn": arn])
            #expect(described.status == 200, "\(described.body)")
        }
        let list = try await api.call("ListExecutions", ["stateMachineArn": machine])
        #expect(list.body["executions"]?.array?.count == 4)
        #expect(try await api.call("DescribeStateMachine", ["stateMachineArn": machine]).status == 200)
    }
}
