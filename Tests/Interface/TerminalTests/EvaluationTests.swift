import JSON
import Terminal
import Testing

@Suite("Expressions of steplog eval")
struct EvaluationTests {
    @Test(
        "Each language has its values",
        arguments: [
            (ExpressionLanguage.jsonpath, "$.a[1]", "2"), (.jsonpath, "$name.x", "7"),
            (.jsonpath, "$$.Execution", "\"e\""),
            (.intrinsic, "States.Format('{}-{}', $.a[0], $name.x)", "\"1-7\""), (.jsonata, "$sum(a) + $name.x", "10"),
            (.jsonata, "{% $states.input.a[0] & $states.context.Execution %}", "\"1e\""),
        ])
    func values(language: ExpressionLanguage, expression: String, expected: String) throws {
        let evaluator = ExpressionEvaluator(
            language: language, context: ["Execution": "e"], variables: ["name": ["x": 7]])
        guard case .value(let value) = evaluator.evaluateAsWritten(expression, input: ["a": [1, 2]]) else {
            Issue.record("no value of \(expression)")
            return
        }
        #expect(value.description == expected)
    }

    @Test("A syntax error points at its place")
    func pointer() {
        let evaluator = ExpressionEvaluator(language: .jsonata)
        guard case .failure(let failure) = evaluator.evaluateAsWritten("{% 1 +* 2 %}", input: nil) else {
            Issue.record("no failure")
            return
        }
        let lines = failure.lines(of: "{% 1 +* 2 %}")
        #expect(lines.count == 3)
        #expect(lines.last?.hasSuffix("^") == true)
    }

    @Test("An expression of a definition has no document to refer to")
    func refusal() {
        guard
            case .failure(let failure) = ExpressionEvaluator(language: .jsonata).evaluateAsWritten(
                "{% a.b %}", input: ["a": 1])
        else {
            Issue.record("no failure")
            return
        }
        #expect(failure.code == "UNSUPPORTED_JSONATA_EXPRESSION")
    }

    @Test(
        "A row has one answer, and a bad row an error",
        arguments: [
            (#"{"id":1,"expr":"a+$b","input":{"a":1},"bindings":{"b":2}}"#, #"{"id":1,"value":3}"#),
            (#"{"id":"x","expr":"$"}"#, #"{"id":"x","undefined":true}"#),
            (#"{"id":2,"expr":"$","input":null}"#, #"{"id":2,"value":null}"#),
            (#"{"id":3}"#, #"{"id":3,"error":"line 4: \"expr\", a string, is missing"}"#),
        ])
    func rows(line: String, expected: String) {
        let batch = ExpressionBatch(ExpressionEvaluator(language: .jsonata))
        #expect(batch.answer(Array(line.utf8), number: 4).description == expected)
    }

    @Test("A row that is no JSON, and one that fails, give error rows")
    func badRows() {
        let batch = ExpressionBatch(ExpressionEvaluator(language: .jsonata))
        #expect(batch.answer(Array("{".utf8), number: 1)["error"] != nil)
        let failed = batch.answer(Array(#"{"id":5,"expr":"1+'a'"}"#.utf8), number: 2)
        #expect(failed["code"] == "T2002")
        #expect(failed["id"] == 5)
    }
}

@Suite("Delivering task tokens")
struct ControlTests {
    @Test("A request reaches the listener and its answer comes back")
    func roundTrip() throws {
        let path = try temporaryFile("placeholder", "") + ".socket"
        let listener = try ControlListener(path: path) { request in
            request.taskToken == "good" ? .accepted : .refused(error: "InvalidToken", message: "no")
        }
        defer { listener.close() }
        let client = ControlClient(path: path, patienceSeconds: 5)
        #expect(
            try client.send(ControlRequest(id: "1", taskToken: "good", action: .sendTaskSuccess(output: "{}")))
                == .accepted)
        let refused = try client.send(ControlRequest(id: "2", taskToken: "bad", action: .sendTaskHeartbeat))
        #expect(refused == .refused(error: "InvalidToken", message: "no"))
    }

    @Test("Nobody there: the error says what to do")
    func nobody() {
        let client = ControlClient(path: "/tmp/steplog-no-such-socket", patienceSeconds: 0)
        let error = #expect(throws: BadInput.self) {
            try client.send(ControlRequest(id: "1", taskToken: "t", action: .sendTaskHeartbeat))
        }
        #expect(error?.message.contains("--resume") == true)
    }

    @Test(
        "A request survives the wire",
        arguments: [
            ControlRequest.Action.sendTaskSuccess(output: "{\"a\":1}"), .sendTaskFailure(error: "E", cause: nil),
            .sendTaskFailure(error: nil, cause: "c"), .sendTaskHeartbeat,
        ])
    func coding(action: ControlRequest.Action) {
        let request = ControlRequest(id: "1", taskToken: "t", action: action)
        #expect(ControlRequest(request.json) == request)
    }
}
