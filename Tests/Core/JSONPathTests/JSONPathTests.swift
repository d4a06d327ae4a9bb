import JSON
import JSONPath
import Testing

@Suite("JSONPath, in Jayway 2.0.0's dialect")
struct JSONPathTests {
    static let document = #"""
        {"a":{"b":1,"c":[1,2,3]},"l":[{"x":1,"n":"one"},{"x":2,"n":null},{"y":3},"s"],
         "n":null,"s":"text","dotted.name":7,"":8}
        """#

    private func answer(_ path: String, on text: String = document) throws -> String {
        let document = try JSONParser.parse(text)
        let expression = try JSONPathExpression(path)
        do throws(JSONPathEvaluationError) {
            return JSONWriter.text(try expression.evaluate(on: document))
        } catch {
            return error.message
        }
    }

    @Test(
        "A definite path gives the value",
        arguments: [
            ("$.a.b", "1"), ("$['a']['b']", "1"), ("$.a.['b']", "1"), ("$.a.c[1]", "2"), ("  $.s ", #""text""#),
            ("$.n", "null"),
            ("$['dotted.name']", "7"), ("$['']", "8"), ("$.a.c[(@.length-1)]", "3"), ("$.a['b','z']", #"{"b":1}"#),
            ("$.a['b',9]", "1"),
        ])
    func definite(path: String, expected: String) throws {
        #expect(try answer(path) == expected)
        #expect(try JSONPathExpression(path).isDefinite)
    }

    @Test(
        "An indefinite path gives an array",
        arguments: [
            ("$.a.c[*]", "[1,2,3]"), ("$.a.c[0,2]", "[1,3]"), ("$.a.c[1:]", "[2,3]"), ("$.a.c[:-1]", "[1,2]"),
            ("$.a.c[-2:]", "[2,3]"),
            ("$.a.c[0:9]", "[1,2,3]"), ("$.a.c[0:3:2]", "[1,2,3]"), ("$.a.c[1:-1]", "[]"), ("$.a.*", "[1,[1,2,3]]"),
            ("$.l[*].x", "[1,2]"),
            ("$..x", "[1,2]"), ("$..c[0]", "[1]"), ("$..z", "[]"), ("$.z[*]", "[]"), ("$.z.y[0:1].x", "[]"),
            ("$.s.*", "[]"),
        ])
    func indefinite(path: String, expected: String) throws {
        #expect(try answer(path) == expected)
        #expect(try !JSONPathExpression(path).isDefinite)
    }

    @Test(
        "A filter compares loosely and takes null for nothing",
        arguments: [
            ("$.l[?(@.x)].x", "[1,2]"), ("$.l[?(!@.x)]", #"[{"y":3},"s"]"#), ("$.l[?(@.n)].x", "[1]"),
            ("$.l[?(@.x == 1)].n", #"["one"]"#),
            ("$.l[?(@.x=='1')].n", #"["one"]"#), ("$.l[?(@.x==1.0)].x", "[1]"), ("$.l[?(@.n == one)].x", "[1]"),
            ("$.l[?(@.x != 1)].x", "[2]"),
            ("$.l[?(@.x > 1 || @.y)].x", "not found"), ("$.l[?(@.x > 0 && @.x < 2)].x", "[1]"),
            ("$.l[?(@.n =~ /O.*/i)].x", "[1]"),
            ("$.l[?(@.n =~ /on/)].x", "[]"), ("$.l[?(@.x == $.a.b)].x", "[1]"), ("$.l[?(@.n == null)].x", "[2]"),
            ("$.a[?(@.b)].b", "[1]"),
            ("$.l[?((@.x || @.y) && @.q)].x", "[1,2]"),
        ])
    func filters(path: String, expected: String) throws {
        let found = try answer(path)
        #expect(expected == "not found" ? found == "No results for path: $['l'][2]['x']" : found == expected)
    }

    @Test(
        "A miss has Jayway's message",
        arguments: [
            ("$.no", "No results for path: $['no']"), ("$.no.such", "Missing property in path $['no']"),
            ("$.a.c[3]", "Index out of bounds when evaluating path $['a']['c'][3]"),
            ("$.a.c[-1]", "Index out of bounds when evaluating path $['a']['c'][-1]"),
            ("$.s.x", "Property ['x'] not found in path $['s']"), ("$.n[0]", "The path $['n'] is null"),
            ("$.a.length()", "No results for path: $['a']['length()']"),
            ("$['a','s'].b", "Multi properties can only be used as path leafs: $['a', 's']"),
            ("$.a[0]", "Filter: [0] can only be applied to arrays. Current context is: {b=1, c=[1,2,3]}"),
            ("$.s[?(@.x)]", "Filter: [?] can not be applied to primitives. Current context is: text"),
        ])
    func messages(path: String, expected: String) throws {
        #expect(try answer(path) == expected)
    }

    @Test("The cause names the path as the definition spells it")
    func cause() throws {
        let path = try JSONPathExpression("$.NoSuchInputPath")
        let error = #expect(throws: JSONPathEvaluationError.self) { try path.evaluate(on: [:]) }
        #expect(
            error?.cause(forPath: path.text)
                == "Invalid path '$.NoSuchInputPath' : No results for path: $['NoSuchInputPath']")
    }

    @Test(
        "What is no path is refused, with its place",
        arguments: [
            "", "a", "$a", "$.", "$..", "$.a.", "$.a b", "$['a'", "$[]", "$[a]", "$[\"a\"]", "$[?(@.a]", "$[?@.a]",
            "$[?(@.*)]", "$[99999999999]",
            "$[?(@.a == 1 && )]", "$[?(@.a =~ /(/)]", "$[?(@.a =~ /x**/)]", "$[?(@.a in ['x'])]", "$[(@.first-1)]",
        ])
    func syntaxErrors(path: String) {
        let error = #expect(throws: JSONPathSyntaxError.self) { try JSONPathExpression(path) }
        #expect((0...path.utf8.count).contains(error?.offset ?? -1))
    }

    @Test("Numbers are compared as decimals, whatever their size")
    func bigNumbers() throws {
        #expect(
            try answer("$[?(@ > 9007199254740992)]", on: "[9007199254740993,9007199254740992,1e3]")
                == "[9007199254740993]")
        #expect(try answer("$[?(@ == 1.10e1)]", on: "[11,11.0,1]") == "[11,11.0]")
    }

    @Test("Names are bytes: composed and decomposed letters differ, and a lone surrogate does no harm")
    func names() throws {
        #expect(try answer("$.\u{E9}", on: "{\"e\u{301}\":1,\"\u{E9}\":2}") == "2")
        #expect(try answer("$..*", on: #"{"\ud800":"\udc00"}"#) == #"["\udc00"]"#)
    }

    @Test("A path that would visit without end, or descend too deep, meets a limit")
    func limits() throws {
        var nested: JSONValue = [1, 2]
        for _ in 0..<14 { nested = [nested, nested] }
        let scans = try JSONPathExpression("$" + String(repeating: "..*", count: 6))
        let scanError = #expect(throws: JSONPathEvaluationError.self) { try scans.evaluate(on: nested) }
        #expect(scanError?.kind == .limitExceeded)
        var deep: JSONValue = 1
        for _ in 0..<2_000 { deep = [deep] }
        let depthError = #expect(throws: JSONPathEvaluationError.self) {
            try JSONPathExpression("$..*").evaluate(on: deep)
        }
        #expect(depthError?.kind == .limitExceeded)
        #expect(throws: JSONPathSyntaxError.self) { try JSONPathExpression("$" + String(repeating: ".a", count: 300)) }
        #expect(throws: JSONPathSyntaxError.self) {
            try JSONPathExpression("$." + String(repeating: "a", count: 20_000))
        }
        let pattern = try JSONPathExpression("$[?(@ =~ /(a*)*(a*)*(a*)*b/)]")
        let patternError = #expect(throws: JSONPathEvaluationError.self) {
            try pattern.evaluate(on: [.string(String(repeating: "a", count: 200))])
        }
        #expect(patternError?.kind == .limitExceeded)
    }
}
