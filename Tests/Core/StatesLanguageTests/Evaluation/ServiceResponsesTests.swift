import JSON
import StatesLanguage
import Testing

@Suite("Responses of services")
struct ServiceResponsesTests {
    private func problem(_ resource: String, _ result: String, _ mode: MockValidationMode = .strict) throws -> String? {
        let target = try #require(TaskResource(arn: "arn:aws:states:::" + resource))
        return ServiceResponses.problem(in: try JSONParser.parse(result), of: target, mode: mode)
    }

    @Test(
        "A mocked result is held against the response of the API that is called",
        arguments: [
            ("states:startExecution", #"{"executionArn":"a"}"#, "Required field 'ExecutionArn' is missing"),
            ("states:startExecution", #"{"ExecutionArn":"a","StartDate":true}"#, "Field 'StartDate' must be a string"),
            (
                "dynamodb:putItem", #"{"ConsumedCapacity":{"CapacityUnits":"1"}}"#,
                "Field 'CapacityUnits' must be a number"
            ),
            ("dynamodb:getItem", #"{"Item":{"a":{"BOOL":1}}}"#, nil),
            ("events:putEvents", #"{"Entries":[{"EventId":"a"},{"EventId":[]}]}"#, "Field 'EventId' must be a string"),
            ("events:putEvents", #"{"Entries":"x"}"#, "Field 'Entries' must be an array"),
            ("aws-sdk:s3:getObject", #"{"StorageClass":"PAPER"}"#, "Field 'StorageClass' is not an expected value"),
            ("aws-sdk:s3:getObject", #"{"DeleteMarker":"no"}"#, "Field 'DeleteMarker' must be a boolean"),
            (
                "aws-sdk:kms:encrypt", #"{"CiphertextBlob":""}"#,
                "Field 'CiphertextBlob' is smaller than the minimum length"
            ),
            (
                "aws-sdk:lambda:getFunction", #"{"Configuration":{"MemorySize":10241}}"#,
                "Field 'MemorySize' exceeds the maximum value"
            ),
            ("aws-sdk:lambda:getFunction", #"{"Configuration":[]}"#, "Field 'Configuration' must be an object"),
            ("lambda:invoke", #"{"StatusCode":"200","Payload":{}}"#, "Field 'StatusCode' must be a number"),
            ("lambda:invoke", #"{"Payload":[1],"Other":2}"#, nil),
            ("states:startExecution.sync:2", #"{"ExecutionArn":1}"#, "Required field 'StateMachineArn' is missing"),
            ("ecs:runTask.sync", #"{"LastStatus":1}"#, "Field 'LastStatus' must be a string"),
            ("sqs:sendMessage.waitForTaskToken", #"{"MessageId":1}"#, nil), ("apigateway:invoke", "1", nil),
        ])
    func strict(resource: String, result: String, expected: String?) throws {
        #expect(try problem(resource, result) == expected)
    }

    @Test("PRESENT passes over what is missing, NONE over everything")
    func modes() throws {
        #expect(try problem("states:startExecution", "{}", .present) == nil)
        #expect(
            try problem("states:startExecution", #"{"ExecutionArn":1}"#, .present)
                == "Field 'ExecutionArn' must be a string")
        #expect(try problem("states:startExecution", #"{"ExecutionArn":1}"#, .none) == nil)
    }

    @Test("A value that is cut out of a text keeps its white space")
    func slices() {
        let text = #"{ "a" : {"x\"": [ 1,"]" ] , "b": -1.5e3}, "a": {"b": "é"}}"#
        #expect(JSONTextSlice.text(ofMember: ["a", "b"], in: text) == "\"é\"")
        #expect(JSONTextSlice.text(ofMember: [], in: " [1, 2] ") == "[1, 2]")
        #expect(JSONTextSlice.text(ofMember: ["x\""], in: #"{"x\"" : [ 1,"]" ]  }"#) == #"[ 1,"]" ]"#)
        #expect(JSONTextSlice.text(ofMember: ["a", "c"], in: text) == nil)
        #expect(JSONTextSlice.text(ofMember: ["a"], in: "[]") == nil)
    }
}
