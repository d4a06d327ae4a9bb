/// What the states of one machine (the definition, a branch, an item processor) lead to.
struct TransitionGraph: Sendable {
    /// One way out of a state.
    struct Edge: Sendable {
        /// nil for a name that no state has.
        let target: StateID?
        let name: String
        /// Where the name stands, e.g. `/States/A/Default`.
        let place: DefinitionPath
    }

    /// Where the machine stands: the root, `…/Branches[0]`, `…/ItemProcessor`.
    let machinePath: DefinitionPath
    let isTop: Bool
    /// The machine's own states have consecutive identifiers from this one on.
    let firstID: StateID
    let names: [String]
    /// Indexed from `firstID`.
    private(set) var edges: [[Edge]]
    private(set) var isTerminal: [Bool]
    private(set) var startID: StateID?
    /// True where the ways out of some state are not known: its type is wrong, or a placeholder names its target.
    private(set) var isUncertain = false
    private var idByName: [String: StateID] = [:]
    private var danglingStart: Edge?
    private var hasDanglingTransition = false

    init(machinePath: DefinitionPath, isTop: Bool, firstID: StateID, names: [String]) {
        self.machinePath = machinePath
        self.isTop = isTop
        self.firstID = firstID
        self.names = names
        edges = Array(repeating: [], count: names.count)
        isTerminal = Array(repeating: false, count: names.count)
        for (index, name) in names.enumerated() { idByName[name] = firstID + index }
    }

    // MARK: - Building

    /// - Returns: the state that is called `name`; nil when none is, which is noted.
    mutating func start(at name: String, from place: DefinitionPath, isPlaceholder: Bool) -> StateID? {
        startID = idByName[name]
        if startID == nil {
            isUncertain = true
            guard !isPlaceholder else { return firstID }
            danglingStart = Edge(target: nil, name: name, place: place)
        }
        return startID
    }

    /// Notes that the state `id` leads to the one called `name`.
    /// - Returns: that state; nil when there is none, which is noted. For a placeholder, any state.
    mutating func connect(_ id: StateID, to name: String, from place: DefinitionPath, isPlaceholder: Bool) -> StateID? {
        let target = idByName[name]
        if target == nil, isPlaceholder {
            isUncertain = true
            return firstID
        }
        if target == nil { hasDanglingTransition = true }
        edges[id - firstID].append(Edge(target: target, name: name, place: place))
        return target
    }

    mutating func end(at id: StateID) {
        isTerminal[id - firstID] = true
    }

    /// Notes that it is not known where the state leads.
    mutating func markUncertain() {
        isUncertain = true
    }

    func path(ofStateAt index: Int) -> DefinitionPath { machinePath.appending("States").appending(names[index]) }

    // MARK: - Judging

    /// AWS says 'Next' whatever the field is called.
    func danglingTransitions() -> [Diagnostic] {
        let all = [danglingStart].compactMap { $0 } + edges.joined()
        return all.filter { $0.target == nil }.enumerated().map { index, edge in
            Diagnostic(
                code: .missingTransitionTarget, message: "Missing 'Next' target: \(edge.name)",
                location: edge.place.text,
                hint: index < SpellingSuggestion.hintsMax ? SpellingSuggestion.hint(for: edge.name, among: names) : nil,
                path: edge.place)
        }
    }

    /// AWS looks for a terminal state in the definition itself only.
    func missingEnds() -> [Diagnostic] {
        guard isTop, !isUncertain, !isTerminal.contains(true) else { return [] }
        return [
            Diagnostic(code: .missingEndState, message: "Workflow has no terminal state", location: nil, path: .root)
        ]
    }

    /// A workflow without terminal state is not searched, as AWS does it.
    func unreachableStates() -> [Diagnostic] {
        guard let startID, !isUncertain, missingEnds().isEmpty else { return [] }
        let reached = reachable(from: startID)
        return names.indices.filter { !reached[$0] }.map { index in
            Diagnostic(
                code: .missingTransitionTarget, message: "State \"\(names[index])\" is not reachable.",
                location: path(ofStateAt: index).text, path: path(ofStateAt: index))
        }
    }

    /// Ours: states that are reached and from which no end is, though transitions are all known.
    func endlessLoops() -> [Diagnostic] {
        guard let startID, !isUncertain, missingEnds().isEmpty, !hasDanglingTransition else { return [] }
        let reached = reachable(from: startID)
        let ending = statesWithEnd()
        let endless = names.indices.filter { reached[$0] && !ending[$0] }
        guard let first = endless.first else { return [] }
        let list =
            endless.prefix(8).map { "\"\(names[$0])\"" }.joined(separator: ", ") + (endless.count > 8 ? ", …" : "")
        let place = path(ofStateAt: first)
        return [
            Diagnostic(
                severity: .warning, code: .endlessLoop, message: "No terminal state can be reached from \(list)",
                location: place.text, path: place)
        ]
    }

    /// - Returns: for each state whether it can be reached.
    func reachable(from start: StateID) -> [Bool] {
        var reached = [Bool](repeating: false, count: names.count)
        var open = [start - firstID]
        reached[start - firstID] = true
        while let index = open.popLast() {
            for edge in edges[index] {
                guard let target = edge.target, !reached[target - firstID] else { continue }
                reached[target - firstID] = true
                open.append(target - firstID)
            }
        }
        return reached
    }

    /// - Returns: for each state whether some way leads from it to a terminal state.
    private func statesWithEnd() -> [Bool] {
        var sources = [[Int]](repeating: [], count: names.count)
        for (index, ways) in edges.enumerated() {
            for edge in ways {
                if let target = edge.target { sources[target - firstID].append(index) }
            }
        }
        var ending = isTerminal
        var open = isTerminal.indices.filter { isTerminal[$0] }
        while let index = open.popLast() {
            for source in sources[index] where !ending[source] {
                ending[source] = true
                open.append(source)
            }
        }
        return ending
    }
}
