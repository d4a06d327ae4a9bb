/// Writes JSON to bytes: compact, members in their order, numbers with the digits they were read with.
public enum JSONWriter {
    /// Compact JSON text.
    public static func text(_ value: JSONValue) -> String {
        let bytes = bytes(value)
        // SAFETY: the buffer has room for `bytes.count` bytes, and the closure gives back how many it filled.
        return unsafe String(unsafeUninitializedCapacity: bytes.count) { buffer in
            unsafe buffer.update(fromContentsOf: bytes)
        }
    }

    /// Compact JSON in UTF-8.
    public static func bytes(_ value: JSONValue) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(256)
        write(value, to: &output)
        return output
    }

    /// JSON over several lines, members and elements indented by two spaces, without a final line break.
    public static func prettyText(_ value: JSONValue) -> String {
        var output: [UInt8] = []
        writePretty(value, indent: 0, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends the compact JSON of `value`.
    public static func write(_ value: JSONValue, to output: inout [UInt8]) {
        write(value, after: nil, to: &output)
    }

    /// Appends the digits of `number`.
    public static func write(_ number: JSONNumber, to output: inout [UInt8]) {
        write(number, after: nil, to: &output)
    }

    /// Appends the decimal digits of `value`.
    public static func write(_ value: Int64, to output: inout [UInt8]) {
        write(value, after: nil, to: &output)
    }

    /// Appends `string` in quotes. Escaped are `"`, `\`, what is below U+0020, and lone surrogates.
    public static func write(_ string: JSONString, to output: inout [UInt8]) {
        write(string, after: nil, before: nil, to: &output)
    }

    /// Appends `text` in quotes. Escaped are `"`, `\` and what is below U+0020.
    ///
    /// Also the way to put JSON text into a JSON string, as the inputs and outputs in history events are.
    public static func write(_ text: String, to output: inout [UInt8]) {
        writeString(text.utf8Span.span, after: nil, before: nil, to: &output)
    }

    /// Appends `text` as it is, e.g. JSON that is ready.
    public static func writeRaw(_ text: String, to output: inout [UInt8]) {
        output.append(copying: text.utf8Span.span)
    }
}

// MARK: - Values

extension JSONWriter {
    /// - Parameter lead: a byte to append first: the comma or bracket before the value.
    private static func write(_ value: JSONValue, after lead: UInt8?, to output: inout [UInt8]) {
        switch value {
        case .string(let string): write(string, after: lead, before: nil, to: &output)
        case .number(let number): write(number, after: lead, to: &output)
        case .object(let object):
            if let lead { output.append(lead) }
            write(object, to: &output)
        case .array(let elements):
            if let lead { output.append(lead) }
            write(elements, to: &output)
        case .null: write("null", after: lead, to: &output)
        case .bool(true): write("true", after: lead, to: &output)
        case .bool(false): write("false", after: lead, to: &output)
        }
    }

    private static func write(_ elements: [JSONValue], to output: inout [UInt8]) {
        var lead = UInt8(ascii: "[")
        for element in elements {
            write(element, after: lead, to: &output)
            lead = UInt8(ascii: ",")
        }
        if elements.isEmpty { output.append(lead) }
        output.append(UInt8(ascii: "]"))
    }

    private static func write(_ object: JSONObject, to output: inout [UInt8]) {
        var lead = UInt8(ascii: "{")
        for member in object.members {
            write(member.key, after: lead, before: UInt8(ascii: ":"), to: &output)
            write(member.value, after: nil, to: &output)
            lead = UInt8(ascii: ",")
        }
        if object.isEmpty { output.append(lead) }
        output.append(UInt8(ascii: "}"))
    }

    private static func write(_ number: JSONNumber, after lead: UInt8?, to output: inout [UInt8]) {
        switch number {
        case .integer(let value): write(value, after: lead, to: &output)
        case .double(let value): write(JSONNumber.ecmaScriptText(value), after: lead, to: &output)
        case .literal(let text): write(text, after: lead, to: &output)
        }
    }

    private static func write(_ text: String, after lead: UInt8?, to output: inout [UInt8]) {
        let bytes = text.utf8Span.span
        output.append(addingCapacity: bytes.count + 1) { span in
            if let lead { span.append(lead) }
            span.append(copying: bytes)
        }
    }

    private static func write(_ value: Int64, after lead: UInt8?, to output: inout [UInt8]) {
        output.append(addingCapacity: 32) { span in
            if let lead { span.append(lead) }
            if value < 0 { span.append(UInt8(ascii: "-")) }
            span.append(decimal: value.magnitude)
        }
    }
}

// MARK: - Over several lines

extension JSONWriter {
    private static func writePretty(_ value: JSONValue, indent: Int, to output: inout [UInt8]) {
        func newLine(_ indent: Int) {
            output.append(0x0A)
            output.append(contentsOf: repeatElement(0x20, count: indent * 2))
        }
        switch value {
        case .array(let elements) where !elements.isEmpty:
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                newLine(indent + 1)
                writePretty(element, indent: indent + 1, to: &output)
            }
            newLine(indent)
            output.append(UInt8(ascii: "]"))
        case .object(let object) where !object.isEmpty:
            output.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                newLine(indent + 1)
                write(member.key, to: &output)
                output.append(contentsOf: ": ".utf8)
                writePretty(member.value, indent: indent + 1, to: &output)
            }
            newLine(indent)
            output.append(UInt8(ascii: "}"))
        case .null, .bool, .number, .string, .array, .object:
            write(value, to: &output)
        }
    }
}
