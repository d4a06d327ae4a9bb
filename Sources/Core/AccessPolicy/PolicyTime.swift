/// Times of conditions: ISO 8601 (`2026-01-31`, `2026-01-31T10:00:00Z`) or seconds since 1970 (UTC).
public enum PolicyTime {
    /// - Returns: milliseconds since 1970 (UTC); nil for what is no time.
    public static func epochMilliseconds(_ text: String) -> Int64? {
        if let seconds = Int64(text), seconds.magnitude < 1 << 50 { return seconds * 1_000 }
        let bytes = Array(text.utf8)
        guard let year = digits(bytes, 0, 4), at(bytes, 4) == "-", let month = digits(bytes, 5, 2),
            (1...12).contains(month), at(bytes, 7) == "-", let day = digits(bytes, 8, 2), (1...31).contains(day)
        else { return nil }
        let midnight = days(year, month, day) * 86_400_000
        if bytes.count == 10 { return midnight }
        guard at(bytes, 10) == "T" || at(bytes, 10) == " ", let hour = digits(bytes, 11, 2), hour < 24,
            at(bytes, 13) == ":", let minute = digits(bytes, 14, 2), minute < 60
        else { return nil }
        var index = 16
        var milliseconds: Int64 = 0
        if at(bytes, index) == ":" {
            guard let second = digits(bytes, 17, 2), second < 61 else { return nil }
            milliseconds = second * 1_000
            index = 19
            if at(bytes, index) == "." {
                var unit: Int64 = 100
                index += 1
                while index < bytes.count, let digit = digits(bytes, index, 1) {
                    milliseconds += digit * unit
                    unit /= 10
                    index += 1
                }
            }
        }
        guard let offset = offset(Array(bytes[index...])) else { return nil }
        return midnight + (hour * 60 + minute - offset) * 60_000 + milliseconds
    }

    /// Minutes east of UTC.
    private static func offset(_ bytes: [UInt8]) -> Int64? {
        if bytes.isEmpty || bytes == [UInt8(ascii: "Z")] { return 0 }
        guard let sign = at(bytes, 0), sign == "+" || sign == "-", let hours = digits(bytes, 1, 2) else { return nil }
        let colon = at(bytes, 3) == ":" ? 1 : 0
        guard let minutes = digits(bytes, 3 + colon, 2), bytes.count == 5 + colon else { return nil }
        return (hours * 60 + minutes) * (sign == "-" ? -1 : 1)
    }

    private static func at(_ bytes: [UInt8], _ index: Int) -> Unicode.Scalar? {
        index < bytes.count ? Unicode.Scalar(bytes[index]) : nil
    }

    private static func digits(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int64? {
        guard start + count <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[start..<(start + count)] {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - 0x30)
        }
        return value
    }

    /// Days from 1970-01-01 to a date of the Gregorian calendar: years begin in March, so that the leap day is a year's last.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
