public import JSON
public import StatesLanguage

/// What `steplog validate` prints of a file's diagnostics.
public struct DiagnosticsReport: Sendable {
    private let file: String
    private let diagnostics: [Diagnostic]

    /// - Parameter file: as the user named it.
    public init(file: String, diagnostics: [Diagnostic]) {
        self.file = file
        self.diagnostics = diagnostics
    }

    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// A line a diagnostic: `order.asl.json:12:7: error: … [CODE] at /States/A/Next; did you mean "Pack"?`.
    public var lines: [String] {
        diagnostics.map { diagnostic in
            let position = diagnostic.position ?? SourcePosition(offset: 0, line: 1, column: 1)
            let severity = diagnostic.severity == .error ? "error" : "warning"
            let hint = diagnostic.hint.map { "; \($0)" } ?? ""
            let location = diagnostic.location.flatMap { $0.hasPrefix("/") && $0 != "/" ? " at \($0)" : nil } ?? ""
            return
                "\(file):\(position.line):\(position.column): \(severity): \(diagnostic.message)\(location)\(hint) [\(diagnostic.code.rawValue)]"
        }
    }

    /// `{"file", "result": "OK" | "FAIL", "diagnostics": […]}`: AWS's members of ValidateStateMachineDefinition with line, column and hint.
    public var json: JSONValue {
        let listed = diagnostics.map { diagnostic -> JSONValue in
            var object = JSONObject(minimumCapacity: 7)
            object["severity"] = .string(diagnostic.severity.rawValue)
            object["code"] = .string(diagnostic.code.rawValue)
            object["message"] = .string(diagnostic.message)
            if let location = diagnostic.location { object["location"] = .string(location) }
            if let hint = diagnostic.hint { object["hint"] = .string(hint) }
            if let position = diagnostic.position {
                object["line"] = .integer(position.line)
                object["column"] = .integer(position.column)
            }
            return .object(object)
        }
        return ["file": .string(file), "result": hasErrors ? "FAIL" : "OK", "diagnostics": .array(listed)]
    }
}
