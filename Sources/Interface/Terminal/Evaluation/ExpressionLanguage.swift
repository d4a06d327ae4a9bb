public import JSON

/// What an expression of `steplog eval` is written in.
public enum ExpressionLanguage: String, Sendable, CaseIterable {
    /// Bare, or between `{%` and `%}` as a definition has it: then it reads `$states` and no document.
    case jsonata
    case jsonpath
    /// A call of an intrinsic function, e.g. `States.Format('{}', $.a)`.
    case intrinsic
}

/// Why an expression has no value.
public struct ExpressionFailure: Error, Sendable, Equatable {
    public var message: String
    /// A code or error name, where the language gives one.
    public var code: String?
    /// In bytes from the expression's start; nil where the expression is well formed.
    public var offset: Int?

    public init(message: String, code: String? = nil, offset: Int? = nil) {
        self.message = message
        self.code = code
        self.offset = offset
    }

    /// The message, and for a syntax error the expression with a pointer to the place.
    public func lines(of expression: String) -> [String] {
        let text = code.map { "\($0): \(message)" } ?? message
        guard let offset else { return [text] }
        let utf8 = expression.utf8
        let end = utf8.index(utf8.startIndex, offsetBy: max(0, offset), limitedBy: utf8.endIndex) ?? utf8.endIndex
        let before = String(decoding: utf8[..<end], as: UTF8.self)
        let lineStart = before.lastIndex(of: "\n").map { before.index(after: $0) } ?? before.startIndex
        let line = expression.split(separator: "\n", omittingEmptySubsequences: false)[before.count { $0 == "\n" }]
        return [text, "  \(line)", "  " + String(repeating: " ", count: before[lineStart...].count) + "^"]
    }
}

/// What became of an expression.
public enum ExpressionResult: Sendable {
    case value(JSONValue)
    /// The language's word for nothing: no value and no error.
    case undefined
    case failure(ExpressionFailure)
}
