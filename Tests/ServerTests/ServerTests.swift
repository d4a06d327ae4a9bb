import CommandTesting
import EventLog
import EventLogKafka
import Foundation
import Glibc
import KafkaTesting
import StepFunctionsClient
import Testing

@Suite("steplog server", .serialized)
struct ServerTests {
    @Test("Two engines, two workers and an API: one after the other is stopped and killed, and every task starts once")
    func kills() throws {
        let cluster = try ServerCluster()
        for name in ["engine-1", "engine-2"] { try cluster.start(name, "engine") }
        for name in ["worker-1", "worker-2"] { try cluster.start(name, "worker") }
        try cluster.start("api", "api")
        #expect(cluster.wait(seconds: 60) { cluster.isReady(port: cluster.port) })
        let machine = try cluster.createMachine()
        var executions: [String] = []
        func startMore(_ count: Int) throws {
            for _ in 0..<count { executions.append(try cluster.startExecution("x\(executions.count)", of: machine)) }
        }
        try startMore(16)
        try cluster.signal("engine-1", SIGTERM)
        try startMore(16)
        #expect(try cluster.end("engine-1", by: SIGTERM).status == 0)
        try cluster.start("engine-1", "engine")
        #expect(try cluster.end("worker-1", by: SIGTERM).status == 0)
        try cluster.start("worker-1", "worker")
        try startMore(8)
        try cluster.end("engine-2", by: SIGKILL)
        try cluster.end("worker-2", by: SIGKILL)
        try startMore(16)

        let isDone = try cluster.wait(seconds: 120) {
            try executions.allSatisfy { try cluster.status($0) != "RUNNING" }
        }
        #expect(isDone)
        for execution in executions { #expect(try cluster.status(execution) == "SUCCEEDED") }
        let starts = try cluster.starts()
        #expect(starts.count == executions.count)
        #expect(starts.filter { $0.value != 2 }.isEmpty)
        let sequences = try cluster.sequences()
        #expect(sequences.count == executions.count)
        for (arn, numbers) in sequences { #expect(numbers == Array(1...Int64(numbers.count)), "\(arn)") }
        for name in ["engine-1", "worker-1", "api"] { #expect(try cluster.end(name, by: SIGTERM).status == 0) }
    }

    @Test("While the broker is away health says so and the API throttles; afterwards all goes on where it was")
    func brokerAway() throws {
        let cluster = try ServerCluster()
        try cluster.start("all", "all")
        let healthPort = try ServerCluster.freePort()
        try cluster.start("engine", "engine", healthPort: healthPort)
        #expect(cluster.wait(seconds: 60) { cluster.isReady(port: cluster.port) && cluster.isReady(port: healthPort) })
        let machine = try cluster.createMachine()
        var executions = try (0..<8).map { try cluster.startExecution("x\($0)", of: machine) }
        cluster.broker.stop()
        #expect(
            cluster.wait(seconds: 10) { !cluster.isReady(port: cluster.port) && !cluster.isReady(port: healthPort) })
        let asked = ContinuousClock.now
        do {
            _ = try cluster.startExecution("refused", of: machine)
            Issue.record("an execution was started without a broker")
        } catch let failure as ClientFailure {
            #expect("\(failure)".contains("ThrottlingException"))
        }
        #expect(ContinuousClock.now - asked < .seconds(5))
        try cluster.broker.start()
        #expect(cluster.wait(seconds: 60) { cluster.isReady(port: cluster.port) })
        // As AWS's clients do: what was throttled is asked for again, under the same name.
        #expect(
            cluster.wait(seconds: 60) {
                guard let arn = try? cluster.startExecution("x8", of: machine) else { return false }
                executions.append(arn)
                return true
            })
        let isDone = cluster.wait(seconds: 120) { executions.allSatisfy { (try? cluster.status($0)) == "SUCCEEDED" } }
        #expect(isDone)
        #expect(try cluster.starts().filter { $0.value != 2 }.isEmpty)
    }

    @Test(
        "A second engine under the first one's instance id drives it out: the first ends with an error that says so, the second goes on"
    )
    func sameInstance() throws {
        let cluster = try ServerCluster()
        let environment = ["STEPLOG_KAFKA_INSTANCE_ID": "host-1"]
        try cluster.start("api", "api")
        try cluster.start("first", "engine", environment: environment)
        #expect(cluster.wait(seconds: 60) { cluster.isReady(port: cluster.port) })
        let machine = try cluster.createMachine()
        try cluster.start("second", "engine", environment: environment)
        var outcome: SteplogProcess.Outcome?
        #expect(
            try cluster.wait(seconds: 60) {
                outcome = try cluster.takeEnded("first")
                return outcome != nil
            })
        #expect(outcome?.status != 0)
        #expect(
            outcome?.messages.contains("Another process runs under the instance id \"host-1\"") == true,
            "\(outcome?.messages ?? "")")
        let execution = try cluster.startExecution("x", of: machine)
        #expect(!execution.isEmpty)
        #expect(try cluster.takeEnded("second") == nil)
    }

    @Test("Asked to end while the broker is away it ends within 10 s, and says what it has given up")
    func endWithoutBroker() throws {
        let cluster = try ServerCluster()
        try cluster.start("all", "all")
        #expect(cluster.wait(seconds: 60) { cluster.isReady(port: cluster.port) })
        _ = try cluster.startExecution("x", of: cluster.createMachine())
        cluster.broker.stop()
        #expect(cluster.wait(seconds: 10) { !cluster.isReady(port: cluster.port) })
        let asked = ContinuousClock.now
        let outcome = try cluster.end("all", by: SIGTERM)
        #expect(ContinuousClock.now - asked < .seconds(11))
        if outcome.status != 0 {
            #expect(outcome.status == 1)
            #expect(outcome.messages.contains("Ended without handing over: the brokers are away: "))
            #expect(outcome.messages.contains("this was given up: "))
        }
    }

    @Test(
        "It refuses to start on topics that are not as they should be, on a bad setting and without a broker's address")
    func refusals() throws {
        let broker = try TestBroker()
        let folder = try SteplogProcess.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let address = broker.configuration.brokers[0]
        let missing = try SteplogProcess.run(["server", "--kafka-bootstrap", address], in: folder)
        #expect(missing.status == 2)
        #expect(missing.messages.contains("there is no topic \"steplog.commands\""))
        #expect(missing.messages.contains("steplog topics apply --brokers \(address) --prefix steplog"))
        let log = try KafkaLog(broker.configuration)
        try log.createTopic("steplog.commands", TopicConfiguration(partitions: 4))
        try log.createTopic("steplog.events", TopicConfiguration(partitions: 8))
        log.close()
        let other = try SteplogProcess.run(["server", "--kafka-bootstrap", address], in: folder)
        #expect(other.status == 2)
        #expect(other.messages.contains("topic \"steplog.events\" has 8 partitions, not 4"))
        let setting = try SteplogProcess.run(
            ["server", "--kafka-bootstrap", address, "--kafka-property", "no.such.setting=1"], in: folder)
        #expect(setting.status == 2)
        #expect(setting.messages.contains("\"no.such.setting\" is refused"))
        let none = try SteplogProcess.run(["server"], in: folder)
        #expect(none.status == 2)
        #expect(none.messages.contains("--kafka-bootstrap"))
    }
}
