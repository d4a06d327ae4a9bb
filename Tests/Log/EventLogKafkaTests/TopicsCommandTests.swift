import CommandTesting
import EventLog
import EventLogKafka
import Foundation
import KafkaTesting
import Testing

@Suite("steplog topics")
struct TopicsCommandTests {
    private static func topics(_ broker: TestBroker, _ arguments: [String]) throws -> SteplogProcess.Outcome {
        try SteplogProcess.run(
            ["topics", arguments[0], "--brokers", broker.configuration.brokers[0], "--partitions", "4"]
                + arguments.dropFirst(),
            in: FileManager.default.temporaryDirectory)
    }

    @Test("apply creates what is missing, check finds it right, and a changed partition count is refused plainly")
    func applyAndCheck() throws {
        let broker = try TestBroker()
        let missing = try Self.topics(broker, ["check"])
        #expect(missing.status == 1)
        #expect(missing.output.contains("steplog.commands: there is no topic"))
        #expect(try Self.topics(broker, ["apply"]).status == 0)
        #expect(try Self.topics(broker, ["apply"]).status == 0)
        #expect(try Self.topics(broker, ["check"]).status == 0)
        let shown = try Self.topics(broker, ["describe"])
        #expect(shown.output.contains("steplog.definitions: 1 partitions, clean-up compact, kept: no limit"))
        #expect(shown.output.contains("steplog.replies: 4 partitions, clean-up delete, kept: 3600 seconds"))
        let changed = try SteplogProcess.run(
            ["topics", "check", "--brokers", broker.configuration.brokers[0], "--partitions", "8"],
            in: FileManager.default.temporaryDirectory)
        #expect(changed.status == 1)
        #expect(changed.output.contains("steplog.commands: topic \"steplog.commands\" has 4 partitions, not 8"))
    }

    @Test("Another retention is told by check and mended by apply")
    func retention() throws {
        let broker = try TestBroker()
        #expect(try Self.topics(broker, ["apply"]).status == 0)
        let log = try KafkaLog(broker.configuration)
        defer { log.close() }
        try log.createTopic("steplog.events", TopicConfiguration(partitions: 4, retention: .seconds(60)))
        let found = try Self.topics(broker, ["check", "--record-bytes-max", "4194304"])
        #expect(found.status == 1)
        #expect(found.output.contains("keeps its records for 60 seconds, not for ever"))
        #expect(try Self.topics(broker, ["apply"]).status == 0)
        #expect(try Self.topics(broker, ["check"]).status == 0)
    }

    @Test("A setting that is no setting ends the command with its name")
    func badProperty() throws {
        let broker = try TestBroker()
        let refused = try Self.topics(broker, ["check", "--property", "no.such.setting=1"])
        #expect(refused.status == 2)
        #expect(refused.messages.contains("no.such.setting"))
        #expect(try Self.topics(broker, ["check", "--property", "nonsense"]).status == 2)
    }
}
