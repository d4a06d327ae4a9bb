import Digests
import JSON

/// Scalars as text, for queries, headers, paths and XML; and back.
enum ScalarText {
    /// - Parameter format: `iso8601`, `unixTimestamp` or `rfc822`, for times.
    static func text(_ value: JSONValue, _ shape: Shape, format: String) -> String {
        switch shape.type {
        case "blob": return Base64.encode(bytes(value))
        case "timestamp": return time(value, format: shape.text("timestampFormat") ?? format)
        default: return plain(value)
        }
    }

    static func plain(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text.text
        case .bool(let flag): flag ? "true" : "false"
        case .null: ""
        case .number, .array, .object: JSONWriter.text(value)
        }
    }

    /// The bytes that a blob's value stands for: a text's own, or the JSON of anything else.
    static func bytes(_ value: JSONValue) -> [UInt8] {
        value.string.map { Array($0.utf8) } ?? JSONWriter.bytes(value)
    }

    static func time(_ value: JSONValue, format: String) -> String {
        guard let moment = epochMilliseconds(value) else { return plain(value) }
        switch format {
        case "iso8601": return TimestampText.iso8601(moment)
        case "rfc822": return TimestampText.httpDate(moment)
        default: return JSONWriter.text(seconds(moment))
        }
    }

    /// A time that somebody wrote: text, or seconds since 1970.
    static func epochMilliseconds(_ value: JSONValue) -> Int64? {
        value.number.map { Int64(($0.double * 1000).rounded()) }
            ?? value.string.flatMap(TimestampText.epochMilliseconds)
    }

    /// A moment as seconds, without a fraction where there is none.
    static func seconds(_ epochMilliseconds: Int64) -> JSONValue {
        epochMilliseconds % 1000 == 0
            ? .integer(epochMilliseconds / 1000) : .double(Double(epochMilliseconds) / 1000)
    }

    /// A value that a header or an element holds as text.
    static func value(_ text: String, _ type: String) -> JSONValue {
        switch type {
        case "boolean": .bool(text.lowercased() == "true")
        case "integer", "long", "double", "float", "bigdecimal":
            (try? JSONParser.parse(text)).flatMap { $0.number == nil ? nil : $0 } ?? .string(text)
        case "timestamp": TimestampText.epochMilliseconds(text).map(seconds) ?? .string(text)
        default: .string(text)
        }
    }
}
