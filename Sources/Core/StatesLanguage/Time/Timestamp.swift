/// A moment as RFC 3339 writes it, to the nanosecond.
public struct Timestamp: Sendable, Hashable {
    /// Since 1970-01-01T00:00:00Z; negative before.
    public var epochSeconds: Int64
    /// From the start of that second, below 1,000,000,000.
    public var nanoseconds: Int64

    public init(epochSeconds: Int64, nanoseconds: Int64 = 0) {
        self.epochSeconds = epochSeconds
        self.nanoseconds = nanoseconds
    }

    public init(epochMilliseconds: Int64) {
        let (seconds, milliseconds) = Self.floorDivision(epochMilliseconds, by: 1000)
        self.init(epochSeconds: seconds, nanoseconds: milliseconds * 1_000_000)
    }

    /// The first whole millisecond that is not before this moment.
    public var epochMilliseconds: Int64 {
        epochSeconds * 1000 + (nanoseconds + 999_999) / 1_000_000
    }

    /// `2023-01-31T07:05:09.120Z`, as the context object shows moments: UTC, always three digits of fraction.
    public var text: String {
        let (days, secondOfDay) = Self.floorDivision(epochSeconds, by: 86_400)
        let date = CivilDate(daysSinceEpoch: days)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        if date.year < 0 { bytes.append(UInt8(ascii: "-")) }
        Self.append(date.year.magnitude, digits: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(date.month.magnitude, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(date.day.magnitude, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        Self.append((secondOfDay / 3600).magnitude, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.append((secondOfDay / 60 % 60).magnitude, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.append((secondOfDay % 60).magnitude, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        Self.append((nanoseconds / 1_000_000).magnitude, digits: 3, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Quotient towards minus infinity, and a remainder that is never negative.
    static func floorDivision(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    /// At least `digits` decimal digits, with zeros in front.
    private static func append(_ number: UInt64, digits: Int, to bytes: inout [UInt8]) {
        var divisor: UInt64 = digits == 2 ? 10 : digits == 3 ? 100 : 1000
        while divisor <= number / 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }
}

extension Timestamp: Comparable {
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.epochSeconds == right.epochSeconds
            ? left.nanoseconds < right.nanoseconds : left.epochSeconds < right.epochSeconds
    }
}
