/// The usual enum of JSON values for Foundation's coders: what one writes without a JSON core of one's own.
/// The commonest kinds are tried first, which is to Foundation's good: a failed attempt throws.
enum CodableJSONValue: Codable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([CodableJSONValue])
    case object([String: CodableJSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode([String: CodableJSONValue].self) {
            self = .object(value)
        } else {
            self = .array(try container.decode([CodableJSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}
