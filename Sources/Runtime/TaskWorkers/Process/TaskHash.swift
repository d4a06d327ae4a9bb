import Digests

/// Identifiers that follow from a task's id, so that they are the same however often it is launched.
struct TaskHash {
    /// SHA-256 of the text, 64 hexadecimal digits.
    private let digits: String

    init(_ text: String) {
        digits = Digest.hexadecimal(Digest.sha256(Array(text.utf8)))
    }

    /// 32 hexadecimal digits, like the id in a task's ARN.
    var hexadecimal: String { String(digits.prefix(32)) }

    /// 8-4-4-4-12 hexadecimal digits, like a request's id; marked as version 4.
    var uuid: String {
        let digits = Array(digits.utf8)
        func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        return "\(part(0..<8))-\(part(8..<12))-4\(part(13..<16))-a\(part(17..<20))-\(part(20..<32))"
    }
}
