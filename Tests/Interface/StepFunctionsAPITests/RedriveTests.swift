import BatchStore
import JSON
import Testing

@Suite struct RedriveExecutionTests {
    private static let definition =
        #"{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"W"},"W":{"Type":"Wait","Seconds":1000,"End":true}}}"#

    private func machine(_ api: APIHarness, type: JSONValue = "STANDARD") async throws -> JSONValue {
        let created = try await api.call(
            "CreateStateMachine",
            [
                "name": "orders", "definition": .string(Self.definition), "roleArn": "arn:aws:iam::000000000000:role/r",
                "type": type, "publish": true,
            ])
        return try #require(created.body["stateMachineArn"])
    }

    @Test func `A redriven execution is described, listed and told as AWS does, also after a restart`() async throws {
        let storage = MemoryBatchStorage()
        let api = try APIHarness(storage)
        let machine = try await machine(api)
        let version = JSONValue.string("\(machine.string ?? ""):1")
        let arn = try #require(
            try await api.call("StartExecution", ["stateMachineArn": version]).body["executionArn"])
        let running = try await api.call("RedriveExecution", ["executionArn": arn])
        #expect(running.body["__type"] == "com.amazonaws.swf.service.v2.model#ExecutionNotRedrivable")
        #expect(running.body["message"] == "Execution is RUNNING and cannot be redriven")
        _ = try await api.call("StopExecution", ["executionArn": arn, "error": "E", "cause": "c"])
        let stopped = try await api.call("DescribeExecution", ["executionArn": arn]).body
        #expect(stopped["redriveStatus"] == "REDRIVABLE" && stopped["redriveDate"] == nil)

        let redriven = try await api.call("RedriveExecution", ["executionArn": arn, "clientToken": "a"])
        let date = try #require(redriven.body["redriveDate"])
        #expect(
            try await api.call("RedriveExecution", ["executionArn": arn, "clientToken": "a"]).body == redriven.body)
        let described = try await api.call("DescribeExecution", ["executionArn": arn]).body
        #expect(described["status"] == "RUNNING" && described["redriveCount"] == 1 && described["redriveDate"] == date)
        #expect(described["stopDate"] == nil && described["error"] == nil && described["cause"] == nil)
        #expect(described["stateMachineVersionArn"] == version)
        #expect(described["redriveStatusReason"] == "Execution is RUNNING and cannot be redriven")
        let listed = try await api.call("ListExecutions", ["stateMachineArn": machine, "statusFilter": "RUNNING"])
        #expect(listed.body["executions"]?[0]?["redriveCount"] == 1)
        #expect(listed.body["executions"]?[0]?["redriveDate"] == date)
        let events = try await api.call("GetExecutionHistory", ["executionArn": arn]).body["events"]?.array ?? []
        #expect(events.suffix(2).map { $0["type"] } == ["ExecutionAborted", "ExecutionRedriven"])
        #expect(events.last?["executionRedrivenEventDetails"] == ["redriveCount": 1])
        #expect(events.last?["id"] == 6 && events.last?["previousEventId"] == 5)
        api.stop()

        let again = try APIHarness(storage)
        defer { again.stop() }
        #expect(try await again.call("DescribeExecution", ["executionArn": arn]).body == described)
        _ = try await again.call("StopExecution", ["executionArn": arn])
        _ = try await again.call("RedriveExecution", ["executionArn": arn, "clientToken": "b"])
        #expect(try await again.call("DescribeExecution", ["executionArn": arn]).body["redriveCount"] == 2)
        _ = try await again.call("StopExecution", ["executionArn": arn])
        _ = try await again.call("DeleteStateMachine", ["stateMachineArn": machine])
        let refused = try await again.call("RedriveExecution", ["executionArn": arn])
        #expect(refused.body["message"] == "State machine is in DELETING status")
    }

    @Test func `What can't be redriven is refused as AWS does`() async throws {
        let api = try APIHarness()
        defer { api.stop() }
        let prefix = "arn:aws:states:us-east-1:000000000000"
        let unknown = try await api.call("RedriveExecution", ["executionArn": .string("\(prefix):execution:m:n")])
        #expect(unknown.body["message"] == .string("Execution Does Not Exist: '\(prefix):execution:m:n'"))
        let express = try await api.call("RedriveExecution", ["executionArn": .string("\(prefix):express:m:n:o")])
        #expect(express.body["message"] == "Invalid Arn: 'Resource type not valid in this context: express'")
        let token = try await api.call(
            "RedriveExecution", ["executionArn": .string("\(prefix):execution:m:n"), "clientToken": "a b"])
        #expect(token.body["__type"] == "com.amazon.coral.validate#ValidationException")
    }
}
