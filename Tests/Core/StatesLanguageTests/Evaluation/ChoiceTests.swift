import JSON
import JSONPath
import StatesLanguage
import Testing

@Suite("Choice rules")
struct ChoiceTests {
    private func holds(
        _ comparison: ComparisonOperator, _ operand: Condition.Operand, on input: JSONValue, variable: String = "$.v"
    ) throws -> Bool {
        var environment = FixedEnvironment(variables: ["limit": 5])
        return try Condition.comparison(variable: RootedPath(variable), comparison, operand)
            .holds(on: EvaluationInput(input), in: &environment)
    }

    @Test(
        "Operators compare values of their own type",
        arguments: [
            (.stringEquals, #""a""#, #""a""#, true), (.stringEquals, #""é""#, #""e\u0301""#, false),
            (.stringLessThan, #""a""#, #""b""#, true), (.stringLessThan, #""B""#, #""a""#, true),
            (.stringLessThan, #""\ud83d\ude00""#, #""\uffff""#, true), (.stringGreaterThan, #""ab""#, #""a""#, true),
            (.stringLessThan, #""\ud83d""#, #""\ud83d\ude00""#, true),
            (.stringGreaterThanEquals, #""a""#, #""a""#, true),
            (.numericEquals, "0", "0.0", true), (.numericEquals, "100", "1e2", true),
            (.numericLessThan, "1", "1.5", true),
            (.numericLessThan, "9007199254740992", "9007199254740993", true),
            (.numericGreaterThanEquals, "2", "2", true),
            (.numericLessThanEquals, "3", "2", false), (.booleanEquals, "false", "false", true),
            (.timestampEquals, #""2020-01-01T00:00:00Z""#, #""2020-01-01T01:00:00+01:00""#, true),
            (.timestampLessThan, #""2020-01-01T00:00:00.1Z""#, #""2020-01-01T00:00:00.2Z""#, true),
            (.isNull, "null", "true", true), (.isNull, "1", "false", true), (.isNumeric, "1", "true", true),
            (.isString, "1", "true", false), (.isBoolean, "false", "true", true),
            (.isTimestamp, #""2020-01-01T00:00:00Z""#, "true", true), (.isTimestamp, #""2020-01-01""#, "true", false),
            (.isTimestamp, "1", "false", true), (.isPresent, "null", "true", true),
            (.isPresent, "null", "false", false),
        ] as [(ComparisonOperator, String, String, Bool)])
    func table(comparison: ComparisonOperator, value: String, operand: String, expected: Bool) throws {
        #expect(try holds(comparison, .value(json(operand)), on: ["v": json(value)]) == expected)
    }

    @Test("A value of another type never holds and never fails", arguments: ComparisonOperator.allCases)
    func typeMismatch(comparison: ComparisonOperator) throws {
        guard !comparison.rawValue.hasPrefix("Is") else { return }
        let values: [JSONValue] = [nil, true, 1, "x", [], [:]]
        for value in values {
            for operand in values where value.typeName != operand.typeName {
                #expect(try !holds(comparison, .value(operand), on: ["v": value]))
            }
        }
    }

    @Test(
        "StringMatches: a star stands for any characters, an escaped star for itself",
        arguments: [
            ("", "", true), ("", "*", true), ("a", "", false), ("log.txt", "*.txt", true), ("log.txt", "log*", true),
            ("log.txt", "l*g*t", true), ("log.txt", "l*x", false), ("a*b", "a\\*b", true), ("axb", "a\\*b", false),
            ("a\\b", "a\\\\b", true), ("a\\xyz", "a\\\\*", true), ("a.b", "a?b", false), ("aaa", "*a*a*a*", true),
            ("aa", "*a*a*a*", false), ("x\\", "x\\", true), ("Grüße", "Gr*e", true),
        ])
    func wildcards(text: String, pattern: String, expected: Bool) throws {
        #expect(try holds(.stringMatches, .value(.string(pattern)), on: ["v": .string(text)]) == expected)
    }

    @Test("A pattern of many stars is decided at once")
    func wildcardsHostile() throws {
        let text = String(repeating: "a", count: 20_000)
        let pattern = String(repeating: "*a", count: 200) + "b"
        #expect(try !holds(.stringMatches, .value(.string(pattern)), on: ["v": .string(text)]))
    }

    @Test("Operands and variables may be paths of input, context and variables")
    func paths() throws {
        #expect(try holds(.numericGreaterThan, .path(RootedPath("$limit")), on: ["v": 6]))
        #expect(try holds(.stringEquals, .path(RootedPath("$.w")), on: ["w": "run-1"], variable: "$$.Execution.Name"))
    }

    @Test("A missing value fails with States.Runtime, on either side; IsPresent tells instead")
    func missing() throws {
        let expected = EvaluationError(
            cause: "Invalid path '$.v': The choice state's condition path references an invalid value.")
        #expect(evaluationError { _ = try holds(.stringEquals, .value("a"), on: [:]) } == expected)
        #expect(
            evaluationError { _ = try holds(.stringEquals, .path(RootedPath("$.v")), on: ["w": "a"], variable: "$.w") }
                == expected)
        #expect(evaluationError { _ = try holds(.isNull, .value(true), on: [:]) } == expected)
        #expect(try !holds(.isPresent, .value(true), on: [:]))
        #expect(try holds(.isPresent, .value(false), on: ["v": 1], variable: "$.v.w"))
        #expect(try holds(.isPresent, .value(false), on: [:], variable: "$unassigned"))
    }

    @Test("And, Or and Not stop at the part that decides")
    func combinations() throws {
        let fails = Condition.comparison(variable: try RootedPath("$.no"), .isNull, .value(true))
        var environment = FixedEnvironment()
        let input = EvaluationInput(.null)
        #expect(try !Condition.and([.constant(false), fails]).holds(on: input, in: &environment))
        #expect(try Condition.or([.constant(true), fails]).holds(on: input, in: &environment))
        #expect(try Condition.not(.and([.constant(true), .constant(false)])).holds(on: input, in: &environment))
        #expect(throws: EvaluationError.self) {
            try Condition.or([.constant(false), fails]).holds(on: input, in: &environment)
        }
    }

    @Test("The first rule that holds is chosen, or none")
    func firstMatch() throws {
        func state(_ conditions: [Condition]) -> ChoiceState {
            ChoiceState(
                inputPath: .whole, outputPath: .whole,
                rules: conditions.map { ChoiceRule(condition: $0, next: 0, assign: nil, output: nil) },
                defaultNext: nil, assign: nil, output: nil)
        }
        var environment = FixedEnvironment()
        let input = EvaluationInput(.null)
        #expect(
            try state([.constant(false), .constant(true), .constant(true)]).firstMatch(on: input, in: &environment) == 1
        )
        #expect(try state([.constant(false)]).firstMatch(on: input, in: &environment) == nil)
    }
}
