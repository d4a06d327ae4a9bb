/// Writes JSON to bytes: compact, members in their order, numbers with the digits they were read with.
public enum JSONWriter {
    /// Compact JSON text.
    public static func text(_ value: JSONValue) -> String {
        String(decoding: bytes(value), as: UTF8.self)
    }

    /// Compact JSON in UTF-8.
    public static func bytes(_ value: JSONValue) -> [UInt8] {
        var output: [UInt8] = []
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
        switch value {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(true): output.append(contentsOf: "true".utf8)
        case .bool(false): output.append(contentsOf: "false".utf8)
        case .number(let number): write(number, to: &output)
        case .string(let string): write(string, to: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            var isFirst = true
            for element in elements {
                if !isFirst { output.append(UInt8(ascii: ",")) }
                isFirst = false
                write(element, to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let object):
            output.append(UInt8(ascii: "{"))
            var isFirst = true
            for member in object.members {
                if !isFirst { output.append(UInt8(ascii: ",")) }
                isFirst = false
                write(member.key, to: &output)
                output.append(UInt8(ascii: ":"))
                write(member.value, to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    /// Appends the digits of `number`.
    public static func write(_ number: JSONNumber, to output: inout [UInt8]) {
        switch number {
        case .integer(let value): write(value, to: &output)
        case .double, .literal: output.append(contentsOf: number.text.utf8)
        }
    }

    /// Appends the decimal digits of `value`.
    public static func write(_ value: Int64, to output: inout [UInt8]) {
        if value < 0 { output.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let start = output.count
        repeat {
            output.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        output[start...].reverse()
    }

    /// Appends `string` in quotes. Escaped are `"`, `\`, what is below U+0020, and lone surrogates.
    public static func write(_ string: JSONString, to output: inout [UInt8]) {
        switch string.storage {
        case .utf8(let text): write(text, to: &output)
        case .wtf8(let bytes):
            output.append(UInt8(ascii: "\""))
            writeEscaped(bytes.span, to: &output)
            output.append(UInt8(ascii: "\""))
        }
    }

    /// Appends `text` in quotes. Escaped are `"`, `\` and what is below U+0020.
    public static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        writeEscaped(text.utf8Span.span, to: &output)
        output.append(UInt8(ascii: "\""))
    }

    private static func writeEscaped(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            case 0x08: output.append(contentsOf: "\\b".utf8)
            case 0x0C: output.append(contentsOf: "\\f".utf8)
            case 0x0A: output.append(contentsOf: "\\n".utf8)
            case 0x0D: output.append(contentsOf: "\\r".utf8)
            case 0x09: output.append(contentsOf: "\\t".utf8)
            case 0..<0x20: writeUnicodeEscape(UInt16(byte), to: &output)
            case 0xED where index + 2 < bytes.count && bytes[index + 1] >= 0xA0:
                let unit = 0xD000 | UInt16(bytes[index + 1] & 0x3F) << 6 | UInt16(bytes[index + 2] & 0x3F)
                writeUnicodeEscape(unit, to: &output)
                index += 2
            default: output.append(byte)
            }
            index += 1
        }
    }

    private static func writeUnicodeEscape(_ unit: UInt16, to output: inout [UInt8]) {
        output.append(contentsOf: "\\u".utf8)
        for shift in [12, 8, 4, 0] as [UInt16] {
            let digit = UInt8(unit >> shift & 0xF)
            output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

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
