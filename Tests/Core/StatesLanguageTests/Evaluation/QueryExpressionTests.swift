import JSON
import StatesLanguage
import Testing

@Suite("JSONata in definitions")
struct QueryExpressionTests {
    private func evaluate(
        _ template: JSONValue, on input: EvaluationInput = EvaluationInput(["n": 2, "items": [1, 2]]),
        in environment: FixedEnvironment = FixedEnvironment(variables: ["name": "Ada", "none": nil])
    ) throws -> JSONValue {
        var environment = environment
        return try Template.compileJSONata(template, field: "Output").evaluate(on: input, in: &environment)
    }

    @Test("Expressions read input, context and variables, at any depth")
    func values() throws {
        let result = try evaluate([
            "sum": "{% $sum($states.input.items) + $states.input.n %}", "list": ["{% $name & '!' %}", "plain"],
            "run": "{%$states.context.Execution.Name%}", "null": "{% $none %}", "whole": "{% $count($keys($states)) %}",
        ])
        #expect(
            result == ["sum": 5, "list": ["Ada!", "plain"], "run": "run-1", "null": nil, "whole": 2])
    }

    @Test("$states has a result or an error output where there is one")
    func states() throws {
        let input = EvaluationInput(nil, result: ["Payload": 1], errorOutput: ["Error": "E", "Cause": "C"])
        #expect(try evaluate("{% $states.result.Payload %}", on: input) == 1)
        #expect(try evaluate("{% $states.errorOutput %}", on: input) == ["Error": "E", "Cause": "C"])
        #expect(try evaluate("{% $states.input %}", on: input) == nil)
    }

    @Test(
        "Failures carry AWS's texts and the field as location",
        arguments: [
            (
                "{% $doesNotExist %}",
                "The JSONata expression '$doesNotExist' specified for the field 'Output/r' returned nothing (undefined)."
            ),
            (
                "{% $states.result %}",
                "The JSONata expression '$states.result' specified for the field 'Output/r' returned nothing (undefined)."
            ),
            (
                "{% $fn := function($x){$x} %}",
                "The JSONata expression '$fn := function($x){$x}' specified for the field 'Output/r' returned an unsupported result type."
            ),
            (
                "{% $nope(1) %}",
                "The JSONata expression '$nope(1)' specified for the field 'Output/r' threw an error during evaluation. "
                    + "T1006: Attempted to invoke a non-function"
            ),
            (
                "{% $abs('1') %}",
                "The JSONata expression '$abs('1')' specified for the field 'Output/r' threw an error during evaluation. "
                    + "T0410: Argument 1 of function \"abs\" does not match function signature"
            ),
        ])
    func failures(expression: String, cause: String) {
        let error = evaluationError { _ = try evaluate(["r": .string(expression)]) }
        #expect(error == EvaluationError(name: "States.QueryEvaluationError", cause: cause, location: "Output/r"))
    }

    @Test("Limits are told without a code")
    func limits() {
        let error = evaluationError { _ = try evaluate("{% ($f := function($n){1 + $f($n)}; $f(1)) %}") }
        #expect(error?.cause.contains("threw an error during evaluation: Stack overflow error") == true)
    }

    @Test("The same random bits give the same result, and the clock is the environment's")
    func determinism() throws {
        let template: JSONValue = ["u": "{% $uuid() %}", "r": "{% $random() %}", "t": "{% $millis() %}"]
        let first = try evaluate(template)
        #expect(try evaluate(template) == first)
        #expect(first["t"] == 1_700_000_000_000)
        #expect(try evaluate(template, in: FixedEnvironment(randomBits: 7))["u"] != first["u"])
    }

    @Test("Numbers, texts and conditions of another type fail with type and value")
    func types() throws {
        var environment = FixedEnvironment()
        let input = EvaluationInput(.null)
        func expression(_ text: String) -> QueryExpression { QueryExpression(text: text, field: "F") }
        #expect(try NumberField.query(expression(" 5 ")).wholeNumber(on: input, in: &environment) == 5)
        #expect(try TextField.query(expression("'a'")).text(on: input, in: &environment) == "a")
        #expect(try Condition.query(expression("1 = 1")).holds(on: input, in: &environment))
        let prefix =
            "The JSONata expression 'x' specified for the field 'F' returned an unexpected result type. Expected "
        func cause(_ text: String, _ rest: String) -> String { prefix.replacing("'x'", with: "'\(text)'") + rest }
        #expect(
            evaluationError { _ = try NumberField.query(expression("'a'")).wholeNumber(on: input, in: &environment) }?
                .cause
                == cause("'a'", "'number', but was 'string' for value: \"a\""))
        #expect(
            evaluationError { _ = try TextField.query(expression("[1]")).text(on: input, in: &environment) }?.cause
                == cause("[1]", "'string', but was 'array' for value: [1]"))
        #expect(
            evaluationError { _ = try Condition.query(expression("null")).holds(on: input, in: &environment) }?.cause
                == cause("null", "'boolean', but was 'null' for value: null"))
    }

    @Test("A Timestamp expression that is no timestamp fails with the recorded text")
    func timestamp() {
        var environment = FixedEnvironment()
        let duration = WaitState.Duration.timestamp(
            .query(QueryExpression(text: "'2016-12-05T21:29:29'", field: "Timestamp")))
        let error = evaluationError {
            _ = try duration.deadline(enteredAtMilliseconds: 0, on: EvaluationInput(.null), in: &environment)
        }
        #expect(
            error
                == EvaluationError(
                    name: "States.QueryEvaluationError",
                    cause:
                        "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: "
                        + "2016-12-05T21:29:29", location: "Timestamp"))
    }

    @Test(
        "What may not stand in a definition is refused with AWS's words",
        arguments: [
            ("$states.input.a + $x", []), ("", nil), ("$states.input.", nil), ("[1, 2", nil),
            ("phone", ["Reference to 'phone' at the top level is not supported."]),
            ("$", ["Reference to '$' at the top level is not supported."]),
            ("$$.a", ["Reference to '$$' is not supported."]),
            ("$states.errorOutput", ["Field '$states.errorOutput' does not exist."]),
            ("$states.result.a", []), ("$map([1], function($v){$v})", []),
        ] as [(String, [String]?)])
    func refusals(text: String, expected: [String]?) {
        let refusals = QueryExpression(text: text, field: "Output").refusals(statesMembers: [.result])
        if let expected {
            #expect(refusals == expected.map { .unsupported(message: $0) })
        } else if case .invalid(let message)? = refusals.first {
            #expect(!message.isEmpty)
        } else {
            Issue.record("\(text) is not refused")
        }
    }

    @Test("Variables are those that the expression does not define itself")
    func variables() throws {
        let definition = #"""
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true,
              "Output": "{% ($own := $b; $sum([$own, $a, $states.input.x])) %}", "Assign": {"c": "{% $c + 1 %}"}}}}
            """#
        let machine = try #require(Definition.compile(definition).machine)
        #expect(machine.variableReferences.map(\.variables) == [["a", "b", "c"]])
    }
}

@Suite("Refusing JSONata in definitions")
struct QueryRefusalTests {
    /// `code: message at location` of each error.
    private func errors(_ state: String) -> [String] {
        let definition = #"{"QueryLanguage": "JSONata", "StartAt": "E", "States": {"E": \#(state)}}"#
        return Definition.compile(definition).diagnostics.filter { $0.severity == .error }
            .map { "\($0.code.rawValue): \($0.message) at \($0.location ?? "null")" }
    }

    @Test("Expressions that read a document are refused where they stand")
    func document() {
        #expect(
            errors(#"{"Type": "Pass", "Output": {"v": [1, "{% phone %}"]}, "End": true}"#)
                == [
                    "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported. at "
                        + "/States/E/Output/v[1]"
                ])
    }

    @Test("$states.result and $states.errorOutput are refused outside their fields")
    func states() {
        let result = #""{% $states.result %}""#
        let error = #""{% $states.errorOutput %}""#
        let task = #""Type": "Task", "Resource": "arn:aws:states:::sns:publish""#
        #expect(errors(#"{\#(task), "Output": \#(result), "Assign": {"a": \#(result)}, "End": true}"#).isEmpty)
        #expect(errors(#"{\#(task), "Arguments": {"a": \#(result)}, "End": true}"#).count == 1)
        #expect(errors(#"{\#(task), "Output": \#(error), "End": true}"#).count == 1)
        #expect(errors(#"{"Type": "Pass", "Output": \#(result), "End": true}"#).count == 1)
    }

    @Test("Every field's syntax errors are found, each with its place")
    func syntax() {
        let found = errors(
            #"{"Type": "Wait", "Seconds": "{% 1 + %}", "Output": "{% [1 %}", "Assign": {"a": "{% ) %}"}, "End": true}"#)
        #expect(found.count == 3)
        #expect(found.allSatisfy { $0.hasPrefix("INVALID_JSONATA_EXPRESSION: ") })
        for place in ["Seconds", "Output", "Assign/a"] {
            #expect(found.contains { $0.hasSuffix(" at /States/E/\(place)") }, "\(found)")
        }
    }
}
