import Digests
import JSON

/// Base64 and percent encoding. Texts turn into bytes as UTF-8.
enum EncodingFunctions {
    static let all: [BuiltIn] = [
        BuiltIn("base64encode", "<s-:s>", arity: 1) { arguments, call throws(JSONataError) in
            guard let text = arguments.text(0) else { return .undefined }
            try call.context.charge(text: text.utf8Count * 4 / 3)
            return .text(Base64.encode(text.bytes))
        },
        BuiltIn("base64decode", "<s-:s>", arity: 1) { arguments, call throws(JSONataError) in
            guard let text = arguments.text(0) else { return .undefined }
            try call.context.charge(text: text.utf8Count)
            let bytes = text.bytes.filter { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 }
            guard let decoded = Base64.decode(bytes) else {
                throw JSONataError("D3137", [("message", "Malformed Base64 text")])
            }
            return .string(JSONString(String(decoding: decoded, as: UTF8.self)))
        },
        BuiltIn("encodeUrlComponent", "<s-:s>", arity: 1) { arguments, call throws(JSONataError) in
            try encoded(arguments.text(0), "encodeUrlComponent", keeping: unreserved, call.context)
        },
        BuiltIn("encodeUrl", "<s-:s>", arity: 1) { arguments, call throws(JSONataError) in
            try encoded(arguments.text(0), "encodeUrl", keeping: unreserved + reserved, call.context)
        },
        BuiltIn("decodeUrlComponent", "<s-:s>", arity: 1) { arguments, call throws(JSONataError) in
            try decoded(arguments.text(0), "decodeUrlComponent", keeping: [], call.context)
        },
        BuiltIn("decodeUrl", "<s-:s>", arity: 1) { arguments, call throws(JSONataError) in
            try decoded(arguments.text(0), "decodeUrl", keeping: reserved, call.context)
        },
    ]

    /// Source: ECMA-262 § encodeURIComponent.
    private static let unreserved = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()".utf8)
    /// What `$encodeUrl` leaves alone besides.
    private static let reserved = Array(";/?:@&=+$,#".utf8)

    private static func malformed(_ text: JSONString, _ name: String) -> JSONataError {
        JSONataError("D3140", [("value", .string(text)), ("functionName", .string(name))])
    }

    private static func encoded(
        _ text: JSONString?, _ name: String, keeping kept: [UInt8], _ context: EvaluationContext
    ) throws(JSONataError) -> Value {
        guard let text else { return .undefined }
        guard !text.hasLoneSurrogate else { throw malformed(text, name) }
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.bytes {
            if kept.contains(byte) {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        try context.charge(text: result.count)
        return .string(JSONString(wtf8: result))
    }

    private static func decoded(
        _ text: JSONString?, _ name: String, keeping kept: [UInt8], _ context: EvaluationContext
    ) throws(JSONataError) -> Value {
        guard let text else { return .undefined }
        let bytes = text.bytes
        try context.charge(text: bytes.count)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "%") else {
                result.append(bytes[index])
                index += 1
                continue
            }
            guard index + 2 < bytes.count, let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2]) else {
                throw malformed(text, name)
            }
            let byte = high << 4 | low
            if kept.contains(byte) {
                result.append(contentsOf: bytes[index...index + 2])
            } else {
                result.append(byte)
            }
            index += 3
        }
        guard text.hasLoneSurrogate || String(validating: result, as: UTF8.self) != nil else {
            throw malformed(text, name)
        }
        return .string(JSONString(wtf8: result))
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
