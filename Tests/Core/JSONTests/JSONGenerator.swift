/// Texts for fuzzing, from a seed: the same seed gives the same texts on every machine.
struct JSONGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    private mutating func below(_ end: Int) -> Int { Int.random(in: 0..<end, using: &self) }

    private mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }

    /// A valid text, mostly small.
    mutating func value(depth: Int = 0) -> String {
        switch below(depth > 4 ? 5 : 8) {
        case 0: return pick(["null", "true", "false"])
        case 1:
            return pick([
                "0", "-0", "1", "-1.5", "1e5", "2E-7", "0.1e+3", "12345678901234567890", "999999999999999999", "-7",
            ])
        case 2: return number()
        case 3, 4: return string()
        case 5: return "[]"
        case 6:
            return "["
                + (0..<below(5)).map { _ in value(depth: depth + 1) }.joined(separator: pick([",", " , ", "\n,"])) + "]"
        default:
            let members = (0..<below(6)).map { _ in string() + pick([":", " : "]) + value(depth: depth + 1) }
            return "{" + members.joined(separator: pick([",", ",\r\n\t"])) + "}"
        }
    }

    private mutating func number() -> String {
        var text = pick(["", "-"]) + String(Int.random(in: 0...(1 << below(62)), using: &self))
        if below(2) == 0 { text += "." + String(below(100_000)) }
        if below(4) == 0 { text += pick(["e", "E"]) + pick(["", "+", "-"]) + String(below(40)) }
        return text
    }

    private mutating func string() -> String {
        let pieces = [
            "a", "key", "x", "1", " ", "/", "é", "€", "😀", "\u{7f}", "\\n", "\\\"", "\\\\", "\\/", "\\b", "\\t",
            "\\u0041", "\\u0000",
            "\\ud83d\\ude00", "\\ud800", "\\udfff", "twelve bytes", "e\u{301}",
        ]
        return "\"" + (0..<below(7)).map { _ in pick(pieces) }.joined() + "\""
    }

    /// A valid text with a few bytes changed, so that mostly it is none any more.
    mutating func mutation() -> [UInt8] {
        var bytes = Array(value().utf8)
        let marks =
            Array("{}[]\",:\\ \n-+.eEu0129tfnax/'\u{1}\u{7f}".utf8) + [0xC3, 0xA9, 0xED, 0xA0, 0xF0, 0x9F, 0xFF, 0x80]
        for _ in 0...below(3) {
            let place = below(bytes.count + 1)
            let mark = marks[below(marks.count)]
            switch below(5) {
            case 0: bytes.insert(mark, at: place)
            case 1: bytes.removeSubrange(place...)
            case 2 where place < bytes.count: bytes.remove(at: place)
            case 3 where place < bytes.count: bytes.insert(contentsOf: bytes[place...].prefix(below(12)), at: place)
            default: if place < bytes.count { bytes[place] = mark }
            }
        }
        return bytes
    }

    /// Bytes of any kind, or of those kinds that JSON is made of.
    mutating func noise() -> [UInt8] {
        if below(2) == 0 { return (0..<below(24)).map { _ in UInt8(truncatingIfNeeded: next()) } }
        return Array(
            (0..<below(16)).map { _ in
                pick(["{", "}", "[", "]", "\"", ":", ",", "1", "-", "e", ".", "null", "tru", " ", "\\", "\\u", "\"a\""])
            }.joined().utf8)
    }
}
