import CommandTesting
import Dispatch
import EventLog
import EventLogKafka
import Foundation
import Glibc
import JSON
import KafkaTesting
import StepFunctionsClient
import Synchronization
import Testing

@Suite("Kills between the calls of librdkafka", .serialized)
struct KillPointTests {
    /// A process that is begun anew, with the next of its faults, whenever it was killed.
    private struct Member {
        var name: String
        var role: String
        var faults: [String]
    }

    /// Between begin and produce, between two records, produce and offsets, offsets and commit, and behind the commit.
    private static let points = ["before produce", "after produce", "before offsets", "before commit", "after commit"]

    private static func members() -> [Member] {
        let kills = ProcessInfo.processInfo.environment["STEPLOG_KILLS"].flatMap { Int($0) } ?? 0
        if kills == 0 {
            return [
                Member(name: "engine-1", role: "engine", faults: ["kill before produce 9"]),
                Member(name: "engine-2", role: "engine", faults: ["kill before offsets 9"]),
                Member(name: "engine-3", role: "engine", faults: ["kill before commit 9"]),
                Member(name: "worker-1", role: "worker", faults: ["kill after produce 9"]),
                Member(name: "worker-2", role: "worker", faults: ["kill after commit 4"]),
            ]
        }
        var random = SystemRandomNumberGenerator()
        return ["engine-1", "engine-2", "worker-1", "worker-2"].map { name in
            let faults = (0..<(kills + 3) / 4).map { _ in
                let point = points.randomElement(using: &random) ?? "before commit"
                return "kill \(point) \(Int.random(in: 20..<(point.hasSuffix("produce") ? 200 : 80), using: &random))"
            }
            return Member(name: name, role: String(name.prefix(6)), faults: faults)
        }
    }

    @Test("Engines and workers are killed at each of them: every task starts once, and no event is lost or repeated")
    func kills() throws {
        let cluster = try ServerCluster()
        var members = Self.members()
        func begin(_ index: Int) throws {
            let fault = members[index].faults.isEmpty ? "" : members[index].faults.removeFirst()
            try cluster.start(
                members[index].name, members[index].role, environment: try CallFaults.environment(fault))
        }
        var waitsFor = members.reduce(0) { $0 + $1.faults.count }
        try cluster.start("api", "api")
        for index in members.indices { try begin(index) }
        #expect(cluster.wait(seconds: 60) { cluster.isReady(port: cluster.port) })
        let machine = try started { try cluster.createMachine() }
        // Started side by side: one whose partition waits for a new owner holds up no other.
        let starter = Starter(cluster.client, machine)
        let end = ContinuousClock.now + .seconds(20 + 12 * waitsFor)
        while waitsFor > 0 || starter.count < 10, ContinuousClock.now < end {
            usleep(20_000)
            for index in members.indices {
                guard let outcome = try cluster.takeEnded(members[index].name) else { continue }
                #expect(outcome.wasKilled && outcome.status == SIGKILL, "\(outcome.messages.suffix(500))")
                waitsFor -= 1
                try begin(index)
            }
        }
        let executions = starter.end()
        #expect(waitsFor == 0, "so many kills did not come")
        let isDone = cluster.wait(seconds: 90) { executions.allSatisfy { (try? cluster.status($0)) == "SUCCEEDED" } }
        #expect(isDone)
        #expect(executions.count >= 10)
        try expectEachOnce(cluster, executions.count)
    }

    @Test("A call of librdkafka that never returns is given up: the same process goes on with a new client")
    func hangs() throws {
        let cluster = try ServerCluster()
        try cluster.start("api", "api")
        try cluster.start("worker", "worker", environment: try CallFaults.environment("hang before commit 4"))
        try cluster.start(
            "engine", "engine", environment: try CallFaults.environment("hang before offsets 5,hang before commit 12"))
        #expect(cluster.wait(seconds: 60) { cluster.isReady(port: cluster.port) })
        let machine = try started { try cluster.createMachine() }
        let executions = try (0..<12).map { number in
            try started { try cluster.startExecution("x\(number)", of: machine) }
        }
        let isDone = cluster.wait(seconds: 90) { executions.allSatisfy { (try? cluster.status($0)) == "SUCCEEDED" } }
        #expect(isDone)
        try expectEachOnce(cluster, executions.count)
        for name in ["engine", "worker"] {
            #expect(try cluster.takeEnded(name) == nil)
            #expect(try cluster.end(name, by: SIGTERM).status == 0)
        }
    }

    /// As AWS's clients do: what was throttled is asked for again, under the same name.
    private func started(_ ask: () throws -> String) throws -> String {
        for _ in 0..<20 {
            if let answer = try? ask() { return answer }
            usleep(300_000)
        }
        return try ask()
    }

    /// Starts executions on some threads until it is told to end.
    private final class Starter: Sendable {
        private let state = Mutex((isEnding: false, next: 0, started: [String]()))
        private let threads = DispatchGroup()

        init(_ client: APIClient, _ machine: String) {
            for _ in 0..<6 {
                threads.enter()
                Thread { [self] in
                    while let number = next() {
                        if let arn = Self.start(number, client, machine) { state.withLock { $0.started.append(arn) } }
                        usleep(150_000)
                    }
                    threads.leave()
                }.start()
            }
        }

        /// How many were started so far.
        var count: Int { state.withLock { $0.started.count } }

        /// - Returns: the ARNs of all that were started.
        func end() -> [String] {
            state.withLock { $0.isEnding = true }
            threads.wait()
            return state.withLock(\.started)
        }

        private func next() -> Int? {
            state.withLock { state in
                if state.isEnding { return nil }
                defer { state.next += 1 }
                return state.next
            }
        }

        /// As AWS's clients do: what was throttled is asked for again, under the same name.
        private static func start(_ number: Int, _ client: APIClient, _ machine: String) -> String? {
            for _ in 0..<10 {
                let answer = try? client.call(
                    "StartExecution",
                    [
                        "stateMachineArn": .string(JSONString(machine)), "name": .string(JSONString("x\(number)")),
                        "input": .string(JSONString("{\"id\": \"x\(number)\"}")),
                    ])
                if let arn = answer?["executionArn"]?.string { return arn }
                usleep(300_000)
            }
            Issue.record("x\(number) could not be started")
            return nil
        }
    }

    private func expectEachOnce(_ cluster: ServerCluster, _ count: Int) throws {
        let starts = try cluster.starts()
        #expect(starts.count == count)
        #expect(starts.filter { $0.value != 2 }.isEmpty)
        let sequences = try cluster.sequences()
        #expect(sequences.count == count)
        for (arn, numbers) in sequences { #expect(numbers == Array(1...Int64(numbers.count)), "\(arn)") }
        let log = try KafkaLog(cluster.broker.configuration)
        defer { log.close() }
        var letters = 0
        try log.readToEnd(TopicPartition("steplog.deadletter", 0)) { _ in letters += 1 }
        #expect(letters == 0)
    }
}
