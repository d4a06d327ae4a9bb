import JSON

/// Walks a definition once: compiles what can be compiled and collects every problem.
///
/// A method that decodes something returns nil both when it is absent and when it is wrong; what is wrong has been reported.
struct DefinitionDecoder {
    let options: CompileOptions
    /// Indexed by `StateID`; nil for a state that could not be compiled.
    var states: [State?] = []
    /// Where each name stood first; names are unique over the whole machine.
    var pathByStateName: [String: DefinitionPath] = [:]
    var labels: Set<String> = []
    var machineLanguage = QueryLanguage.jsonPath
    /// What the states of each machine lead to; judged when all is decoded.
    var graphs: [TransitionGraph] = []

    private(set) var schemaErrors: [Diagnostic] = []
    private(set) var warnings: [Diagnostic] = []

    init(options: CompileOptions) {
        self.options = options
    }

    static let notAnObject = Diagnostic(
        code: .schema, message: "Definition must be a valid JSON object", location: nil, path: .root)

    /// Puts what was found together, in AWS's order.
    func compilation(of machine: StateMachine?, from definition: JSONValue) -> Compilation {
        var diagnostics = schemaErrors
        for graph in graphs { diagnostics += graph.danglingTransitions() }
        for graph in graphs { diagnostics += graph.missingEnds() }
        for graph in graphs { diagnostics += graph.unreachableStates() }
        let hasErrors = !diagnostics.isEmpty
        if options.includeWarnings {
            if options.allowPlaceholders { diagnostics += PlaceholderCheck.warnings(in: definition) }
            diagnostics += warnings
            for graph in graphs { diagnostics += graph.endlessLoops() }
            if let machine, !hasErrors { diagnostics += StaticPathCheck.warnings(for: machine, graphs: graphs) }
        }
        if diagnostics.count > Definition.diagnosticsMax {
            let left = diagnostics.count - Definition.diagnosticsMax
            diagnostics = Array(diagnostics.prefix(Definition.diagnosticsMax))
            diagnostics.append(
                Diagnostic(
                    severity: hasErrors ? .error : .warning, code: .tooManyProblems,
                    message: "\(left) more problems are not shown", location: nil, path: .root))
        }
        return Compilation(machine: hasErrors ? nil : machine, diagnostics: diagnostics)
    }

    // MARK: - Reporting

    /// - Parameters:
    ///   - path: AWS's location.
    ///   - place: the exact place, where it is another.
    mutating func report(
        _ message: String, at path: DefinitionPath, exactly place: DefinitionPath? = nil, hint: String? = nil
    ) {
        report(.schema, message, at: path, exactly: place, hint: hint)
    }

    mutating func report(
        _ code: DiagnosticCode, _ message: String, at path: DefinitionPath, exactly place: DefinitionPath? = nil,
        hint: String? = nil
    ) {
        schemaErrors.append(
            Diagnostic(code: code, message: message, location: path.text, hint: hint, path: place ?? path))
    }

    mutating func append(_ error: Diagnostic) {
        schemaErrors.append(error)
    }

    mutating func warn(_ code: DiagnosticCode, _ message: String, at path: DefinitionPath, hint: String? = nil) {
        guard options.includeWarnings else { return }
        warnings.append(
            Diagnostic(severity: .warning, code: code, message: message, location: path.text, hint: hint, path: path))
    }

    var errorCount: Int { schemaErrors.count }
}

/// One object of a definition while it is read.
struct Fields {
    let object: JSONObject
    let path: DefinitionPath
    let language: QueryLanguage

    subscript(name: String) -> JSONValue? { object[JSONString(name)] }

    func has(_ name: String) -> Bool { self[name] != nil }

    func path(_ name: String) -> DefinitionPath { path.appending(name) }
}
