public import JSON
public import StatesLanguage

/// A JSON document on its way through an execution: its text, kept as it was sent until something changes it, and its value.
///
/// One reference wide: payloads stand in events, frames and steps, all of which are copied often.
public struct Payload: Sendable {
    private let storage: Storage

    private final class Storage: Sendable {
        /// nil where `quoted` holds it.
        let text: String?
        /// The text as a JSON string, without the quotes.
        let quoted: [UInt8]
        let parsed: JSONValue?

        init(text: String?, quoted: [UInt8] = [], parsed: JSONValue?) {
            self.text = text
            self.quoted = quoted
            self.parsed = parsed
        }
    }

    /// JSON text. White space and digits are as sent; what the engine computed is compact.
    public var text: String { storage.text ?? JSONString(quoted: storage.quoted)?.text ?? "" }
    private var parsed: JSONValue? { storage.parsed }
    /// The text as a JSON string, without the quotes; empty unless it was read so.
    var quoted: [UInt8] { storage.quoted }
    /// True when its value is not at hand.
    var isUnparsed: Bool { storage.parsed == nil }

    /// - Parameter text: one valid JSON value; it was checked where it entered the system.
    public init(text: String) { storage = Storage(text: text, parsed: nil) }

    /// A payload that was read from the log and is mostly put aside for a later one: its text is made when it is asked for.
    /// - Parameter quoted: the text as it stands in a JSON string, without the quotes; it was checked.
    init(quoted: [UInt8]) { storage = Storage(text: nil, quoted: quoted, parsed: nil) }

    public init(text: String, value: JSONValue) { storage = Storage(text: text, parsed: value) }

    /// A computed value; its text is compact JSON.
    public init(_ value: JSONValue) { storage = Storage(text: JSONWriter.text(value), parsed: value) }

    /// True for copies of one payload; false says nothing.
    func isCopy(of other: Payload) -> Bool { storage === other.storage }

    /// - Throws: `EvaluationError` when the text is no JSON, which only a damaged log can bring about.
    public func value() throws(EvaluationError) -> JSONValue {
        if let parsed { return parsed }
        do {
            return try JSONParser.parse(text)
        } catch {
            throw EvaluationError(cause: "The recorded payload is not valid JSON: \(error)")
        }
    }

    /// The same payload with its value at hand.
    func resolved() throws(EvaluationError) -> Payload {
        parsed == nil ? Payload(text: text, value: try value()) : self
    }

    /// UTF-8 bytes of the text.
    public var byteCount: Int { text.utf8.count }
}

extension Payload: Equatable {
    /// Equality of texts, byte by byte.
    public static func == (left: Payload, right: Payload) -> Bool {
        left.isCopy(of: right) || left.text.utf8.elementsEqual(right.text.utf8)
    }
}
