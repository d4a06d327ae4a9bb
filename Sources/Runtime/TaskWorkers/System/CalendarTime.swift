/// A moment as the calendar of UTC shows it.
public struct CalendarTime: Equatable {
    var year: Int64
    var month: Int64
    var day: Int64
    /// 0 is Sunday.
    var weekday: Int64
    /// Milliseconds since midnight.
    var millisecondOfDay: Int64

    /// - Parameter epochMilliseconds: since 1970-01-01T00:00:00Z.
    public init(epochMilliseconds: Int64) {
        let dayMilliseconds: Int64 = 86_400_000
        let days =
            (epochMilliseconds - (epochMilliseconds % dayMilliseconds + dayMilliseconds) % dayMilliseconds)
            / dayMilliseconds
        millisecondOfDay = epochMilliseconds - days * dayMilliseconds
        weekday = ((days + 4) % 7 + 7) % 7
        // Days from 0000-03-01, so that the leap day is the last of its year; 146,097 days are 400 years.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// `2026-11-22T14:05:09.123Z`.
    public var iso8601: String {
        "\(Self.padded(year, 4))-\(Self.padded(month))-\(Self.padded(day))T\(clock).\(Self.padded(millisecondOfDay % 1000, 3))Z"
    }

    /// `Sun, 22 Nov 2026 14:05:09 GMT`, as HTTP's Date header has it.
    var httpDate: String {
        let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return
            "\(weekdays[Int(weekday)]), \(Self.padded(day)) \(months[Int(month) - 1]) \(Self.padded(year, 4)) \(clock) GMT"
    }

    private var clock: String {
        let seconds = millisecondOfDay / 1000
        return "\(Self.padded(seconds / 3600)):\(Self.padded(seconds / 60 % 60)):\(Self.padded(seconds % 60))"
    }

    private static func padded(_ value: Int64, _ width: Int = 2) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
