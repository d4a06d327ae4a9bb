import JSON
import Testing

@Suite("Members found in one pass")
struct JSONMemberIndexTests {
    private static let text = #"""
         { "a" : 7, "b": {"c": "x\"\u00e9\ud800", "d": [1, {"a": 2}], "e": {"a": -1.50}} , "n": null, "t": true,
           "big": 12345678901234567890, "a": 8, "é": "ü" }
        """#

    @Test("Values are read at their place, of members with one key the last")
    func values() throws {
        let bytes = Array(Self.text.utf8)
        let index = try JSONMemberIndex(bytes.span)
        let root = JSONMemberIndex.root
        let integer = index.member("a", of: root).flatMap { index.integer(at: $0) }
        #expect(integer == 8)
        let b = index.member("b", of: root) ?? -1
        let c = index.member("c", of: b) ?? -1
        let d = index.member("d", of: b) ?? -1
        let e = index.member("e", of: b) ?? -1
        let kinds = [index.kind(at: b), index.kind(at: c), index.kind(at: d), index.kind(at: e)]
        #expect(kinds == [.object, .string, .array, .object])
        let texts = [index.string(at: c), index.string(at: d)]
        #expect(texts == ["x\"é\u{FFFD}", nil])
        let quoted = Array(copying: index.quoted(at: c))
        #expect(quoted == Array(#"x\"\u00e9\ud800"#.utf8))
        let inner = index.member("a", of: e) ?? -1
        let (innerText, innerInteger) = (index.number(at: inner)?.text, index.integer(at: inner))
        #expect(innerText == "-1.50")
        #expect(innerInteger == nil)
        let isInArray = index.member("a", of: b) != nil
        #expect(!isInArray)
        let big = index.member("big", of: root) ?? -1
        let (bigText, bigInteger) = (index.number(at: big)?.text, index.integer(at: big))
        #expect(bigText == "12345678901234567890")
        #expect(bigInteger == nil)
        let keys = index.members(of: b).map { index.key(at: $0) }
        #expect(keys == ["c", "d", "e"])
        let last = index.member("é", of: root).flatMap { index.string(at: $0) }
        #expect(last == "ü")
    }

    @Test(
        "What is no JSON object is an error, as it is for the parser",
        arguments: [
            "", "[]", "7", "{", "{}x", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":01}"#, #"{"a":"\x"}"#, #"{"a":nul}"#,
            #"{"a":{"b":[1,}}"#, "{\"a\":\"\n\"}",
        ])
    func malformed(text: String) {
        let bytes = Array(text.utf8)
        #expect(throws: JSONSyntaxError.self) { try Self.index(bytes) }
    }

    private static func index(_ bytes: [UInt8]) throws { _ = try JSONMemberIndex(bytes.span) }

    @Test("Members that the parser finds are found, whatever the document")
    func sameAsParser() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let seed = random.next()
            var object = JSONObject()
            for number in 0..<Int(seed % 9) {
                object[JSONString("k\(number)")] = .string(JSONString("v\(seed &+ UInt64(number))\"\\\n"))
            }
            let bytes = JSONWriter.bytes(JSONValue.object(object))
            let index = try JSONMemberIndex(bytes.span)
            let found = index.members(of: JSONMemberIndex.root).map { (index.key(at: $0), index.string(at: $0)) }
            #expect(found.map(\.0) == object.members.map { $0.key.text }, "seed \(seed)")
            #expect(found.map(\.1) == object.members.map { $0.value.string }, "seed \(seed)")
        }
    }

    @Test("A quoted text is the text between the quotes")
    func quoted() {
        #expect(JSONString(quoted: Array(#"{\"a\":1}"#.utf8)) == JSONString(#"{"a":1}"#))
        #expect(JSONString(quoted: Array(#"a"b"#.utf8)) == nil)
        #expect(JSONString(quoted: []) == "")
    }
}

extension [UInt8] {
    fileprivate init(copying span: Span<UInt8>) {
        self = span.indices.map { span[$0] }
    }
}
