import JSON

/// How a moment is written: literal text and markers such as `[Y0001]` or `[FNn]`.
///
/// Source: XPath and XQuery Functions and Operators 3.1 § fn:format-dateTime, as far as JSONata has it.
struct DateTimePicture {
    struct Marker {
        /// What is written, one of `YMDdFWwXxHhPmsfZzCE`.
        var component: Character
        var names: IntegerPicture.Case?
        var minimumWidth: Int?
        var maximumWidth: Int?
        var integer: IntegerPicture?
        /// The last digits of the year that are written; nil for all.
        var yearDigits: Int?
        /// `t`: an offset of zero reads `Z`.
        var isTraditional = false
    }

    enum Part {
        case literal(String)
        case marker(Marker)
    }

    private(set) var parts: [Part] = []

    /// What is used where no picture is given.
    static let iso8601 = "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]"

    /// - Throws: D3131, D3132, D3135.
    init(_ picture: String) throws(JSONataError) {
        let characters = Array(picture)
        var literal = ""
        var index = 0
        while index < characters.count {
            let character = characters[index]
            guard character == "[" else {
                // Doubled closing brackets stand for one.
                let isDoubled = character == "]" && index + 1 < characters.count && characters[index + 1] == "]"
                literal.append(character)
                index += isDoubled ? 2 : 1
                continue
            }
            if index + 1 < characters.count, characters[index + 1] == "[" {
                literal.append("[")
                index += 2
                continue
            }
            guard let end = characters[index...].firstIndex(of: "]") else { throw JSONataError("D3135") }
            if !literal.isEmpty { parts.append(.literal(literal)) }
            literal = ""
            try add(characters[(index + 1)..<end].filter { !$0.isWhitespace })
            index = end + 1
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
    }

    private mutating func add(_ characters: [Character]) throws(JSONataError) {
        guard let component = characters.first else { throw JSONataError("D3132", value: .string("")) }
        var marker = Marker(component: component)
        var presentation = characters.dropFirst()
        if let comma = characters.lastIndex(of: ","), comma > 0 {
            let widths = characters[(comma + 1)...].split(
                separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            marker.minimumWidth = widths.first.flatMap { Int(String($0)) }.map { min($0, Self.widthMax) }
            marker.maximumWidth = widths.count > 1 ? Int(String(widths[1])).map { min($0, Self.widthMax) } : nil
            presentation = characters[1..<comma]
        }
        var modifier: Character?
        if presentation.count > 1, let last = presentation.last, "atco".contains(last) {
            modifier = last
            presentation = presentation.dropLast()
        }
        var format = String(presentation)
        if format.isEmpty {
            guard let standard = Self.standardFormat(component) else {
                throw JSONataError("D3132", value: .string(String(component)))
            }
            format = standard
        }
        marker.isTraditional = modifier == "t"
        if format.hasPrefix("n") {
            marker.names = .lower
        } else if format.hasPrefix("N") {
            marker.names = format.dropFirst().first == "n" ? .title : .upper
        } else if "YMDdFWwXxHhmsf".contains(component) {
            try addInteger(&marker, modifier.map { "\(format);\($0)" } ?? format)
        }
        if component == "Z" || component == "z" { marker.integer = try IntegerPicture(format) }
        parts.append(.marker(marker))
    }

    /// So wide is no date: what is wider is written as wide as this.
    private static let widthMax = 1000

    private mutating func addInteger(_ marker: inout Marker, _ format: String) throws(JSONataError) {
        var integer = try IntegerPicture(format)
        if let width = marker.minimumWidth { integer.mandatoryDigits = max(integer.mandatoryDigits, width) }
        if marker.component == "Y" {
            if let width = marker.maximumWidth {
                marker.yearDigits = width
                integer.mandatoryDigits = width
            } else if integer.mandatoryDigits + integer.optionalDigits >= 2 {
                marker.yearDigits = integer.mandatoryDigits + integer.optionalDigits
            }
        }
        marker.integer = integer
        // A number right before this one has to be read by its width.
        if case .marker(var previous)? = parts.last, var before = previous.integer, before.style == .decimal {
            before.parseWidth = before.mandatoryDigits
            previous.integer = before
            parts[parts.count - 1] = .marker(previous)
        }
    }

    private static func standardFormat(_ component: Character) -> String? {
        switch component {
        case "Y", "M", "D", "d", "W", "w", "X", "x", "H", "h", "f": "1"
        case "F", "P", "C", "E": "n"
        case "m", "s": "01"
        case "Z", "z": "01:01"
        default: nil
        }
    }

    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
}
