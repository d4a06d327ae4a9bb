import JSON
import Testing

@Suite("Members found where they stand")
struct JSONMemberCursorTests {
    private static let text = #"""
         { "a" : 7, "b": {"c": "x\"\u00e9\ud800", "d": [1, {"a": 2}], "e": {"a": -1.50}} , "n": null, "t": true,
           "big": 12345678901234567890, "é": "ü" }
        """#

    @Test("Members are read in the order in which they are written")
    func inOrder() throws {
        let bytes = Array(Self.text.utf8)
        var cursor = try JSONMemberCursor(bytes.span)
        let a = try cursor.seek("a") ? try cursor.readNumber() : nil
        #expect(a == .integer(7))
        let hasB = try cursor.seek("b")
        let kind = cursor.kind
        #expect(hasB && kind == .object)
        var b = try cursor.object()
        let c = try b.seek("c") ? try b.readString() : nil
        #expect(c == "x\"é\u{FFFD}")
        let hasE = try b.seek("e")
        var e = try b.object()
        let inner = try e.seek("a") ? try e.readNumber().text : nil
        #expect(hasE && inner == "-1.50")
        try b.leave(e)
        try cursor.leave(b)
        let big = try cursor.seek("big") ? try cursor.readNumber().text : nil
        #expect(big == "12345678901234567890")
        let last = try cursor.seek("é") ? try cursor.readString() : nil
        #expect(last == "ü")
        try cursor.finishText()
    }

    @Test("In any other order too, and what is not there is not found")
    func inAnyOrder() throws {
        let bytes = Array(Self.text.utf8)
        var cursor = try JSONMemberCursor(bytes.span)
        let last = try cursor.seek("é") ? try cursor.readString() : nil
        #expect(last == "ü")
        let hasC = try cursor.contains("c")
        #expect(!hasC)
        let a = try cursor.seek("a") ? try cursor.readNumber() : nil
        #expect(a == .integer(7))
        let (hasNull, hasEmpty) = (try cursor.contains("n"), try cursor.contains(""))
        #expect(hasNull && !hasEmpty)
        let big = try cursor.seek("big") ? try cursor.readNumber().text : nil
        #expect(big == "12345678901234567890")
        try cursor.finishText()
    }

    @Test("What ends or escapes a string is seen at each place in a word, and nothing else is")
    func everyPlace() throws {
        let pieces = [
            "", "a", "#", "]", " ", "!", "\"", #"\""#, #"\\"#, #"\n"#, #"\u0041"#, #"\x"#, "é", "\u{1}", "\u{7f}",
        ]
        for before in 0...8 {
            for (first, second) in pieces.flatMap({ first in pieces.map { (first, $0) } }) {
                for after in [0, 1, 7, 8, 9] {
                    let string =
                        String(repeating: "a", count: before) + first + second + String(repeating: "b", count: after)
                    let bytes = Array(#"{"s":"\#(string)","t":1}"#.utf8)
                    let parsed = try? JSONParser.parse(bytes)
                    var cursor = try JSONMemberCursor(bytes.span)
                    let isRead = (try? cursor.finishText()) != nil
                    #expect(isRead == (parsed != nil), "\(string)")
                    guard let text = parsed?["s"]?.string, try Self.skipped(bytes) != text else { continue }
                    Issue.record("\(string) is passed over as another")
                }
            }
        }
    }

    /// The text of the string `s`, which was passed over.
    private static func skipped(_ bytes: [UInt8]) throws -> String? {
        var cursor = try JSONMemberCursor(bytes.span)
        guard try cursor.seek("s") else { return nil }
        return JSONString(quoted: Array(bytes[try cursor.readQuoted()]))?.text
    }

    @Test("Members that are written as expected are passed over, and found when they are asked for")
    func written() throws {
        let bytes = Array(#"{"a":1,"b":{"c":false},"d":2}"#.utf8)
        var cursor = try JSONMemberCursor(bytes.span)
        cursor.skip(written: #","b":{"c":false}"#)
        let a = try cursor.seek("a") ? try cursor.readNumber() : nil
        cursor.skip(written: #","b":{"c":fals"#)
        cursor.skip(written: #","b":{"c":true}"#)
        cursor.skip(written: #","b":{"c":false}"#)
        let d = try cursor.seek("d") ? try cursor.readNumber() : nil
        let e = try cursor.seek("e", .object)
        let b = try cursor.seek("b", .string)
        #expect(a == .integer(1) && d == .integer(2) && e == .missing && b == .mistyped)
    }

    @Test("A string that is written like a known one is passed over")
    func known() throws {
        let bytes = Array(#"{"a":"x\"y","b":"x\"y","c":"x\"yz"}"#.utf8)
        var cursor = try JSONMemberCursor(bytes.span)
        let hasA = try cursor.seek("a")
        let range = try cursor.readQuoted()
        let known = Array(bytes[range])
        #expect(hasA && known == Array(#"x\"y"#.utf8))
        let b = try cursor.seek("b") ? cursor.skip(quoted: known.span) : false
        let c = try cursor.seek("c") ? cursor.skip(quoted: known.span) : true
        #expect(b && !c)
        let rest = try cursor.readString()
        #expect(rest == "x\"yz")
        try cursor.finishText()
    }

    @Test(
        "Seconds are read as the nearest millisecond",
        arguments: [
            ("1700000000.000", 1_700_000_000_000), ("0", 0), ("7", 7_000), ("1.5", 1_500), ("1.0004", 1_000),
            ("1e3", 1_000_000),
            ("-2.25", -2_250), ("12345678901234.567", 12_345_678_901_234_567), ("1e300", nil),
            ("999999999999999999", nil), ("123456789012345.678", 123_456_789_012_345_678),
            ("1234567890123456", 1_234_567_890_123_456_000),
            ("0.5", 500), ("10.25", 10_250),
        ] as [(String, Int64?)])
    func thousandths(text: String, wanted: Int64?) throws {
        let bytes = Array(#"{"a":\#(text)}"#.utf8)
        var cursor = try JSONMemberCursor(bytes.span)
        let found = try cursor.seek("a")
        let value = try cursor.readThousandths()
        #expect(found && value == wanted)
    }

    @Test(
        "What is no JSON object is an error, as it is for the parser",
        arguments: [
            "", "[]", "7", "{", "{}x", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":01}"#, #"{"a":"\x"}"#, #"{"a":nul}"#,
            #"{"a":{"b":[1,}}"#, "{\"a\":\"\n\"}", #"{,"a":1}"#, #"{"a":1 "b":2}"#, #"{"a":"\"#,
        ])
    func malformed(text: String) {
        let bytes = Array(text.utf8)
        #expect(throws: JSONSyntaxError.self) { try Self.readAll(bytes) }
        #expect(throws: JSONSyntaxError.self) { try Self.seek(bytes) }
    }

    private static func readAll(_ bytes: [UInt8]) throws {
        var cursor = try JSONMemberCursor(bytes.span)
        try cursor.finishText()
    }

    private static func seek(_ bytes: [UInt8]) throws {
        var cursor = try JSONMemberCursor(bytes.span)
        _ = try cursor.contains("missing")
        try cursor.finishText()
    }

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
            var cursor = try JSONMemberCursor(bytes.span)
            var found: [(key: String, value: String)] = []
            while let key = try cursor.nextKey() { found.append((key, try cursor.readString())) }
            try cursor.finishText()
            #expect(found.map(\.key) == object.members.map { $0.key.text }, "seed \(seed)")
            #expect(found.map(\.value) == object.members.map { $0.value.string }, "seed \(seed)")
        }
    }

    @Test("A quoted text is the text between the quotes")
    func quoted() {
        #expect(JSONString(quoted: Array(#"{\"a\":1}"#.utf8)) == JSONString(#"{"a":1}"#))
        #expect(JSONString(quoted: Array(#"a"b"#.utf8)) == nil)
        #expect(JSONString(quoted: []) == "")
    }
}
