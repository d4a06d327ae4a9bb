import JSON
import JSONPath

/// Finds paths that cannot lead anywhere, where that can be proved: in states that are only reached from Pass states
/// whose
/// whole output stands in the definition.
enum StaticPathCheck {
    /// A state with more possible inputs is not looked at.
    private static let inputsMax = 16

    static func warnings(for machine: StateMachine, graphs: [TransitionGraph]) -> [Diagnostic] {
        graphs.flatMap { graph in
            let inputs = knownInputs(of: graph, in: machine)
            return inputs.indices.flatMap { index -> [Diagnostic] in
                guard let inputs = inputs[index], !inputs.isEmpty else { return [] }
                let state = machine.states[graph.firstID + index]
                return warnings(for: state, at: graph.path(ofStateAt: index), on: inputs)
            }
        }
    }

    /// For each state of a machine all that it can get as input; nil where that is not known.
    private static func knownInputs(of graph: TransitionGraph, in machine: StateMachine) -> [[JSONValue]?] {
        var inputs = [[JSONValue]?](repeating: [], count: graph.names.count)
        if let start = graph.startID { inputs[start - graph.firstID] = nil }
        for (index, edges) in graph.edges.enumerated() {
            let output = fixedOutput(of: machine.states[graph.firstID + index])
            for edge in edges {
                guard let target = edge.target.map({ $0 - graph.firstID }) else { continue }
                if let output, inputs[target].map({ $0.count < inputsMax }) == true {
                    inputs[target]?.append(output)
                } else {
                    inputs[target] = nil
                }
            }
        }
        return inputs
    }

    /// The output of a state that gives the same one always.
    private static func fixedOutput(of state: State) -> JSONValue? {
        guard case .pass(let pass) = state.kind, state.queryLanguage == .jsonPath,
            case .whole = pass.resultPath, case .whole = pass.outputPath
        else { return nil }
        if let result = pass.result { return result }
        guard case .literal(let value)? = pass.parameters else { return nil }
        return value
    }

    private static func warnings(for state: State, at place: DefinitionPath, on inputs: [JSONValue]) -> [Diagnostic] {
        guard state.queryLanguage == .jsonPath else { return [] }
        var paths = PathCollection()
        paths.collect(from: state, at: place)
        return paths.found.compactMap { path, place in
            guard path.root == .input, inputs.allSatisfy({ isMissing(path, in: $0) }) else { return nil }
            return Diagnostic(
                severity: .warning, code: .impossiblePath,
                message: "The path '\(path.text)' finds nothing in the fixed output of the states before",
                location: place.text, path: place)
        }
    }

    private static func isMissing(_ path: RootedPath, in input: JSONValue) -> Bool {
        (try? path.expression.evaluate(on: input)) == nil
    }
}

/// The paths of a state that are evaluated on its input, whatever happens, each with its place.
private struct PathCollection {
    var found: [(RootedPath, DefinitionPath)] = []

    mutating func collect(from state: State, at place: DefinitionPath) {
        switch state.kind {
        case .pass(let pass):
            guard collectInputPath(pass.inputPath, at: place) else { return }
            collect(pass.parameters, at: place.appending("Parameters"))
        case .task(let task):
            guard collectInputPath(task.processing.inputPath, at: place) else { return }
            collect(task.processing.parameters, at: place.appending("Parameters"))
            collect(task.timeoutSeconds, at: place)
            collect(task.heartbeatSeconds, at: place)
        case .wait(let wait):
            guard collectInputPath(wait.inputPath, at: place) else { return }
            switch wait.duration {
            case .seconds(let seconds): collect(seconds, at: place)
            case .timestamp(let timestamp): collect(timestamp, at: place)
            }
        case .choice(let choice):
            guard collectInputPath(choice.inputPath, at: place), let first = choice.rules.first else { return }
            if case .comparison(let variable, let comparison, _) = first.condition, comparison != .isPresent {
                found.append((variable, place.appending("Choices").appending(0).appending("Variable")))
            }
        case .succeed(let succeed):
            _ = collectInputPath(succeed.inputPath, at: place)
        case .fail(let fail):
            collect(fail.error, at: place)
            collect(fail.cause, at: place)
        case .parallel(let parallel):
            guard collectInputPath(parallel.processing.inputPath, at: place) else { return }
            collect(parallel.processing.parameters, at: place.appending("Parameters"))
        case .map(let map):
            guard collectInputPath(map.processing.inputPath, at: place) else { return }
            if case .path(let path) = map.itemsPath, map.distributed["ItemReader"] == nil {
                found.append((path, place.appending("ItemsPath")))
            }
        }
    }

    /// - Returns: whether the paths of the other fields are evaluated on the input itself.
    private mutating func collectInputPath(_ field: PathField, at place: DefinitionPath) -> Bool {
        switch field {
        case .whole: return true
        case .discard: return false
        case .path(let path):
            found.append((path, place.appending("InputPath")))
            return false
        }
    }

    private mutating func collect(_ field: NumberField?, at place: DefinitionPath) {
        if case .path(let path, let field)? = field { found.append((path, place.appending(field))) }
    }

    private mutating func collect(_ field: TextField?, at place: DefinitionPath) {
        if case .path(let path, let field)? = field { found.append((path, place.appending(field))) }
    }

    private mutating func collect(_ template: Template?, at place: DefinitionPath) {
        switch template {
        case .path(let path, _)?:
            found.append((path, place))
        case .object(let members)?:
            for member in members {
                var name = member.key.text
                if case .path = member.value { name += ".$" }
                collect(member.value, at: place.appending(name))
            }
        case .array(let elements)?:
            for (index, element) in elements.enumerated() { collect(element, at: place.appending(index)) }
        case .literal?, .intrinsic?, .query?, nil:
            break
        }
    }
}
