import JSON

extension DateTimePicture {
    /// - Parameters:
    ///   - milliseconds: since 1970-01-01T00:00:00Z.
    ///   - offset: the time zone as hours × 100 + minutes, as in `-0500`.
    /// - Throws: D3133, D3134 where a marker asks for what there is not.
    func format(milliseconds: Int, offset: Int) throws(JSONataError) -> String {
        let minutes = offset / 100 * 60 + offset % 100
        let date = CivilDate(milliseconds: milliseconds + minutes * 60_000)
        var result = ""
        for part in parts {
            switch part {
            case .literal(let text): result += text
            case .marker(let marker): result += try Self.text(marker, date, offset: offset)
            }
        }
        return result
    }

    private static func text(_ marker: Marker, _ date: CivilDate, offset: Int) throws(JSONataError) -> String {
        switch marker.component {
        case "Z", "z": return try zone(marker, offset: offset)
        case "P":
            let half = date.hour >= 12 ? "pm" : "am"
            return marker.names == .upper ? half.uppercased() : half
        case "C", "E": return "ISO"
        default: break
        }
        guard var value = value(of: marker.component, in: date) else { return "" }
        if marker.component == "Y", let digits = marker.yearDigits, digits < 10 {
            value %=
                [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000][max(0, digits)]
        }
        if let names = marker.names { return try name(marker, value, names) }
        guard let integer = marker.integer else { return String(value) }
        return try integer.format(Double(value))
    }

    private static func name(
        _ marker: Marker, _ value: Int, _ names: IntegerPicture.Case
    ) throws(JSONataError) -> String {
        var name: String
        switch marker.component {
        case "M", "x": name = months[value - 1]
        case "F": name = weekdays[value - 1]
        default: throw JSONataError("D3133", value: .string(String(marker.component)))
        }
        if names == .upper { name = name.uppercased() }
        if names == .lower { name = name.lowercased() }
        return marker.maximumWidth.map { String(name.prefix(max(0, $0))) } ?? name
    }

    private static func zone(_ marker: Marker, offset: Int) throws(JSONataError) -> String {
        if offset == 0, marker.isTraditional { return "Z" }
        guard let integer = marker.integer else { return "" }
        let (hours, minutes) = (offset / 100, offset % 100)
        var text: String
        if integer.hasRegularSeparators {
            text = try integer.format(Double(offset))
        } else {
            switch integer.mandatoryDigits {
            case 1, 2:
                text = try integer.format(Double(hours))
                if minutes != 0 { text += ":" + (abs(minutes) < 10 ? "0" : "") + String(abs(minutes)) }
            case 3, 4: text = try integer.format(Double(offset))
            default: throw JSONataError("D3134", value: .integer(integer.mandatoryDigits))
            }
        }
        if offset >= 0 { text = "+" + text }
        return marker.component == "z" ? "GMT" + text : text
    }

    /// The number that a component stands for; nil for one that is no number.
    static func value(of component: Character, in date: CivilDate) -> Int? {
        switch component {
        case "Y": date.year
        case "M": date.month
        case "D": date.day
        case "d": date.dayOfYear
        case "F": date.weekday
        case "W": date.weekOfYear
        case "w": date.weekOfMonth
        case "X": date.weekYear
        case "x": date.weekMonth
        case "H": date.hour
        case "h": date.hour % 12 == 0 ? 12 : date.hour % 12
        case "P": date.hour >= 12 ? 1 : 0
        case "m": date.minute
        case "s": date.second
        case "f": date.millisecond
        default: nil
        }
    }
}
