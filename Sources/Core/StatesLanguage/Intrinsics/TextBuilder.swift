import JSON

/// Puts a text together from pieces; halves of surrogate pairs that meet become one character.
struct TextBuilder {
    private var bytes: [UInt8] = []
    private var hasLoneSurrogate = false

    var string: JSONString {
        let joined = JSONString(wtf8: bytes)
        return hasLoneSurrogate ? JSONString(utf16: joined.utf16) : joined
    }

    mutating func append(_ text: JSONString) {
        if text.hasLoneSurrogate { hasLoneSurrogate = true }
        text.withBytes { span in
            for index in span.indices { bytes.append(span[index]) }
        }
    }

    /// Appends a value as Java's `String.valueOf` shows it: a string bare, an object `{a=1, b=[]}`.
    /// Source: recorded, States.Format of an object.
    mutating func appendJavaText(of value: JSONValue) {
        switch value {
        case .string(let text):
            append(text)
        case .null, .bool, .number:
            JSONWriter.write(value, to: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { appendSeparator() }
                appendJavaText(of: element)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { appendSeparator() }
                append(member.key)
                bytes.append(UInt8(ascii: "="))
                appendJavaText(of: member.value)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private mutating func appendSeparator() {
        bytes.append(UInt8(ascii: ","))
        bytes.append(UInt8(ascii: " "))
    }
}
