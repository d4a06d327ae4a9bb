import BatchStore
import EventLog
import EventLogEmbedded
import Foundation
import JSON
import PartitionProcessor
import ReadModel
import Testing

@Suite struct ReadModelSwitchTests {
    private let storage = MemoryBatchStorage()
    private let folder = FileManager.default.temporaryDirectory.appending(path: "steplog-switch-\(UUID().uuidString)")
    private var files: ReadModelFiles { ReadModelFiles(path: folder.appending(path: "model").path) }

    @Test func `A read model that was rebuilt takes the place of the served one while all questions are answered`()
        async throws
    {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var api = try APIHarness(storage, readModelPath: files.path)
        let machine = try await create(api)
        for round in 0..<3 {
            var count = round * 1_000
            for _ in 0..<20 { count = try await startAndAsk(api, machine, count) }
            try await rebuild(since: nil)
            let before = try? FileManager.default.destinationOfSymbolicLink(atPath: files.path)
            let isSwitched = try await until {
                count = try await startAndAsk(api, machine, count)
                return (try? FileManager.default.destinationOfSymbolicLink(atPath: files.path)) != before
            }
            try #require(isSwitched)
            for _ in 0..<20 { count = try await startAndAsk(api, machine, count) }
            let numbers = try await names(api, machine).compactMap { Int($0.dropFirst(2)) }
            #expect(numbers.filter { $0 >= round * 1_000 }.count == count - round * 1_000)
            let history = try await api.call(
                "GetExecutionHistory", ["executionArn": .string(executionArn(machine, round * 1_000))])
            #expect(history.body["events"]?.array?.count == 4)
        }
        let served = try FileManager.default.destinationOfSymbolicLink(atPath: files.path)
        #expect(try await until { try present() == ["model", served, served + "-shm", served + "-wal"] })
        let all = try await names(api, machine)
        api.stop()

        api = try APIHarness(storage, readModelPath: files.path)
        defer { api.stop() }
        #expect(api.resumedAt.contains { $0 > 0 })
        #expect(try await names(api, machine) == all)
    }

    @Test func `A read model can be rebuilt from a time on, and keeps all state machines`() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let clock = AdjustableClock()
        let api = try APIHarness(storage, readModelPath: files.path, clock: clock)
        defer { api.stop() }
        let machine = try await create(api)
        _ = try await startAndAsk(api, machine, 1)
        clock.advance(milliseconds: 60_000)
        let time = clock.now
        _ = try await startAndAsk(api, machine, 2)
        #expect(try await names(api, machine) == ["e-2", "e-1"])
        try await rebuild(since: .time(time))
        #expect(try await until { try await names(api, machine) == ["e-2"] })
        let gone = try await api.call("DescribeExecution", ["executionArn": .string(executionArn(machine, 1))])
        #expect(gone.body["__type"]?.string?.hasSuffix("#ExecutionDoesNotExist") == true)
        #expect(try await api.call("DescribeStateMachine", ["stateMachineArn": machine]).status == 200)
    }

    @Test func `A read model can be rebuilt from an offset on`() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let api = try APIHarness(storage, readModelPath: files.path)
        defer { api.stop() }
        let machine = try await create(api)
        func partition(_ number: Int) -> Int {
            Murmur2.partition(of: executionArn(machine, number).utf8, partitionCount: 2)
        }
        let second = try #require((2..<50).first { partition($0) == partition(1) })
        _ = try await startAndAsk(api, machine, 1)
        _ = try await startAndAsk(api, machine, second)
        var offsets: [Int64] = []
        try EmbeddedLog(storage).readToEnd(TopicPartition(TopicLayout(partitions: 2).names.events, partition(1))) {
            record in
            if record.key?.elementsEqual(executionArn(machine, second).utf8) == true { offsets.append(record.offset) }
        }
        try await rebuild(since: .offset(0))
        #expect(try await until { files.isTaken })
        #expect(try await names(api, machine) == ["e-\(second)", "e-1"])
        try await rebuild(since: .offset(try #require(offsets.first)))
        #expect(try await until { try await names(api, machine) == ["e-\(second)"] })
    }

    @Test func `What is no read model of this log is thrown away, and the old one is served on`() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var api = try APIHarness(storage, readModelPath: files.path)
        let machine = try await create(api)
        _ = try await startAndAsk(api, machine, 1)
        try Data("no database".utf8).write(to: URL(filePath: files.rebuilt))
        #expect(try await until { files.isTaken })
        _ = try await startAndAsk(api, machine, 2)
        api.stop()

        try Data("no database".utf8).write(to: URL(filePath: files.rebuilt))
        api = try APIHarness(storage, readModelPath: files.path)
        defer { api.stop() }
        #expect(api.resumedAt.contains { $0 > 0 })
        #expect(try await names(api, machine) == ["e-2", "e-1"])
        #expect(try present().allSatisfy { ["model", "model-wal", "model-shm"].contains($0) })
    }

    // MARK: -

    private func create(_ api: APIHarness) async throws -> JSONValue {
        let created = try await api.call(
            "CreateStateMachine",
            [
                "name": "orders", "definition": #"{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"#,
                "roleArn": "arn:aws:iam::000000000000:role/r",
            ])
        return try #require(created.body["stateMachineArn"])
    }

    /// Starts the execution of that number, and asks for it and for the list.
    /// - Returns: the next number.
    private func startAndAsk(_ api: APIHarness, _ machine: JSONValue, _ number: Int) async throws -> Int {
        let started = try await api.call(
            "StartExecution", ["stateMachineArn": machine, "name": .string("e-\(number)")])
        #expect(started.status == 200)
        let described = try await api.call(
            "DescribeExecution", ["executionArn": .string(executionArn(machine, number))])
        #expect(described.status == 200, "\(described.body)")
        let listed = try await names(api, machine)
        #expect(listed.contains("e-\(number)"))
        #expect(Set(listed).count == listed.count)
        return number + 1
    }

    private func executionArn(_ machine: JSONValue, _ number: Int) -> String {
        "\(machine.string ?? "")".replacing(":stateMachine:", with: ":execution:") + ":e-\(number)"
    }

    private func names(_ api: APIHarness, _ machine: JSONValue) async throws -> [String] {
        let list = try await api.call("ListExecutions", ["stateMachineArn": machine, "maxResults": 1_000])
        return (list.body["executions"]?.array ?? []).compactMap { $0["name"]?.string }
    }

    /// What `steplog replay --into read-model` does.
    private func rebuild(since: ProjectionStart?) async throws {
        ReadModelFiles.remove(files.draft)
        let layout = TopicLayout(partitions: 2)
        let projection = try Projection(
            log: EmbeddedLog(storage), topic: layout.names.events, partitionCount: 2, path: files.draft, since: since)
        projection.start()
        try await projection.catchUp()
        projection.stop()
        try projection.close()
        try files.offerDraft()
    }

    private func present() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    /// Asks again until it holds, or for a minute: on a busy machine threads wait for long.
    private func until(_ holds: () async throws -> Bool) async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            if try await holds() { return true }
            await Task.yield()
        }
        return false
    }
}
