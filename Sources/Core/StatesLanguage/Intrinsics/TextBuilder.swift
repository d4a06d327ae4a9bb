import JSON

/// Puts a text together from pieces; halves of surrogate pairs that meet become one character.
struct TextBuilder {
    private var text = ""
    /// The text in UTF-16 from the first lone surrogate on, which Swift's String can't hold.
    private var units: [UInt16]?

    init() {
        text.reserveCapacity(64)
    }

    var string: JSONString {
        if let units { JSONString(utf16: units) } else { JSONString(text) }
    }

    mutating func append(_ piece: JSONString) {
        guard units == nil, !piece.hasLoneSurrogate else {
            units = (units ?? Array(text.utf16)) + piece.utf16
            return
        }
        text += piece.text
    }

    /// Appends a value as Java's `String.valueOf` shows it: a string bare, an object `{a=1, b=[]}`.
    /// Source: recorded, States.Format of an object.
    mutating func appendJavaText(of value: JSONValue) {
        switch value {
        case .string(let string):
            append(string)
        case .null:
            append(plain: "null")
        case .bool(let bool):
            append(plain: bool ? "true" : "false")
        case .number(let number):
            append(plain: number.text)
        case .array(let elements):
            append(plain: "[")
            for (index, element) in elements.enumerated() {
                if index > 0 { append(plain: ", ") }
                appendJavaText(of: element)
            }
            append(plain: "]")
        case .object(let object):
            append(plain: "{")
            for (index, member) in object.members.enumerated() {
                if index > 0 { append(plain: ", ") }
                append(member.key)
                append(plain: "=")
                appendJavaText(of: member.value)
            }
            append(plain: "}")
        }
    }

    private mutating func append(plain piece: String) {
        if units == nil { text += piece } else { units?.append(contentsOf: piece.utf16) }
    }
}
