import BatchStore
import Foundation
import JSON
import Testing

@Suite struct ReadModelFileTests {
    private let pass = #"{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"#

    private static func withFile(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "steplog-read-model-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.appending(path: "model").path)
    }

    private func create(_ api: APIHarness, _ name: String) async throws -> JSONValue {
        let created = try await api.call(
            "CreateStateMachine",
            ["name": .string(name), "definition": .string(pass), "roleArn": "arn:aws:iam::000000000000:role/r"])
        return try #require(created.body["stateMachineArn"])
    }

    private func names(_ api: APIHarness, _ machine: JSONValue) async throws -> [String] {
        let list = try await api.call("ListExecutions", ["stateMachineArn": machine])
        return (list.body["executions"]?.array ?? []).compactMap { $0["name"]?.string }
    }

    @Test func `It goes on from its file, and is made anew for another log and for a file that is none`() async throws {
        try await Self.withFile { path in
            let storage = MemoryBatchStorage()
            var api = try APIHarness(storage, readModelPath: path)
            let machine = try await create(api, "orders")
            for name in ["a", "b"] {
                _ = try await api.call("StartExecution", ["stateMachineArn": machine, "name": .string(name)])
            }
            api.stop()

            api = try APIHarness(storage, readModelPath: path)
            #expect(api.resumedAt.contains { $0 > 0 })
            #expect(Set(try await names(api, machine)) == ["a", "b"])
            _ = try await api.call("StartExecution", ["stateMachineArn": machine, "name": "c"])
            #expect(Set(try await names(api, machine)) == ["a", "b", "c"])
            let arn = "\(machine.string ?? "")".replacing("stateMachine", with: "execution") + ":a"
            let history = try await api.call("GetExecutionHistory", ["executionArn": .string(arn)])
            #expect(history.body["events"]?.array?.count == 4)
            api.stop()

            // SQLite would make the file whole again from its write-ahead file.
            for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
            try Data("no database".utf8).write(to: URL(filePath: path))
            api = try APIHarness(storage, readModelPath: path)
            #expect(api.resumedAt.allSatisfy { $0 == 0 })
            #expect(Set(try await names(api, machine)) == ["a", "b", "c"])
            api.stop()

            api = try APIHarness(MemoryBatchStorage(), readModelPath: path)
            defer { api.stop() }
            #expect(api.resumedAt.allSatisfy { $0 == 0 })
            let machines = try await api.call("ListStateMachines", [:])
            #expect(machines.body["stateMachines"] == [])
        }
    }

    @Test func `Executions that ended before the retention's period are dropped with their histories`() async throws {
        try await Self.withFile { path in
            let storage = MemoryBatchStorage()
            var api = try APIHarness(storage, readModelPath: path)
            let machine = try await create(api, "orders")
            let started = try await api.call("StartExecution", ["stateMachineArn": machine, "name": "a"])
            let arn = try #require(started.body["executionArn"])
            api.stop()

            api = try APIHarness(storage, readModelPath: path, retention: .seconds(3_600))
            #expect(try await names(api, machine) == ["a"])
            api.stop()

            api = try APIHarness(storage, readModelPath: path, retention: .seconds(-3_600))
            defer { api.stop() }
            var left = ["a"]
            while !left.isEmpty { left = try await names(api, machine) }
            let gone = try await api.call("DescribeExecution", ["executionArn": arn])
            #expect(gone.body["__type"]?.string?.hasSuffix("#ExecutionDoesNotExist") == true)
        }
    }

    @Test func `A list pages by place, and its token is of its request and of one day`() async throws {
        let clock = AdjustableClock()
        let api = try APIHarness(clock: clock)
        defer { api.stop() }
        let machine = try await create(api, "orders")
        for number in 0..<7 {
            _ = try await api.call("StartExecution", ["stateMachineArn": machine, "name": .string("n\(number)")])
        }
        var seen: [String] = []
        var token: JSONValue?
        repeat {
            var request: JSONObject = ["stateMachineArn": machine, "maxResults": 3, "statusFilter": "SUCCEEDED"]
            request["nextToken"] = token
            let page = try await api.call("ListExecutions", .object(request))
            seen += (page.body["executions"]?.array ?? []).compactMap { $0["name"]?.string }
            token = page.body["nextToken"] ?? nil
            // What starts between two pages is before them.
            _ = try await api.call("StartExecution", ["stateMachineArn": machine])
        } while token != nil && seen.count < 20
        #expect(seen.count == 7)
        #expect(Set(seen).count == 7)

        let page = try await api.call("ListExecutions", ["stateMachineArn": machine, "maxResults": 3])
        let next = try #require(page.body["nextToken"])
        let other = try await api.call(
            "ListExecutions", ["stateMachineArn": machine, "statusFilter": "FAILED", "nextToken": next])
        #expect(other.body["message"] == "Invalid Token: 'Invalid token'")
        clock.advance(milliseconds: 86_400_001)
        let late = try await api.call(
            "ListExecutions", ["stateMachineArn": machine, "maxResults": 3, "nextToken": next])
        #expect(late.body["message"] == "Invalid Token: 'Invalid token'")
    }
}
