import JSON
import StatesLanguage
import Testing

@Suite("Payload templates")
struct TemplateTests {
    @Test("Members that end in .$ are evaluated at any depth, and lose the ending")
    func members() throws {
        let template: JSONValue = [
            "a.$": "$.x", "plain": "$.x", "deep": ["list": [["b.$": "States.Format('<{}>', $.x)"], 1]],
            "c.$": "$$.Execution.Name",
            "v.$": "$name.first",
        ]
        let environment = FixedEnvironment(variables: ["name": ["first": "Ada"]])
        #expect(
            try evaluate(template: template, on: ["x": "1"], in: environment)
                == ["a": "1", "plain": "$.x", "deep": ["list": [["b": "<1>"], 1]], "c": "run-1", "v": "Ada"])
    }

    @Test("Members keep their order")
    func order() throws {
        let result = try evaluate(template: ["z": 1, "b.$": "$", "a": 2], on: true)
        #expect(JSONWriter.text(result) == #"{"z":1,"b":true,"a":2}"#)
    }

    @Test("What holds no expression is one literal")
    func literals() throws {
        #expect(try Template.compileJSONPath(["a": ["b": [1, "$.x"]]], field: "Parameters").isLiteral)
        #expect(try Template.compileJSONPath("States.UUID()", field: "Parameters").isLiteral)
        #expect(Template.compileJSONata(["a": "{ % x %}", "b": " {% x %}"], field: "Output").isLiteral)
    }

    @Test(
        "A .$ member that is no path and no intrinsic function is refused by name",
        arguments: ["hello", "", "States.Nope()", "$.[", "$.a b(", "{% $x %}"] as [JSONValue])
    func refused(value: JSONValue) {
        let message = "The value for the field 'parsed.$' must be a valid JSONPath or a valid intrinsic function call"
        #expect(throws: TemplateSyntaxError(message: message, field: "Parameters/in[1]/parsed.$")) {
            try Template.compileJSONPath(["in": [0, ["parsed.$": value]]], field: "Parameters")
        }
    }

    @Test("A .$ member that is no string is refused", arguments: [1, nil, ["$.a"], ["a": "$.a"]] as [JSONValue])
    func refusedTypes(value: JSONValue) {
        #expect(throws: TemplateSyntaxError.self) { try Template.compileJSONPath(["a.$": value], field: "Parameters") }
    }

    @Test("A member given with and without .$ is refused")
    func duplicates() {
        #expect(throws: TemplateSyntaxError.self) {
            try Template.compileJSONPath(["a": 1, "a.$": "$.x"], field: "Parameters")
        }
    }

    @Test("A path that finds nothing fails with States.Runtime, the member and the input")
    func missing() {
        let error = evaluationError { _ = try evaluate(template: ["in": ["value.$": "$.no"]], on: ["a": "é"]) }
        #expect(
            error
                == EvaluationError(
                    name: "States.Runtime",
                    cause:
                        "The JSONPath '$.no' specified for the field 'value.$' could not be found in the input '{\"a\":\"é\"}'"
                ))
    }

    @Test("JSONata strings are named by where they stand")
    func jsonataFields() {
        let template = Template.compileJSONata(["a": ["{% 1 %}", ["b": "{%$x%}"]], "c": "{% %"], field: "Output")
        var fields: [String] = []
        func collect(_ template: Template) {
            switch template {
            case .query(let expression): fields.append("\(expression.field):\(expression.text)")
            case .object(let members): members.forEach { collect($0.value) }
            case .array(let elements): elements.forEach(collect)
            case .literal, .path, .intrinsic: break
            }
        }
        collect(template)
        #expect(fields == ["Output/a[0]: 1 ", "Output/a[1]/b:$x"])
    }
}
