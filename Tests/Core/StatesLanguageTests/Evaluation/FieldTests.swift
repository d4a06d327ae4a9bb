import JSON
import JSONPath
import StatesLanguage
import Testing

@Suite("Fields that are paths, numbers and texts")
struct FieldTests {
    @Test("InputPath and OutputPath select; null gives an empty object")
    func selecting() throws {
        var environment = FixedEnvironment(variables: ["v": 7])
        let input: JSONValue = ["a": ["b": [1, 2]]]
        #expect(try PathField.whole.select(from: input, in: &environment) == input)
        #expect(try PathField.discard.select(from: input, in: &environment) == [:])
        #expect(try PathField.path(RootedPath("$.a.b[1]")).select(from: input, in: &environment) == 2)
        #expect(try PathField.path(RootedPath("$$.Execution.Name")).select(from: input, in: &environment) == "run-1")
        #expect(try PathField.path(RootedPath("$v")).select(from: input, in: &environment) == 7)
        #expect(PathField.whole.isWhole)
        #expect(!PathField.discard.isWhole)
    }

    @Test(
        "A path that finds nothing fails with States.Runtime in Jayway's words",
        arguments: [
            ("$.NoSuchInputPath", "Invalid path '$.NoSuchInputPath' : No results for path: $['NoSuchInputPath']"),
            ("$.no.such.result.path", "Invalid path '$.no.such.result.path' : Missing property in path $['no']"),
        ])
    func missing(path: String, cause: String) {
        var environment = FixedEnvironment()
        let error = evaluationError {
            _ = try PathField.path(RootedPath(path)).select(from: ["a": 1], in: &environment)
        }
        #expect(error == EvaluationError(name: "States.Runtime", cause: cause))
    }

    @Test("ResultPath puts the result into the input, drops it, or replaces the input")
    func placing() throws {
        let input: JSONValue = ["a": 1]
        #expect(try ResultPathField.whole.place(2, into: input) == 2)
        #expect(try ResultPathField.discard.place(2, into: input) == input)
        #expect(try ResultPathField.path(ReferencePath("$.b.c")).place(2, into: input) == ["a": 1, "b": ["c": 2]])
        let error = evaluationError { _ = try ResultPathField.path(ReferencePath("$.a.b")).place(2, into: input) }
        #expect(error?.name == "States.ResultPathMatchFailure")
    }

    @Test("Whole numbers come from the definition or from a path, as a number or as its text")
    func wholeNumbers() throws {
        var environment = FixedEnvironment()
        func value(_ field: NumberField, on input: JSONValue = .null) throws -> Int64 {
            try field.wholeNumber(on: EvaluationInput(input), in: &environment)
        }
        let path = NumberField.path(try RootedPath("$.n"), field: "MaxConcurrencyPath")
        #expect(try value(.value(5)) == 5)
        #expect(try value(path, on: ["n": 12]) == 12)
        #expect(try value(path, on: ["n": "12"]) == 12)
        #expect(
            evaluationError { _ = try value(path, on: ["n": "NoNumber"]) }?.cause
                == "The MaxConcurrencyPath field refers to value \"NoNumber\" which is not a valid integer: $.n")
        #expect(
            evaluationError { _ = try value(path, on: ["n": [:]]) }?.cause
                == "The MaxConcurrencyPath field refers to value \"{}\" which is not a valid integer: $.n")
        #expect(
            evaluationError { _ = try value(path, on: ["n": 1.5]) }?.cause
                == "The MaxConcurrencyPath field refers to value \"1.5\" which is not a valid integer: $.n")
        #expect(
            evaluationError { _ = try value(path, on: [:]) }?.cause
                == "Invalid path '$.n' : No results for path: $['n']")
        #expect(throws: EvaluationError.self) { try value(.value(.infinity)) }
    }

    @Test("Numbers with a fraction are read as floats")
    func numbers() throws {
        var environment = FixedEnvironment()
        let path = NumberField.path(try RootedPath("$.n"), field: "ToleratedFailurePercentagePath")
        #expect(try path.number(on: EvaluationInput(["n": 12.5]), in: &environment) == 12.5)
        let error = evaluationError { _ = try path.number(on: EvaluationInput(["n": "nan"]), in: &environment) }
        #expect(
            error?.cause
                == "The ToleratedFailurePercentagePath field refers to value \"nan\" which is not a valid float: $.n")
    }

    @Test("Error and Cause come from the definition, a path or an intrinsic function")
    func texts() throws {
        var environment = FixedEnvironment()
        let input = EvaluationInput(["e": "Broken", "n": 1])
        func text(_ field: TextField) throws -> String { try field.text(on: input, in: &environment) }
        #expect(try text(.value("Fixed")) == "Fixed")
        #expect(try text(.path(RootedPath("$.e"), field: "ErrorPath")) == "Broken")
        #expect(
            try text(.intrinsic(IntrinsicCall(parsing: "States.Format('{}!', $.e)"), field: "CausePath")) == "Broken!")
        #expect(
            evaluationError { _ = try text(.path(RootedPath("$.ErrorX"), field: "ErrorPath")) }?.cause
                == "The JSONPath '$.ErrorX' specified for the field 'ErrorPath' could not be found in the input "
                + #"'{"e":"Broken","n":1}'"#)
        #expect(
            evaluationError { _ = try text(.path(RootedPath("$.n"), field: "ErrorPath")) }?.name == "States.Runtime")
    }
}
