import AccessPolicy
import Foundation

/// Times in signatures: `20260131T100000Z`.
enum SignatureTime {
    /// - Returns: milliseconds since 1970 (UTC); nil for another format.
    static func epochMilliseconds(_ text: String) -> Int64? {
        let characters = Array(text.utf8)
        guard characters.count == 16, characters[8] == UInt8(ascii: "T"), characters[15] == UInt8(ascii: "Z") else {
            return nil
        }
        func part(_ range: Range<Int>) -> String { String(decoding: characters[range], as: UTF8.self) }
        return PolicyTime.epochMilliseconds(
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z")
    }

    static func text(_ epochMilliseconds: Int64) -> String {
        iso8601(epochMilliseconds).filter { $0 != "-" && $0 != ":" }
    }

    /// `2026-01-31T10:00:00Z`.
    static func iso8601(_ epochMilliseconds: Int64) -> String {
        let seconds = epochMilliseconds >= 0 ? epochMilliseconds / 1_000 : (epochMilliseconds - 999) / 1_000
        return Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }
}
