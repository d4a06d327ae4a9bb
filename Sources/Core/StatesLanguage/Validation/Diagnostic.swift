/// One thing to say about a definition.
public struct Diagnostic: Sendable, Equatable {
    public enum Severity: String, Sendable {
        /// The definition cannot be used.
        case error = "ERROR"
        case warning = "WARNING"
    }

    public var severity: Severity
    public var code: DiagnosticCode
    /// AWS's words where they are known.
    public var message: String
    /// As AWS writes it, e.g. `/States/A/Next`; nil where AWS names none.
    public var location: String?
    /// What may have been meant: `did you mean "Pack"?`. Never part of what the API answers.
    public var hint: String?
    /// The exact place, which can be deeper than `location`: AWS locates an unknown field at its state.
    public var path: DefinitionPath
    /// Where `path` is in the text; nil when the definition did not come as JSON text.
    public var position: SourcePosition?

    public init(
        severity: Severity = .error, code: DiagnosticCode, message: String, location: String?, hint: String? = nil,
        path: DefinitionPath, position: SourcePosition? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.location = location
        self.hint = hint
        self.path = path
        self.position = position
    }

    /// As CreateStateMachine's InvalidDefinition lists it: `CODE: message at /location`.
    public var listing: String { "\(code.rawValue): \(message) at \(location ?? "null")" }
}

extension [Diagnostic] {
    /// The message of an InvalidDefinition error that refuses these, warnings left out.
    public var refusal: String {
        let errors = filter { $0.severity == .error }
        return "Invalid State Machine Definition: '\(errors.map(\.listing).joined(separator: ", "))'"
    }
}

/// A place in a text.
public struct SourcePosition: Sendable, Equatable {
    /// In bytes from the start, from 0.
    public var offset: Int
    /// From 1.
    public var line: Int
    /// From 1, in characters (Unicode scalars).
    public var column: Int

    public init(offset: Int, line: Int, column: Int) {
        self.offset = offset
        self.line = line
        self.column = column
    }
}
