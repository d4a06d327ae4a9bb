import EventLog
import EventLogKafka
import Foundation
import KafkaTesting
import Testing

@Suite("Processes on Kafka that are killed")
struct KafkaKillTests {
    /// The program `KafkaCopyTool` beside the tests' own binary.
    private static func start(_ broker: TestBroker) throws -> Process {
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent()
        let places = [folder, Bundle.main.bundleURL].map { $0.appendingPathComponent("KafkaCopyTool") }
        let process = Process()
        let program: URL = try #require(
            places.first { FileManager.default.isExecutableFile(atPath: $0.path) }, "KafkaCopyTool is not built")
        process.executableURL = program
        process.arguments = [broker.configuration.brokers[0], "1000"]
        try process.run()
        return process
    }

    @Test("Two members that copy and are killed with -9 at any moment copy every record once, in order")
    func copies() throws {
        let broker = try TestBroker()
        let log = try KafkaLog(broker.configuration)
        defer { log.close() }
        for topic in ["in", "out"] { try log.createTopic(topic, TopicConfiguration(partitions: 4)) }
        var random = SystemRandomNumberGenerator()
        var members = try (0..<2).map { _ in try Self.start(broker) }
        defer {
            for member in members {
                kill(member.processIdentifier, SIGKILL)
                member.waitUntilExit()
            }
        }
        let appender = try log.makeAppender()
        let rounds = 60
        var kills = 0
        for round in 0..<rounds {
            _ = try appender.append(
                (0..<4).map { partition in
                    PartitionBatch(
                        partition: TopicPartition("in", partition),
                        batch: KafkaLogs.batch((0..<5).map { "\(round * 5 + $0)" }))
                })
            usleep(UInt32.random(in: 0..<40_000, using: &random))
            guard round % 10 == 9 else { continue }
            // Give the group time to share the partitions anew, so that it is killed at work.
            let victim = Int.random(in: 0..<2, using: &random)
            usleep(UInt32.random(in: 300_000..<1_500_000, using: &random))
            kill(members[victim].processIdentifier, SIGKILL)
            members[victim].waitUntilExit()
            members[victim] = try Self.start(broker)
            kills += 1
        }
        let expected = (0..<rounds * 5).map(String.init)
        let end = ContinuousClock.now + .seconds(60)
        func isComplete() throws -> Bool {
            try (0..<4).allSatisfy { try KafkaLogs.values(log, TopicPartition("out", $0)).count >= expected.count }
        }
        while try !isComplete(), ContinuousClock.now < end { usleep(100_000) }
        for partition in 0..<4 {
            #expect(try KafkaLogs.values(log, TopicPartition("out", partition)) == expected)
        }
        #expect(kills == rounds / 10)
    }
}
