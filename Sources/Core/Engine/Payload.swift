public import JSON
public import StatesLanguage

/// A JSON document on its way through an execution: its text, kept as it was sent until something changes it, and its value.
public struct Payload: Sendable {
    /// JSON text. White space and digits are as sent; what the engine computed is compact.
    public let text: String
    private let parsed: JSONValue?

    /// - Parameter text: one valid JSON value; it was checked where it entered the system.
    public init(text: String) {
        self.text = text
        self.parsed = nil
    }

    public init(text: String, value: JSONValue) {
        self.text = text
        self.parsed = value
    }

    /// A computed value; its text is compact JSON.
    public init(_ value: JSONValue) {
        self.text = JSONWriter.text(value)
        self.parsed = value
    }

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
        left.text.utf8.elementsEqual(right.text.utf8)
    }
}
