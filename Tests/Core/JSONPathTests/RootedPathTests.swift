import JSON
import JSONPath
import Testing

@Suite("Rooted paths")
struct RootedPathTests {
    @Test(
        "A path starts from the input, the context or a variable",
        arguments: [
            ("$", PathRoot.input, "{\"a\":1}"), ("$.a", .input, "1"),
            ("$$", .context, "{\"Execution\":{\"Id\":\"arn\"}}"),
            ("$$.Execution.Id", .context, "\"arn\""), ("$$['Execution']", .context, "{\"Id\":\"arn\"}"),
            ("$list[1]", .variable("list"), "6"),
            ("$list", .variable("list"), "[5,6]"), ("$größe.x", .variable("größe"), "7"),
            ("$list[*]", .variable("list"), "[5,6]"),
        ])
    func roots(text: String, root: PathRoot, expected: String) throws {
        let path = try RootedPath(text)
        #expect(path.root == root)
        let variables: [String: JSONValue] = ["list": [5, 6], "größe": ["x": 7]]
        let value = try path.evaluate(
            input: ["a": 1], context: { ["Execution": ["Id": "arn"]] }, variable: { variables[$0] })
        #expect(JSONWriter.text(value) == expected)
    }

    @Test("A variable without a value is not found")
    func unknownVariable() throws {
        let path = try RootedPath("$missing.x")
        let error = #expect(throws: JSONPathEvaluationError.self) {
            try path.evaluate(input: [:], context: { [:] }, variable: { _ in nil })
        }
        #expect(error?.kind == .pathNotFound)
    }

    @Test(
        "What starts with no root is refused",
        arguments: ["", "a.b", "$1x", "$a-b", "$_.x y", "$$$", "$$a", "$" + String(repeating: "v", count: 81)])
    func refusals(text: String) {
        #expect(throws: JSONPathSyntaxError.self) { try RootedPath(text) }
    }
}
