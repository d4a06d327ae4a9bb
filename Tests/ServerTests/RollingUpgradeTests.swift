import CommandTesting
import EventLog
import EventLogKafka
import Foundation
import Glibc
import KafkaTesting
import StepFunctionsClient
import Testing

/// Another build of steplog, such as the last release's: `STEPLOG_OTHER_BINARY`.
private let otherProgram = ProcessInfo.processInfo.environment["STEPLOG_OTHER_BINARY"].map { URL(filePath: $0) }

@Suite("A rolling upgrade", .enabled(if: otherProgram != nil, "STEPLOG_OTHER_BINARY names no other build of steplog"))
struct RollingUpgradeTests {
    @Test("Two builds share the work of one prefix, and each goes on with what the other one has left")
    func sideBySide() throws {
        let other = try #require(otherProgram)
        let cluster = try ServerCluster()
        try cluster.start("api", "api")
        try cluster.start("engine-other", "engine", program: other)
        try cluster.start("worker-other", "worker", program: other)
        #expect(cluster.wait(seconds: 60) { cluster.isReady(port: cluster.port) })
        let machine = try cluster.createMachine()
        var executions: [String] = []
        func startMore(_ count: Int) throws {
            for _ in 0..<count { executions.append(try cluster.startExecution("x\(executions.count)", of: machine)) }
        }
        // The other build alone, both, this build alone, both, and back again to the other one.
        try startMore(16)
        try cluster.start("engine", "engine")
        try cluster.start("worker", "worker")
        try startMore(16)
        #expect(try cluster.end("engine-other", by: SIGTERM).status == 0)
        #expect(try cluster.end("worker-other", by: SIGTERM).status == 0)
        try startMore(16)
        try cluster.start("engine-other", "engine", program: other)
        try cluster.start("worker-other", "worker", program: other)
        try startMore(16)
        try cluster.end("engine", by: SIGKILL)
        try cluster.end("worker", by: SIGKILL)
        try startMore(8)
        let isDone = cluster.wait(seconds: 90) { executions.allSatisfy { (try? cluster.status($0)) == "SUCCEEDED" } }
        #expect(isDone)
        #expect(try cluster.starts().count == executions.count)
        #expect(try cluster.starts().filter { $0.value != 2 }.isEmpty)
        let sequences = try cluster.sequences()
        #expect(sequences.count == executions.count)
        for (arn, numbers) in sequences { #expect(numbers == Array(1...Int64(numbers.count)), "\(arn)") }
        let log = try KafkaLog(cluster.broker.configuration)
        defer { log.close() }
        var letters = 0
        try log.readToEnd(TopicPartition("steplog.deadletter", 0)) { _ in letters += 1 }
        #expect(letters == 0)
    }
}
