import JSON
import JSONPath
import Testing

@Suite("Reference paths")
struct ReferencePathTests {
    @Test(
        "A value is put at the path, and what is missing on the way is made",
        arguments: [
            ("$", #"{"a":1}"#, "9"), ("$.b", #"{"a":1}"#, #"{"a":1,"b":9}"#),
            ("$.a", #"{"a":1,"b":2}"#, #"{"a":9,"b":2}"#),
            ("$.x.y.z", "{}", #"{"x":{"y":{"z":9}}}"#), ("$['x y'].z", "{}", #"{"x y":{"z":9}}"#),
            ("$.l[1]", #"{"l":[1,2]}"#, #"{"l":[1,9]}"#),
            ("$[0].a", #"[{"b":1}]"#, #"[{"b":1,"a":9}]"#), ("$", "null", "9"),
        ])
    func setting(path: String, root: String, expected: String) throws {
        let result = try ReferencePath(path).setting(9, in: JSONParser.parse(root))
        #expect(JSONWriter.text(result) == expected)
    }

    @Test(
        "A scalar, null or a short array in the way is an error",
        arguments: [
            ("$.a.b", #"{"a":1}"#), ("$.a", "[1]"), ("$.a", #""text""#), ("$.a.b", #"{"a":null}"#),
            ("$.l[2]", #"{"l":[1,2]}"#), ("$.a[0]", "{}"),
        ])
    func mismatch(path: String, root: String) throws {
        let document = try JSONParser.parse(root)
        #expect(throws: ResultPathError.self) { try ReferencePath(path).setting(9, in: document) }
    }

    @Test(
        "A path that can name several places is no Reference Path",
        arguments: [
            "$.*", "$..a", "$[*]", "$.l[0:1]", "$.l[0,1]", "$.l[?(@.a)]", "$['a','b']", "$.l[-1]", "$.l.length()",
            "$.l[(@.length-1)]", "$.a:b",
        ])
    func refusals(path: String) {
        #expect(throws: JSONPathSyntaxError.self) { try ReferencePath(path) }
    }
}
