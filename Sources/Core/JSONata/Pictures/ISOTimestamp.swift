import JSON

/// ISO 8601 as `$toMillis` reads it where no picture is given.
enum ISOTimestamp {
    /// `YYYY[-MM[-DD]][Thh:mm:ss][.fff][Z|±hh:mm]`, without a zone in UTC; nil where the text is none of these.
    static func milliseconds(_ text: JSONString) -> Double? {
        var reader = Reader(bytes: text.bytes)
        guard let year = reader.digits(4) else { return nil }
        var (month, day, hour, minute, second, milliseconds, zone) = (1, 1, 0, 0, 0, 0, 0)
        if reader.eat("-") {
            guard let value = reader.digits(2), (1...12).contains(value) else { return nil }
            month = value
            if reader.eat("-") {
                guard let value = reader.digits(2), (1...31).contains(value) else { return nil }
                day = value
            }
        }
        if reader.eat("T") {
            guard let h = reader.digits(2), reader.eat(":"), let m = reader.digits(2), reader.eat(":"),
                let s = reader.digits(2),
                h <= 24, m < 60, s < 60
            else { return nil }
            (hour, minute, second) = (h, m, s)
        }
        if reader.eat(".") {
            guard let fraction = reader.fraction() else { return nil }
            milliseconds = fraction
        }
        if let sign = reader.sign() {
            guard let hours = reader.digits(2), hours < 30 else { return nil }
            _ = reader.eat(":")
            guard let minutes = reader.digits(2), minutes < 60 else { return nil }
            zone = sign * (hours * 60 + minutes)
        } else {
            _ = reader.eat("Z")
        }
        guard reader.isAtEnd else { return nil }
        let seconds = (hour * 60 + minute - zone) * 60 + second
        return Double(
            CivilDate.dayNumber(year, month, day) * CivilDate.millisecondsPerDay + seconds * 1000 + milliseconds)
    }

    private struct Reader {
        let bytes: [UInt8]
        var index = 0

        var isAtEnd: Bool { index == bytes.count }

        mutating func eat(_ scalar: Unicode.Scalar) -> Bool {
            guard index < bytes.count, bytes[index] == UInt8(ascii: scalar) else { return false }
            index += 1
            return true
        }

        mutating func digits(_ count: Int) -> Int? {
            guard index + count <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[index..<index + count] {
                guard byte >= 0x30, byte <= 0x39 else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            index += count
            return value
        }

        /// The digits behind the point as milliseconds, cut off.
        mutating func fraction() -> Int? {
            let start = index
            var (value, factor) = (0, 100)
            while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
                value += Int(bytes[index] - 0x30) * factor
                factor /= 10
                index += 1
            }
            return index > start ? value : nil
        }

        mutating func sign() -> Int? {
            if eat("+") { return 1 }
            return eat("-") ? -1 : nil
        }
    }
}
