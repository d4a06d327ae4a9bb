/// Moments as events write them.
enum ScriptTime {
    /// `2026-11-22T14:05:09.123Z`.
    static func iso8601(_ epochMilliseconds: Int64) -> String {
        let days = epochMilliseconds / 86_400_000
        let rest = epochMilliseconds - days * 86_400_000
        // Civil date from a count of days; years begin in March, so that the leap day comes last.
        let shifted = days + 719_468
        let era = shifted / 146_097
        let ofEra = shifted % 146_097
        let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let march = (5 * ofYear + 2) / 153
        let day = ofYear - (153 * march + 2) / 5 + 1
        let month = march < 10 ? march + 3 : march - 9
        let civil = year + era * 400 + (month <= 2 ? 1 : 0)
        let time =
            "\(pad(rest / 3_600_000)):\(pad(rest / 60_000 % 60)):\(pad(rest / 1000 % 60)).\(pad(rest % 1000, 3))"
        return "\(pad(civil, 4))-\(pad(month))-\(pad(day))T\(time)Z"
    }

    private static func pad(_ value: Int64, _ width: Int = 2) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
