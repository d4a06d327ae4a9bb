/// Why a path gives no value on a document.
///
/// `message` is Jayway's text; Step Functions shows it as `Invalid path '$.x' : <message>`, see `cause(forPath:)`.
public struct JSONPathEvaluationError: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// The document has nothing at the path (Jayway's PathNotFoundException).
        case pathNotFound
        /// The path asks of a value what its type can't give, e.g. an index of an object (InvalidPathException).
        case invalidPath
        /// A filter compares a number with a text that is none, or matches against something that is no pattern.
        case filterFailure
        /// A limit of this implementation was met (`JSONPathLimits`).
        case limitExceeded
    }

    public var kind: Kind
    public var message: String

    public init(kind: Kind, message: String) {
        self.kind = kind
        self.message = message
    }

    /// The text that Step Functions gives as the cause of States.Runtime.
    /// - Parameter path: the path as the definition spells it.
    public func cause(forPath path: String) -> String { "Invalid path '\(path)' : \(message)" }
}

extension JSONPathEvaluationError: CustomStringConvertible {
    public var description: String { message }
}
