import JSON
import Testing

@Suite struct TestStateTests {
    private let task =
        #"{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"End":true}"#
    private let role: JSONValue = "arn:aws:iam::000000000000:role/r"

    @Test func `A state is tested without a state machine, and shows as much as is asked for`() async throws {
        let api = try APIHarness()
        defer { api.stop() }
        let request: JSONObject = ["definition": #"{"Type":"Pass","Next":"N"}"#, "input": #"{"a":1}"#]
        let short = try await api.call("TestState", .object(request))
        #expect(short.status == 200)
        #expect(short.body == ["status": "SUCCEEDED", "output": #"{"a":1}"#, "nextState": "N"])
        var long = request
        long["inspectionLevel"] = "DEBUG"
        let shown = try await api.call("TestState", .object(long))
        #expect(shown.body["inspectionData"]?["afterInputPath"] == #"{"a":1}"#)
    }

    @Test func `A task without a mock is done by a worker, and its outcome goes through the state`() async throws {
        let api = try APIHarness()
        defer { api.stop() }
        let done = try await api.call("TestState", ["definition": .string(task), "roleArn": role])
        #expect(done.body["output"] == #"{"FunctionName":"f"}"#)
        let refused = try await api.call("TestState", ["definition": .string(task)])
        #expect(refused.body["message"] == "RoleArn must be specified when testing a Task state")
        #expect(refused.body["__type"] == "com.amazonaws.swf.service.v2.model#ValidationException")
    }

    @Test func `A mocked error is answered with the state of the retriers`() async throws {
        let api = try APIHarness()
        defer { api.stop() }
        let definition = task.replacing(#""End""#, with: #""Retry":[{"ErrorEquals":["E"]}],"End""#)
        let answer = try await api.call(
            "TestState",
            [
                "definition": .string(definition), "mock": ["errorOutput": ["error": "E", "cause": "C"]],
                "stateConfiguration": ["retrierRetryCount": 2], "inspectionLevel": "TRACE",
            ])
        #expect(answer.body["status"] == "RETRIABLE")
        #expect(answer.body["error"] == "E")
        #expect(answer.body["cause"] == "C")
        #expect(answer.body["inspectionData"]?["errorDetails"]?["retryBackoffIntervalSeconds"] == 4)
    }

    @Test func `Members that break a constraint are named with the way to them`() async throws {
        let api = try APIHarness()
        defer { api.stop() }
        let answer = try await api.call(
            "TestState",
            [
                "definition": "", "inspectionLevel": "ALL", "stateConfiguration": ["retrierRetryCount": -1],
                "mock": [
                    "fieldValidationMode": "SOME",
                    "errorOutput": ["error": .string(String(repeating: "e", count: 257))],
                ],
            ])
        #expect(answer.body["__type"] == "com.amazon.coral.validate#ValidationException")
        let message = try #require(answer.body["message"]?.string)
        #expect(message.hasPrefix("5 validation errors detected: "))
        for name in [
            "Value 'ALL' at 'inspectionLevel' failed to satisfy constraint: Member must satisfy enum value set: [INFO, DEBUG, TRACE]",
            "'definition'", "'mock.fieldValidationMode'", "'mock.errorOutput.error'",
            "Value '-1' at 'stateConfiguration.retrierRetryCount' failed to satisfy constraint: Member must have value greater than or equal to 0",
        ] { #expect(message.contains(name)) }
        #expect(try await api.call("TestState", ["definition": .string(task), "mock": "x"]).status == 400)
    }

    @Test func `Bad definitions, inputs and roles get the errors of the operation's model`() async throws {
        let api = try APIHarness()
        defer { api.stop() }
        func type(_ members: JSONObject) async throws -> String? {
            try await api.call("TestState", .object(members)).body["__type"]?.string?.split(separator: "#").last.map(
                String.init)
        }
        #expect(try await type(["definition": "{}"]) == "InvalidDefinition")
        #expect(try await type(["definition": #"{"Type":"Succeed"}"#, "input": "x"]) == "InvalidExecutionInput")
        #expect(try await type(["definition": #"{"Type":"Succeed"}"#, "roleArn": "role"]) == "InvalidArn")
        #expect(try await type([:]) == "ValidationException")
    }
}
