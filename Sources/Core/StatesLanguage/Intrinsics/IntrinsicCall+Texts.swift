import Digests
import JSON

/// The functions on strings.
extension IntrinsicCall {
    /// The longest text that hashing and Base64 take, in UTF-16 units. Source: Step Functions Developer Guide § Intrinsic functions.
    static let encodedTextMax = 10_000

    /// The template with each `{}` replaced by the argument in its place.
    func format<E: EvaluationEnvironment>(
        on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> JSONValue {
        let pieces: [JSONString]
        if let formatPieces {
            pieces = formatPieces
        } else {
            pieces = Self.pieces(of: try string(try argument(0, on: input, in: &environment)))
        }
        guard pieces.count == arguments.count else {
            throw failure(
                "The template has \(pieces.count - 1) {}, but \(arguments.count - 1) arguments are given for them")
        }
        var text = TextBuilder()
        text.append(pieces[0])
        for index in 1..<pieces.count {
            text.appendJavaText(of: try argument(index, on: input, in: &environment))
            text.append(pieces[index])
        }
        return .string(text.string)
    }

    /// What the placeholders `{}` of a template that comes from data part.
    static func pieces(of template: JSONString) -> [JSONString] {
        let bytes = template.bytes
        var pieces: [JSONString] = []
        var start = 0
        var index = 0
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: "{"), bytes[index + 1] == UInt8(ascii: "}") {
                pieces.append(JSONString(wtf8: Array(bytes[start..<index])))
                index += 2
                start = index
            } else {
                index += 1
            }
        }
        pieces.append(JSONString(wtf8: Array(bytes[start...])))
        return pieces
    }

    /// Blank text gives null. Source: recorded, `""` and `" "` give null, `"-0"` gives 0.
    func stringToJson(_ value: JSONValue) throws(EvaluationError) -> JSONValue {
        let bytes = try string(value).bytes
        guard bytes.contains(where: { $0 != 0x20 && !(0x09...0x0D).contains($0) }) else { return .null }
        do throws(JSONSyntaxError) {
            let parsed = try JSONParser.parse(bytes)
            if case .number(.literal("-0")) = parsed { return 0 }
            return parsed
        } catch {
            throw failure("The text is not JSON: \(error)")
        }
    }

    /// Any character of the second text separates; empty pieces are dropped. Source: recorded, `", , ,"` by `","` gives `[" "," "]`.
    func stringSplit(_ value: JSONValue, _ separators: JSONValue) throws(EvaluationError) -> JSONValue {
        let (text, separators) = (try string(value), try string(separators))
        let separatorBytes = separators.bytes
        guard separatorBytes.allSatisfy({ $0 < 0x80 }) else {
            let scalars = Set(separators.text.unicodeScalars)
            let pieces = text.text.unicodeScalars.split { scalars.contains($0) }
            return .array(pieces.map { .string(String(String.UnicodeScalarView($0))) })
        }
        let pieces = text.bytes.split { separatorBytes.contains($0) }
        return .array(pieces.map { .string(JSONString(wtf8: Array($0))) })
    }

    func base64Encode(_ value: JSONValue) throws(EvaluationError) -> JSONValue {
        .string(Base64.encode(try encodable(value)))
    }

    func base64Decode(_ value: JSONValue) throws(EvaluationError) -> JSONValue {
        guard let bytes = Base64.decode(try encodable(value)) else { throw failure("The text is not Base64") }
        return .string(String(decoding: bytes, as: UTF8.self))
    }

    func hash(_ value: JSONValue, _ algorithm: JSONValue) throws(EvaluationError) -> JSONValue {
        let name = try string(algorithm).text
        guard let algorithm = Digest.Algorithm(rawValue: name) else {
            throw failure("The algorithm '\(name)' must be one of MD5, SHA-1, SHA-256, SHA-384, SHA-512")
        }
        return .string(Digest.hexadecimal(Digest.digest(try encodable(value), algorithm)))
    }

    /// The bytes of a text; of any other value those of its JSON.
    private func encodable(_ value: JSONValue) throws(EvaluationError) -> [UInt8] {
        let text: JSONString
        if case .string(let string) = value { text = string } else { text = JSONString(wtf8: JSONWriter.bytes(value)) }
        // No text has more UTF-16 units than bytes.
        guard text.utf8Count <= Self.encodedTextMax || text.utf16.count <= Self.encodedTextMax else {
            throw failure("The text is longer than \(Self.encodedTextMax) characters")
        }
        return text.bytes
    }
}
