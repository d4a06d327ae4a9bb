public import JSON

extension Timestamp {
    /// Reads `2016-03-14T01:59:00Z`, `2016-03-14T01:59:00.123+01:00`: RFC 3339 with a capital `T` and `Z`.
    ///
    /// Digits of the fraction beyond the ninth are dropped.
    /// - Returns: nil for anything else, a date without offset and a 30 February included.
    /// Source: States Language § Timestamps; recorded: `2023-02-24 12:15:56` is no timestamp, `2016-12-05T21:29:29` neither.
    public init?(rfc3339 text: JSONString) {
        guard let parsed = text.withBytes({ bytes in Self.parse(bytes) }) else { return nil }
        self = parsed
    }

    /// The same for Swift text.
    public init?(rfc3339 text: String) {
        self.init(rfc3339: JSONString(text))
    }

    private static func parse(_ bytes: Span<UInt8>) -> Timestamp? {
        // The shortest form is 2016-03-14T01:59:00Z.
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let year = number(bytes, 0, 4), let month = number(bytes, 5, 2), let day = number(bytes, 8, 2),
            let hour = number(bytes, 11, 2), let minute = number(bytes, 14, 2), let second = number(bytes, 17, 2),
            hour < 24, minute < 60, second < 60,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        var index = 19
        guard let nanoseconds = fraction(bytes, &index), let offsetSeconds = offset(bytes, &index), index == bytes.count
        else { return nil }
        let secondOfDay = hour * 3600 + minute * 60 + second
        return Timestamp(
            epochSeconds: date.daysSinceEpoch * 86_400 + secondOfDay - offsetSeconds, nanoseconds: nanoseconds)
    }

    /// `count` decimal digits at `start`.
    private static func number(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> Int64? {
        var value: Int64 = 0
        for index in start..<start + count {
            guard let digit = digit(bytes[index]) else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    private static func digit(_ byte: UInt8) -> Int64? {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? Int64(byte - UInt8(ascii: "0")) : nil
    }

    /// `.123`, or nothing, as nanoseconds.
    private static func fraction(_ bytes: Span<UInt8>, _ index: inout Int) -> Int64? {
        guard bytes[index] == UInt8(ascii: ".") else { return 0 }
        index += 1
        let start = index
        var nanoseconds: Int64 = 0
        var unit: Int64 = 100_000_000
        while index < bytes.count, let digit = digit(bytes[index]) {
            nanoseconds += digit * unit
            unit /= 10
            index += 1
        }
        return index > start ? nanoseconds : nil
    }

    /// `Z`, `+01:00` or `-08:30`, in seconds east of UTC.
    private static func offset(_ bytes: Span<UInt8>, _ index: inout Int) -> Int64? {
        guard index < bytes.count else { return nil }
        let sign = bytes[index]
        index += 1
        if sign == UInt8(ascii: "Z") { return 0 }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), index + 5 <= bytes.count,
            bytes[index + 2] == UInt8(ascii: ":"),
            let hours = number(bytes, index, 2), let minutes = number(bytes, index + 3, 2), hours <= 18, minutes < 60
        else { return nil }
        index += 5
        let seconds = hours * 3600 + minutes * 60
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }
}
