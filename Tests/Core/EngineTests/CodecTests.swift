import Engine
import Testing

@Suite("Records")
struct CodecTests {
    private static let arn = "arn:aws:states:us-east-1:123456789012:execution:M:é\"\\"
    private static let start = StartExecution(
        executionArn: arn, name: "é\"\\", stateMachineArn: "m", stateMachineVersionArn: "m:1",
        stateMachineAliasArn: "m:a", roleArn: "r",
        definitionHash: "h", input: "{\"a\": \"\\ud800\"}", traceHeader: "t", testCase: "c")

    @Test(
        "Every command reads back as it was written",
        arguments: [
            .startExecution(start), .stopExecution(error: nil, cause: nil),
            .stopExecution(error: "E", cause: "\u{0}\u{1F600}"),
            .reportTask(taskID: "t", .started), .reportTask(taskID: "t", .claimed(workerName: "w")),
            .reportTask(taskID: "t", .claimed(workerName: nil, deadline: 1_795_382_072_410)),
            .redriveExecution(clientToken: "a"), .redriveExecution(clientToken: nil),
            .reportTask(taskID: "t", .heartbeat),
            .reportTask(taskID: "t", .submitted(output: "{}")),
            .reportTask(taskID: "t", .succeeded(output: " [1] ")),
            .reportTask(taskID: "t", .failed(error: nil, cause: nil)),
            .reportTask(taskID: "t", .failed(error: "E", cause: "c")),
        ] as [Command])
    func commands(command: Command) throws {
        for (definition, address) in [(nil, nil), ("{}", ReplyAddress(partition: 3, id: "i"))]
            as [(String?, ReplyAddress?)]
        {
            let record = CommandRecord(
                executionArn: Self.arn, command: command, definition: definition, replyTo: address)
            #expect(try CommandRecord(decoding: record.encoded()) == record)
        }
    }

    @Test("Every task record reads back as it was written")
    func tasks() throws {
        let full = TaskRequest(
            taskID: "t", executionArn: Self.arn, stateMachineArn: "m", roleArn: "r", credentialsRoleArn: "c",
            stateName: "S", resource: "x",
            input: "{}", taskToken: "tok", timeoutSeconds: 1, heartbeatSeconds: 2, invocation: 3,
            testCase: "c")
        let bare = TaskRequest(
            taskID: "t", executionArn: "e", stateMachineArn: "m", roleArn: "r", stateName: "S", resource: "x",
            input: "1")
        let records: [TaskRecord] = [
            .request(full), .request(bare), .cancel(taskID: "t", executionArn: "e"),
            .release(taskID: "t", executionArn: "e"),
        ]
        for record in records { #expect(try TaskRecord(decoding: record.encoded()) == record) }
        let replies: [ReplyRecord] = [
            ReplyRecord(id: "1", outcome: .accepted(sequence: 4, time: 5)),
            ReplyRecord(id: "2", outcome: .rejected(code: "C", message: "m")),
        ]
        for reply in replies { #expect(try ReplyRecord(decoding: reply.encoded()) == reply) }
    }

    @Test(
        "What a newer release wrote, or a damaged log holds, is an error and no crash",
        arguments: [
            "", "null", "[]", "{}", "{\"steplog\":{}}", "{\"command\":\"startExecution\",\"executionArn\":\"a\"}",
            "{\"command\":\"reportTask\",\"executionArn\":\"a\",\"taskId\":\"t\",\"report\":\"sang\"}",
            "{\"task\":\"request\"}", "{\"task\":1}",
            "{\"executionArn\":\"a\",\"sequence\":1,\"previousEventId\":0,\"timestamp\":1,\"type\":\"MapRunStarted\",\"steplog\":{}}",
            "{\"executionArn\":\"a\",\"sequence\":1,\"previousEventId\":0,\"timestamp\":1e300,\"type\":\"PassStateEntered\",\"steplog\":{}}",
            "{\"executionArn\":\"a\",\"sequence\":1.5,\"previousEventId\":0,\"timestamp\":1,\"type\":\"ParallelStateStarted\",\"steplog\":{}}",
            "{\"executionArn\":\"a\",\"sequence\":1,\"previousEventId\":0,\"timestamp\":1,\"type\":\"LambdaFunctionQueued\",\"steplog\":{}}",
            "{\"executionArn\":\"a\",\"sequence\":1,\"previousEventId\":0,\"timestamp\":1,\"type\":\"FailStateJuggled\",\"steplog\":{}}",
        ])
    func unknown(text: String) {
        #expect(throws: CodecError.self) { try EventDecoder.decode(Array(text.utf8)) }
        #expect(throws: CodecError.self) { try CommandRecord(decoding: Array(text.utf8)) }
        #expect(throws: CodecError.self) { try TaskRecord(decoding: Array(text.utf8)) }
    }
}
