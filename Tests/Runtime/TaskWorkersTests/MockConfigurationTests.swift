import Engine
import Foundation
import JSON
import Testing

@testable import TaskWorkers

@Suite("Mock configuration")
struct MockConfigurationTests {
    private static let text = #"""
        {"StateMachines": {"Shop": {"TestCases": {"Busy": {"Charge": "ChargeBusy", "Ship": "Shipped"}, "Plain": {}}}},
         "MockedResponses": {
           "ChargeBusy": {"0": {"Throw": {"Error": "Busy", "Cause": "later"}}, "1-2": {"Return": {"n": 1}}},
           "Shipped": {"0": {"Return": {"StatusCode": 200, "Payload": {"ok": true}}}}}}
        """#

    private func request(_ state: String, _ resource: String, invocation: Int = 0) -> TaskRequest {
        TaskRequest(
            taskID: "t", executionArn: "e", stateMachineArn: "arn:aws:states:us-east-1:1:stateMachine:Shop",
            roleArn: "",
            stateName: state, resource: resource, input: "{}", invocation: invocation)
    }

    @Test("Answers go by machine, test case, state and the number of the invocation")
    func lookup() throws {
        let configuration = try MockConfiguration(Self.text)
        func answer(_ state: String, _ invocation: Int, _ testCase: String = "Busy") -> MockResponse? {
            configuration.response(machine: "Shop", testCase: testCase, state: state, invocation: invocation)
        }
        #expect(answer("Charge", 0) == .throwsError(error: "Busy", cause: "later"))
        #expect(answer("Charge", 1) == .returns(["n": 1]))
        #expect(answer("Charge", 2) == .returns(["n": 1]))
        #expect(answer("Other", 0) == nil)
        #expect(answer("Charge", 0, "Plain") == nil)
        #expect(configuration.testCases(machine: "Shop") == ["Busy", "Plain"])
        #expect(configuration.hasTestCase("Plain", machine: "Shop"))
        guard case .throwsError("States.Runtime", let cause)? = answer("Charge", 3) else {
            Issue.record("\(String(describing: answer("Charge", 3)))")
            return
        }
        #expect(cause == #"The mocked response "ChargeBusy" of state "Charge" has no answer number 3"#)
    }

    @Test("A mocked task reports what its pattern reports")
    func reports() throws {
        let tasks = MockedTasks(try MockConfiguration(Self.text), now: { 1_795_351_290_000 }) { _ in "Busy" }
        let value = #"{"n":1}"#
        #expect(
            tasks.reports(request("Charge", "arn:aws:states:::sqs:sendMessage", invocation: 1)) == [
                .started, .succeeded(output: value),
            ])
        #expect(
            tasks.reports(request("Charge", "arn:aws:states:::ecs:runTask.sync", invocation: 1))?.last
                == .succeeded(output: value))
        #expect(
            tasks.reports(request("Charge", "arn:aws:states:::sqs:sendMessage")) == [
                .started, .failed(error: "Busy", cause: "later"),
            ])
        #expect(
            tasks.reports(request("Charge", "arn:aws:states:::sqs:sendMessage.waitForTaskToken"))?.last
                == .failed(error: "Busy", cause: "later"))
        #expect(tasks.reports(request("Pack", "arn:aws:states:::sqs:sendMessage")) == nil)
    }

    /// The members of the answer to the submission, and its Content-Length.
    private func submitted(_ resource: String, _ input: String) throws -> (members: [String], length: JSONValue?) {
        var request = request("Charge", "arn:aws:states:::\(resource)", invocation: 1)
        request.input = input
        let tasks = MockedTasks(try MockConfiguration(Self.text), now: { 1_795_351_290_000 }) { _ in "Busy" }
        let reports = try #require(tasks.reports(request))
        #expect(reports.count == 3 && reports.first == .started && reports == tasks.reports(request))
        guard case .submitted(let output) = reports[1] else { return ([], nil) }
        let answer = try JSONParser.parse(output)
        let metadata = answer["SdkHttpMetadata"]
        #expect(metadata?["AllHttpHeaders"]?["x-amzn-RequestId"]?[0] == answer["SdkResponseMetadata"]?["RequestId"])
        let members = (answer.object?.members ?? []).map(\.key.text).filter { !$0.hasPrefix("Sdk") }
        return (members, metadata?["HttpHeaders"]?["Content-Length"])
    }

    @Test("A mocked job begins with what its service answers when it takes one")
    func submissions() throws {
        let message = try submitted("sqs:sendMessage.waitForTaskToken", #"{"QueueUrl":"q","MessageBody":{"a":1}}"#)
        #expect(message.members == ["MD5OfMessageBody", "MessageId"] && message.length == "106")
        let ordered = try submitted("sqs:sendMessage.waitForTaskToken", #"{"QueueUrl":"q.fifo","MessageBody":"a"}"#)
        #expect(ordered.members == ["MD5OfMessageBody", "MessageId", "SequenceNumber"])
        let note = try submitted("sns:publish.waitForTaskToken", #"{"TopicArn":"t","Message":"a"}"#)
        #expect(note.members == ["MessageId"] && note.length == "294")
        let machine = "arn:aws:states:us-east-1:1:stateMachine:m"
        let nested = try submitted("states:startExecution.sync:2", #"{"StateMachineArn":"\#(machine)","Name":"n"}"#)
        #expect(nested.members == ["ExecutionArn", "StartDate"] && nested.length == "88")
        #expect(try submitted("ecs:runTask.sync", "{}").members == ["Failures", "Tasks"])
        #expect(try submitted("glue:startJobRun.sync", "[1]").members.isEmpty)
    }

    @Test("An ECS task that is mocked begins as one that does not run yet")
    func launchedTask() {
        let ended: JSONValue = [
            "Attachments": [
                [
                    "Details": [["Name": "subnetId", "Value": "s"], ["Name": "macAddress", "Value": "m"]],
                    "Status": "DELETED", "Type": "eni",
                ]
            ],
            "Containers": [
                ["ExitCode": 0, "LastStatus": "STOPPED", "Name": "main", "NetworkInterfaces": [["AttachmentId": "a"]]]
            ],
            "DesiredStatus": "STOPPED", "Group": "g", "LastStatus": "STOPPED", "StartedAt": 1,
            "StopCode": "EssentialContainerExited",
            "Version": 5,
        ]
        #expect(
            LaunchedTask.of(ended) == [
                "Attachments": [
                    [
                        "Details": [["Name": "subnetId", "Value": "s"]], "Status": "PRECREATED",
                        "Type": "ElasticNetworkInterface",
                    ]
                ],
                "Containers": [["LastStatus": "PENDING", "Name": "main", "NetworkInterfaces": []]],
                "DesiredStatus": "RUNNING", "Group": "g", "LastStatus": "PROVISIONING", "Version": 1,
            ])
        #expect(LaunchedTask.of("odd") == "odd" && LaunchedTask.of([:]) == [:])
    }

    @Test("A function that is called by its ARN gives the payload of the mocked service answer")
    func directLambda() throws {
        let tasks = MockedTasks(try MockConfiguration(Self.text)) { _ in "Busy" }
        let arn = "arn:aws:lambda:us-east-1:1:function:ship"
        #expect(tasks.reports(request("Ship", arn)) == [.started, .succeeded(output: #"{"ok":true}"#)])
    }

    @Test(
        "A mistake is named with its place",
        arguments: [
            (#"{"#, "", "not JSON: line 1"),
            (#"{}"#, "StateMachines", "is missing"),
            (#"{"StateMachines": []}"#, "StateMachines", "must be an object"),
            (#"{"StateMachines": {"M": {}}}"#, "StateMachines.M.TestCases", "must be an object"),
            (
                #"{"StateMachines": {"M": {"TestCases": {"C": {"S": "R"}}}}}"#, "StateMachines.M.TestCases.C.S",
                #"MockedResponses has no "R""#
            ),
            (
                #"{"StateMachines": {}, "MockedResponses": {"R": {"x": {"Return": 1}}}}"#, "MockedResponses.R.x",
                "must be a number"
            ),
            (
                #"{"StateMachines": {}, "MockedResponses": {"R": {"2-1": {"Return": 1}}}}"#, "MockedResponses.R.2-1",
                "must be a number"
            ),
            (
                #"{"StateMachines": {}, "MockedResponses": {"R": {"0": {}}}}"#, "MockedResponses.R.0",
                "either Return or Throw"
            ),
            (
                #"{"StateMachines": {}, "MockedResponses": {"R": {"0": {"Throw": {"Error": 1}}}}}"#,
                "MockedResponses.R.0.Throw.Error",
                "must be a string"
            ),
            (
                #"{"StateMachines": {}, "MockedResponses": {"R": {"0-1": {"Return": 1}, "1": {"Return": 1}}}}"#,
                "MockedResponses.R.1", "another entry"
            ),
        ])
    func mistakes(_ text: String, _ path: String, _ message: String) {
        let error = #expect(throws: MockConfigurationError.self) { try MockConfiguration(text) }
        #expect(error?.path == path)
        #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    }

    @Test("The recorded answers of AWS are read")
    func recorded() throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let shared =
            ProcessInfo.processInfo.environment["STEPLOG_SHARED"] ?? "\(root.deletingLastPathComponent().path)/shared"
        let path = "\(shared)/conformance/aws-recorded/mock/MockConfigFile.json"
        guard File.exists(path) else {
            print("skipped: there is no \(path)")
            return
        }
        let configuration = try MockConfiguration(String(decoding: File.read(path), as: UTF8.self))
        #expect(
            configuration.response(
                machine: "recorded-da8828aba19e-0", testCase: "recorded", state: "Task", invocation: 0) != nil)
    }
}
