import BatchStore
import JSON
import Testing

@Suite struct APITests {
    private let pass = #"{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"x":1},"End":true}}}"#

    private func create(_ api: APIHarness, _ name: String, _ definition: String) async throws -> String {
        let created = try await api.call(
            "CreateStateMachine",
            ["name": .string(name), "definition": .string(definition), "roleArn": "arn:aws:iam::000000000000:role/r"])
        return try #require(created.body["stateMachineArn"]?.string)
    }

    @Test func `What was accepted can be read at once, and after a restart`() async throws {
        let storage = MemoryBatchStorage()
        let api = try APIHarness(storage)
        let machine = try await create(api, "orders", pass)
        let started = try await api.call("StartExecution", ["stateMachineArn": .string(machine), "name": "one"])
        #expect(started.status == 200)
        let arn = try #require(started.body["executionArn"])
        let described = try await api.call("DescribeExecution", ["executionArn": arn])
        #expect(described.body["status"] == "SUCCEEDED")
        #expect(described.body["output"] == #"{"x":1}"#)
        api.stop()

        let again = try APIHarness(storage)
        defer { again.stop() }
        #expect(try await again.call("DescribeExecution", ["executionArn": arn]).body == described.body)
        let machines = try await again.call("ListStateMachines", [:])
        #expect(machines.body["stateMachines"]?[0]?["stateMachineArn"] == .string(machine))
        let repeated = try await again.call("StartExecution", ["stateMachineArn": .string(machine), "name": "one"])
        #expect(repeated.status == 400)
        #expect(repeated.body["__type"] == "com.amazonaws.swf.service.v2.model#ExecutionAlreadyExists")
    }

    @Test func `A history pages in both orders, and a token of another request is refused`() async throws {
        let api = try APIHarness()
        defer { api.stop() }
        let machine = try await create(api, "orders", pass)
        let arn = try #require(
            try await api.call("StartExecution", ["stateMachineArn": .string(machine)]).body["executionArn"])
        var ids: [JSONValue] = []
        var token: JSONValue?
        repeat {
            var request: JSONObject = ["executionArn": arn, "maxResults": 2, "reverseOrder": true]
            request["nextToken"] = token
            let page = try await api.call("GetExecutionHistory", .object(request))
            ids += (page.body["events"]?.array ?? []).compactMap { $0["id"] }
            token = page.body["nextToken"]
        } while token != nil && ids.count < 10
        #expect(ids == [4, 3, 2, 1])
        let refused = try await api.call("GetExecutionHistory", ["executionArn": arn, "nextToken": "bm8="])
        #expect(refused.body["message"] == "Invalid Token: 'Invalid token'")
    }

    @Test func `A worker of an activity gets each task once and ends it by its token`() async throws {
        let api = try APIHarness()
        defer { api.stop() }
        let activity = try #require(try await api.call("CreateActivity", ["name": "check"]).body["activityArn"]?.string)
        let definition = #"{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"\#(activity)","End":true}}}"#
        let machine = try await create(api, "checks", definition)
        let arn = try #require(
            try await api.call("StartExecution", ["stateMachineArn": .string(machine), "input": #"{"a":1}"#]).body[
                "executionArn"])
        let task = try await api.call("GetActivityTask", ["activityArn": .string(activity), "workerName": "w"])
        #expect(task.body["input"] == #"{"a":1}"#)
        let token = try #require(task.body["taskToken"])
        let sent = try await api.call("SendTaskSuccess", ["taskToken": token, "output": "2"])
        #expect(sent.status == 200)
        #expect(try await api.call("DescribeExecution", ["executionArn": arn]).body["output"] == "2")
        let events = try await api.call("GetExecutionHistory", ["executionArn": arn]).body["events"]
        #expect(events?[3]?["activityStartedEventDetails"] == ["workerName": "w"])
        let late = try await api.call("SendTaskSuccess", ["taskToken": token, "output": "3"])
        #expect(late.body["__type"] == "com.amazonaws.swf.service.v2.model#TaskTimedOut")
    }

    @Test func `Bad requests get errors that clients know`() async throws {
        let api = try APIHarness()
        defer { api.stop() }
        let nothing = try await api.call("DescribeStateMachine", [:])
        #expect(nothing.body["__type"] == "com.amazon.coral.validate#ValidationException")
        #expect(
            nothing.body["message"]
                == "1 validation error detected: Value null at 'stateMachineArn' failed to satisfy constraint: Member must not be null"
        )
        #expect(try await api.call("ListStateMachines", ["maxResults": 1_001]).status == 400)
        #expect(
            try await api.raw("ListStateMachines", "{").body["__type"]
                == "com.amazon.coral.service#SerializationException")
        #expect(try await api.raw("ListStateMachines", "[]").status == 400)
        #expect(try await api.call("ListStateMachines", ["maxResults": "many"]).status == 400)
        #expect(try await api.call("Fly", [:]).body["__type"] == "com.amazon.coral.service#UnknownOperationException")
        #expect(
            try await api.call("DescribeExecution", ["executionArn": "x"]).body["message"]
                == "Invalid Arn: 'Invalid ARN prefix: x'")
    }
}
