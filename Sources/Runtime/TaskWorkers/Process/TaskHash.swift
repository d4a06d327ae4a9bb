/// Identifiers that follow from a task's id, so that they are the same however often it is launched.
struct TaskHash {
    private let high: UInt64
    private let low: UInt64

    /// Two FNV-1a hashes of 64 bits with different starts: not for secrets, only to be unlikely to meet.
    init(_ text: String) {
        var high: UInt64 = 0xcbf2_9ce4_8422_2325
        var low: UInt64 = 0x8422_2325_cbf2_9ce4
        for byte in text.utf8 {
            high = (high ^ UInt64(byte)) &* 0x100_0000_01b3
            low = (low ^ UInt64(byte &+ 0x5b)) &* 0x100_0000_01b3
        }
        // A last mix, so that ids that differ in their last letter differ everywhere.
        self.high = Self.mixed(high)
        self.low = Self.mixed(low ^ high)
    }

    /// 32 hexadecimal digits, like the id in a task's ARN.
    var hexadecimal: String { Self.digits(high) + Self.digits(low) }

    /// 8-4-4-4-12 hexadecimal digits, like a request's id; marked as version 4.
    var uuid: String {
        let digits = Array(hexadecimal.utf8)
        func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        return "\(part(0..<8))-\(part(8..<12))-4\(part(13..<16))-a\(part(17..<20))-\(part(20..<32))"
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 33)) &* 0xff51_afd7_ed55_8ccd
        value = (value ^ (value >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return value ^ (value >> 33)
    }

    private static func digits(_ value: UInt64) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }
}
