import JSON

extension DateTimePicture {
    /// The moment that `text` names, in milliseconds since 1970; nil where it does not fit the picture.
    ///
    /// What the picture lacks on the left (the year, say) is taken from `now`, what it lacks on the right is zero.
    /// - Throws: D3136 where something in between is missing; D3130, D3133 where a marker can't be read.
    func parse(_ text: JSONString, now: Int, steps: inout Int) throws(JSONataError) -> Double? {
        var pattern = "^"
        for part in parts { pattern += "(" + (try Self.pattern(part)) + ")" }
        let regex = try RegularExpression(
            pattern: Array((pattern + "$").utf16), ignoresCase: true, isMultiline: false, position: 0)
        var matcher = RegexMatcher(regex.program, Text.units(text))
        guard try matcher.find(from: 0, steps: &steps) else { return nil }
        var values: [Character: Double] = [:]
        for (index, part) in parts.enumerated() {
            guard case .marker(let marker) = part else { continue }
            let piece = matcher.slice(matcher.slots[2 * index + 2], matcher.slots[2 * index + 3]).text
            if let value = try Self.value(marker, piece) { values[marker.component] = value }
        }
        guard !values.isEmpty else { return nil }
        return try Self.moment(&values, CivilDate(milliseconds: now))
    }

    // MARK: - Reading one marker

    private static func pattern(_ part: Part) throws(JSONataError) -> String {
        switch part {
        case .literal(let text):
            return text.map { ".*+?^${}()|[]\\/".contains($0) ? "\\\($0)" : String($0) }.joined()
        case .marker(let marker):
            switch marker.component {
            case "Z", "z":
                let separator = marker.integer?.regularSeparator.map { "\\\($0)[0-9]+" } ?? ""
                let offset = "[-+][0-9]+" + separator
                return marker.component == "z" ? "GMT" + offset : marker.isTraditional ? "(?:\(offset)|Z)" : offset
            default:
                if let integer = marker.integer { return try integer.pattern() }
                guard "MxFP".contains(marker.component) else {
                    throw JSONataError("D3133", value: .string(String(marker.component)))
                }
                return "[a-zA-Z]+"
            }
        }
    }

    private static func value(_ marker: Marker, _ text: String) throws(JSONataError) -> Double? {
        switch marker.component {
        case "Z", "z": return Double(offsetMinutes(marker, text))
        case "f" where marker.integer?.style == .decimal:
            return (Double("0." + text).map { $0 * 1000 } ?? 0).rounded(.down)
        default: break
        }
        if let integer = marker.integer { return try integer.parse(text) }
        let names: [String]
        switch marker.component {
        case "M", "x": names = months
        case "F": names = weekdays
        default: return text.lowercased() == "pm" ? 1 : text.lowercased() == "am" ? 0 : nil
        }
        for (index, name) in names.enumerated() {
            let short = marker.maximumWidth.map { String(name.prefix($0)) } ?? name
            if short.lowercased() == text.lowercased() { return Double(index + 1) }
        }
        return nil
    }

    private static func offsetMinutes(_ marker: Marker, _ text: String) -> Int {
        let digits = marker.component == "z" ? text.dropFirst(3) : text[...]
        guard let sign = digits.first, sign != "Z", sign != "z" else { return 0 }
        let (hours, minutes): (Int, Int)
        if let separator = marker.integer?.regularSeparator, let place = digits.firstIndex(of: separator) {
            hours = Int(digits[..<place].dropFirst()) ?? 0
            minutes = Int(digits[digits.index(after: place)...]) ?? 0
        } else {
            let plain = digits.dropFirst()
            hours = Int(plain.count <= 2 ? plain : plain.prefix(2)) ?? 0
            minutes = plain.count <= 2 ? 0 : Int(plain.dropFirst(2)) ?? 0
        }
        let total = min(hours, 10_000) * 60 + min(minutes, 10_000)
        return sign == "-" ? -total : total
    }

    // MARK: - Putting the components together

    private static func moment(_ values: inout [Character: Double], _ now: CivilDate) throws(JSONataError) -> Double {
        func has(_ components: String, besides others: String) -> Bool {
            components.contains { values[$0] ?? 0 != 0 } && !others.contains { values[$0] ?? 0 != 0 }
        }
        let isDate = has("YMD", besides: "XxWwd")
        let isDayOfYear = !isDate && has("Yd", besides: "XMxWwD")
        let isWeekOfMonth = has("Xxw", besides: "YMWdD")
        let isWeekOfYear = !isWeekOfMonth && has("XW", besides: "YMxwdD")
        let isHalfDay = !has("Hmsf", besides: "Ph") && has("Phmsf", besides: "H")
        let date = isDayOfYear ? "Yd" : isWeekOfMonth ? "XxwF" : isWeekOfYear ? "XWF" : "YMD"
        var (hasStarted, hasEnded) = (false, false)
        for component in date + (isHalfDay ? "Phmsf" : "Hmsf") {
            if values[component] != nil {
                hasStarted = true
                if hasEnded { throw JSONataError("D3136") }
            } else if hasStarted {
                values[component] = "MDd".contains(component) ? 1 : 0
                hasEnded = true
            } else {
                values[component] = DateTimePicture.value(of: component, in: now).map { Double($0) }
            }
        }
        guard !isWeekOfMonth, !isWeekOfYear else { throw JSONataError("D3136") }
        func whole(_ component: Character, _ standard: Int) -> Int {
            guard let value = values[component], value.isFinite else { return standard }
            return max(-1_000_000, min(1_000_000, value.index))
        }
        let day =
            isDayOfYear
            ? CivilDate.dayNumber(whole("Y", 1970), 1, 1) + whole("d", 1) - 1
            : CivilDate.dayNumber(whole("Y", 1970), max(1, whole("M", 1)), whole("D", 1))
        var hour = whole("H", 0)
        if isHalfDay { hour = (whole("h", 0) == 12 ? 0 : whole("h", 0)) + (whole("P", 0) == 1 ? 12 : 0) }
        let zone = whole("Z", 0) != 0 ? whole("Z", 0) : whole("z", 0)
        let seconds = (hour * 60 + whole("m", 0) - zone) * 60 + whole("s", 0)
        return Double(day * CivilDate.millisecondsPerDay + seconds * 1000 + whole("f", 0))
    }
}
