import JSON

/// One word of an expression's text.
struct Token {
    enum Kind {
        case name
        case variable
        case string
        case number
        /// `true`, `false` or `null`.
        case value
        case operation
        case regex
        case end
    }

    var kind: Kind
    /// The characters: a name without its backquotes, a variable without `$`, a string's content, an operator.
    var text: JSONString
    var number: Double = 0
    var regex: RegularExpression?
    /// Offset just behind the token, in UTF-16 code units.
    var position: Int

    /// What an operator is looked up by; nil for what is none.
    var symbol: String? {
        switch kind {
        case .operation: text.text
        case .end: "(end)"
        case .name, .variable, .string, .number, .value, .regex: nil
        }
    }

    /// The token as error messages quote it.
    var quoted: JSONValue? {
        switch kind {
        case .number: .number(.double(number))
        case .value: text == "true" ? true : text == "false" ? false : .null
        case .name, .variable, .string, .operation: .string(text)
        case .regex: .object([:])
        case .end: .string("(end)")
        }
    }
}
