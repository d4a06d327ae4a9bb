/// A moment in UTC by the proleptic Gregorian calendar.
struct CivilDate {
    var year: Int
    /// 1 to 12.
    var month: Int
    var day: Int
    var hour: Int
    var minute: Int
    var second: Int
    var millisecond: Int
    /// Days since 1970-01-01.
    let dayNumber: Int

    static let millisecondsPerDay = 86_400_000

    init(milliseconds: Int) {
        dayNumber = Self.floorDivide(milliseconds, Self.millisecondsPerDay)
        let rest = milliseconds - dayNumber * Self.millisecondsPerDay
        (hour, minute, second, millisecond) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000)
        (year, month, day) = Self.date(ofDay: dayNumber)
    }

    /// Monday is 1, Sunday 7.
    var weekday: Int { Self.weekday(ofDay: dayNumber) }

    static func weekday(ofDay day: Int) -> Int { floorModulo(day + 3, 7) + 1 }

    /// Days since 1970-01-01. The month may lie outside 1...12, the day outside the month.
    static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = year + floorDivide(month - 1, 12)
        let normalMonth = floorModulo(month - 1, 12) + 1
        // Years begin in March, so that the leap day is the last.
        let marchYear = normalMonth > 2 ? shifted : shifted - 1
        let era = floorDivide(marchYear, 400)
        let yearOfEra = marchYear - era * 400
        let monthFromMarch = (normalMonth + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468 + day - 1
    }

    private static func date(ofDay number: Int) -> (Int, Int, Int) {
        let shifted = number + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func floorDivide(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((-a + b - 1) / b) }
    private static func floorModulo(_ a: Int, _ b: Int) -> Int { a - floorDivide(a, b) * b }

    // MARK: - Weeks (ISO 8601: the first week holds the first Thursday)

    /// The day on which the first week of a month begins.
    private static func firstWeek(_ year: Int, _ month: Int) -> Int {
        let first = dayNumber(year, month, 1)
        let weekday = weekday(ofDay: first)
        return weekday > 4 ? first + 8 - weekday : first - weekday + 1
    }

    var dayOfYear: Int { dayNumber - Self.dayNumber(year, 1, 1) + 1 }

    var weekOfYear: Int {
        if dayNumber >= Self.firstWeek(year + 1, 1) { return 1 }
        let start = Self.firstWeek(year, 1)
        return (dayNumber - (dayNumber < start ? Self.firstWeek(year - 1, 1) : start)) / 7 + 1
    }

    var weekOfMonth: Int {
        if dayNumber >= Self.firstWeek(year, month + 1) { return 1 }
        let start = Self.firstWeek(year, month)
        return (dayNumber - (dayNumber < start ? Self.firstWeek(year, month - 1) : start)) / 7 + 1
    }

    /// The year that `weekOfYear` counts in.
    var weekYear: Int {
        if dayNumber < Self.firstWeek(year, 1) { return year - 1 }
        return dayNumber >= Self.firstWeek(year + 1, 1) ? year + 1 : year
    }

    /// The month that `weekOfMonth` counts in.
    var weekMonth: Int {
        if dayNumber < Self.firstWeek(year, month) { return month == 1 ? 12 : month - 1 }
        return dayNumber >= Self.firstWeek(year, month + 1) ? month % 12 + 1 : month
    }
}
