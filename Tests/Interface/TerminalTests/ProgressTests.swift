import Engine
import JSON
import StatesLanguage
import Terminal
import Testing

@Suite("What a run says")
struct ProgressTests {
    /// The events of a start at time 1,000,000.
    private func events(_ definition: String) throws -> (ExecutionProgress, [Event]) {
        let machine = try #require(Definition.compile(definition).machine)
        let start = StartExecution(
            executionArn: "arn:aws:states:us-east-1:123456789012:execution:m:e", name: "e",
            stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:m",
            roleArn: "arn:aws:iam::123456789012:role/r",
            definitionHash: "h", input: "{}")
        var decider = Decider(
            execution: Engine.Execution(start: start, machine: machine),
            settings: Decider.Settings(region: "us-east-1", limits: .standard, tokenKey: [1]),
            moment: Moment(time: 1_000_000, seed: 7), trigger: .command(offset: 0))
        try decider.startExecution(start)
        return (ExecutionProgress(start: start, machine: machine), decider.events)
    }

    @Test("A wait says how long it lasts, and what is left of it")
    func wait() throws {
        var (progress, events) = try events(#"{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":90,"End":true}}}"#)
        let lines = try events.compactMap { try progress.take($0) }
        #expect(lines.contains("   0.000 s  W: waits for 1 min 30 s"))
        #expect(progress.activeLines(now: 1_020_000) == ["W: waits, 1 min 10 s left"])
        #expect(!progress.isClosed)
    }

    @Test("A failure knows its state, and branches are told apart")
    func failure() throws {
        var (progress, events) = try events(
            """
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
              {"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":9,"End":true}}},
              {"StartAt":"B","States":{"B":{"Type":"Fail","Error":"Broken","Cause":"no luck"}}}]}}}
            """)
        for event in events { _ = try progress.take(event) }
        #expect(progress.status == .failed)
        #expect(progress.failure?.state == "P[1] › B")
        #expect(FailureText.lines(error: progress.error, cause: progress.cause) == ["error: Broken", "cause: no luck"])
    }

    @Test("Of an ECS task's description the reason and the exit codes are said")
    func taskObject() {
        let cause =
            #"{"StoppedReason":"Essential container in task exited","Containers":[{"Name":"load","ExitCode":3}]}"#
        #expect(
            FailureText.lines(error: "States.TaskFailed", cause: cause)
                == [
                    "error: States.TaskFailed",
                    "cause: Essential container in task exited; container load: exit code 3",
                ])
    }

    @Test(
        "Spans of time read well",
        arguments: [(Int64(412), "0.412 s"), (12_345, "12.3 s"), (245_000, "4 min 05 s"), (7_380_000, "2 h 03 min")])
    func elapsed(milliseconds: Int64, expected: String) {
        #expect(ElapsedText.text(milliseconds: milliseconds) == expected)
    }

    @Test("A history has AWS's shape, without what AWS does not show")
    func history() throws {
        let (_, events) = try events(#"{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":90,"End":true}}}"#)
        var document = HistoryDocument()
        var encoder = EventEncoder(executionArn: "arn")
        for event in events {
            var bytes: [UInt8] = []
            encoder.write(event, to: &bytes)
            document.append(try JSONParser.parse(bytes))
        }
        let listed = try #require(document.json["events"]?.array)
        #expect(listed.compactMap { $0["type"]?.string } == ["ExecutionStarted", "WaitStateEntered"])
        #expect(listed.allSatisfy { $0["steplog"] == nil && $0["executionArn"] == nil && $0["id"] != nil })
        #expect(document.tableLines[2].contains("WaitStateEntered"))
    }

    @Test("A finding is one line with file, line and column, and an object with AWS's members")
    func diagnostics() {
        let text =
            "{\n \"StartAt\": \"A\",\n \"States\": {\"A\": {\"Type\": \"Pass\", \"Next\": \"Bee\"}, \"Be\": {\"Type\": \"Succeed\"}}}"
        let report = DiagnosticsReport(file: "x.json", diagnostics: Definition.compile(text).diagnostics)
        #expect(report.hasErrors)
        #expect(report.lines.first?.hasPrefix("x.json:3:") == true)
        #expect(report.lines.first?.contains("did you mean \"Be\"?") == true)
        #expect(report.json["result"] == "FAIL")
        #expect(report.json["diagnostics"]?[0]?["code"] == "MISSING_TRANSITION_TARGET")
    }
}
