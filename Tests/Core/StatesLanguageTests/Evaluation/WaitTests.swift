import JSON
import JSONPath
import StatesLanguage
import Testing

@Suite("How long a Wait state waits")
struct WaitTests {
    private func deadline(_ duration: WaitState.Duration, on input: JSONValue = .null) throws -> Int64 {
        var environment = FixedEnvironment()
        return try duration.deadline(enteredAtMilliseconds: 1_000, on: EvaluationInput(input), in: &environment)
    }

    private func seconds(_ value: JSONValue) throws -> Int64 {
        try deadline(
            .seconds(.path(RootedPath("$.input.waitSeconds"), field: "SecondsPath")),
            on: ["input": ["waitSeconds": value]])
    }

    private func timestamp(_ value: JSONValue) throws -> Int64 {
        try deadline(
            .timestamp(.path(RootedPath("$.TimestampValue"), field: "TimestampPath")), on: ["TimestampValue": value])
    }

    @Test("Seconds count from entering the state, timestamps are absolute and may be past")
    func deadlines() throws {
        #expect(try deadline(.seconds(.value(0))) == 1_000)
        #expect(try deadline(.seconds(.value(2))) == 3_000)
        #expect(try seconds(5) == 6_000)
        #expect(try deadline(.timestamp(.value("1970-01-01T00:00:00.5Z"))) == 500)
        #expect(try timestamp("1970-01-01T00:01:00Z") == 60_000)
    }

    @Test(
        "Values that are no seconds fail with the recorded texts",
        arguments: [
            (1.5, "The SecondsPath parameter cannot be parsed as a long value: $.input.waitSeconds == 1.5"),
            (-1.5, "The SecondsPath parameter cannot be parsed as a long value: $.input.waitSeconds == -1.5"),
            (-1, "The SecondsPath parameter references a negative value: $.input.waitSeconds == -1"),
            ("x", "The SecondsPath parameter cannot be parsed as a long value: $.input.waitSeconds == x"),
            (9_000_000_000_000, "Wait state delay is too long."),
        ] as [(JSONValue, String)])
    func badSeconds(value: JSONValue, cause: String) {
        #expect(evaluationError { _ = try seconds(value) } == EvaluationError(name: "States.Runtime", cause: cause))
    }

    @Test("A SecondsPath that finds nothing fails with its own text")
    func missing() {
        let error = evaluationError {
            _ = try deadline(.seconds(.path(RootedPath("$.s"), field: "SecondsPath")), on: [:])
        }
        #expect(error?.cause == "The SecondsPath parameter does not reference an input value: $.s")
    }

    @Test(
        "Texts that are no timestamps fail with the recorded text",
        arguments: [
            "05-12-2016T21:29:29Z", "2016-12-05 21:29:29Z", "2016-12-05T21:29:29", "2016-12-05T25:29:29Z",
            "2016-13-05T21:29:29Z",
        ])
    func badTimestamps(text: String) {
        #expect(
            evaluationError { _ = try timestamp(.string(text)) }?.cause
                == "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: "
                + "$.TimestampValue == \(text)")
    }

    @Test("24,855 days are waited for, 24,856 days are too long")
    func longest() throws {
        #expect(try seconds(.integer(24_855 * 86_400)) == 24_855 * 86_400_000 + 1_000)
        #expect(
            evaluationError { _ = try seconds(.integer(24_856 * 86_400)) }?.cause == "Wait state delay is too long.")
        #expect(evaluationError { _ = try timestamp("2100-01-01T00:00:00Z") }?.cause == "Wait state delay is too long.")
    }
}
