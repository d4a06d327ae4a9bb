import JSON

/// Walks a definition once: compiles what can be compiled and collects every problem.
///
/// A method that decodes something returns nil both when it is absent and when it is wrong; what is wrong has been
/// reported.
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
            if let machine, !hasErrors, options.judgesPractice {
                diagnostics += PracticeCheck.warnings(for: machine, graphs: graphs)
            }
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
        _ message: String, at path: DefinitionPath, exactly place: DefinitionPath? = nil,
        hint: @autoclosure () -> String? = nil
    ) {
        report(.schema, message, at: path, exactly: place, hint: hint())
    }

    mutating func report(
        _ code: DiagnosticCode, _ message: String, at path: DefinitionPath, exactly place: DefinitionPath? = nil,
        hint: @autoclosure () -> String? = nil
    ) {
        let hint = schemaErrors.count < SpellingSuggestion.hintsMax ? hint() : nil
        schemaErrors.append(
            Diagnostic(code: code, message: message, location: path.text, hint: hint, path: place ?? path))
    }

    /// Of two states of one name only the last is left, so that is an error; other fields that stand twice are warned
    /// of.
    mutating func report(duplicates: [DefinitionPath]) {
        for path in duplicates {
            guard case .key(let name)? = path.steps.last else { continue }
            if path.steps.count > 1, path.steps[path.steps.count - 2] == .key("States"), isMachine(path) {
                report(.duplicateStateName, "Duplicate State name: \(name)", at: path)
            } else {
                warn(.duplicateField, "The field '\(name)' is there more than once; the last one counts", at: path)
            }
        }
    }

    /// Whether the `States` before the last step is that of a machine: the root's, a branch's or an item processor's.
    private func isMachine(_ path: DefinitionPath) -> Bool {
        switch path.steps.dropLast(2).last {
        case nil, .index?, .key("ItemProcessor")?, .key("Iterator")?: true
        case .key?: false
        }
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
    /// Steps of `path` that lead to the state which the object belongs to.
    private let stateSteps: Int

    /// A machine or a state.
    init(object: JSONObject, path: DefinitionPath, language: QueryLanguage) {
        self.object = object
        self.path = path
        self.language = language
        stateSteps = path.steps.count
    }

    /// An object in a field of a state.
    init(object: JSONObject, path: DefinitionPath, in state: Fields) {
        self.object = object
        self.path = path
        language = state.language
        stateSteps = state.stateSteps
    }

    subscript(name: String) -> JSONValue? { object[JSONString(name)] }

    func has(_ name: String) -> Bool { self[name] != nil }

    func path(_ name: String) -> DefinitionPath { path.appending(name) }

    /// Whether the object is a state itself, and not something in it.
    var isState: Bool { path.steps.count == stateSteps }

    /// Whether the object is one of a state's catchers.
    var isCatcher: Bool { path.steps.count > stateSteps && path.steps[stateSteps] == .key("Catch") }

    /// Where a field stands from its state on, as AWS's messages about expressions name it: `Choices[0]/Condition`.
    func pathFromState(_ name: String) -> String {
        String(DefinitionPath(path.steps[stateSteps...] + [.key(name)]).text.dropFirst())
    }
}
