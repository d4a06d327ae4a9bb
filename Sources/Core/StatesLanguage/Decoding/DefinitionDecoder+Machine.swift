import JSON

/// Decoding of state machines: the definition itself, branches and item processors.
extension DefinitionDecoder {
    private static let machineFields = ["Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version"]
    private static let processorFields = ["Comment", "ProcessorConfig", "StartAt", "States"]
    private static let branchFields = ["Comment", "StartAt", "States"]

    mutating func decodeDefinition(_ value: JSONValue) -> StateMachine? {
        guard let object = value.object else {
            append(Self.notAnObject)
            return nil
        }
        let root = Fields(object: object, path: .root, language: .jsonPath)
        refuseUnknownFields(of: root, known: Self.machineFields)
        machineLanguage = queryLanguage(of: root) ?? .jsonPath
        let comment = text("Comment", of: root)
        _ = text("Version", of: root)
        let timeout = wholeNumber("TimeoutSeconds", of: root, in: 1...Self.secondsMax)
        guard let startAt = decodeStates(of: root, depth: 0), states.allSatisfy({ $0 != nil }) else { return nil }
        return StateMachine(
            comment: comment, queryLanguage: machineLanguage, timeoutSeconds: timeout, startAt: startAt,
            states: states.compactMap { $0 })
    }

    /// A machine of one state and, as Succeed states, of what it leads to.
    mutating func decodeSingleState(_ value: JSONValue, named name: String) -> StateMachine? {
        guard let state = value.object else {
            append(Self.notAnObject)
            return nil
        }
        var states = JSONObject()
        states[JSONString(name)] = value
        for target in Self.targets(of: state) where states[target] == nil { states[target] = ["Type": "Succeed"] }
        return decodeDefinition(["StartAt": .string(name), "States": .object(states)])
    }

    /// The names of the states that `state` leads to, in the order of its fields.
    private static func targets(of state: JSONObject) -> [JSONString] {
        var targets: [JSONString] = []
        func add(_ value: JSONValue?) {
            if case .string(let name)? = value { targets.append(name) }
        }
        add(state["Next"])
        for rule in state["Choices"]?.array ?? [] { add(rule["Next"]) }
        add(state["Default"])
        for catcher in state["Catch"]?.array ?? [] { add(catcher["Next"]) }
        return targets
    }

    /// - Parameter depth: 0 for the definition itself.
    /// - Returns: the first state; nil when it could not be told.
    mutating func decodeMachine(_ value: JSONValue?, at path: DefinitionPath, depth: Int, isProcessor: Bool) -> StateID?
    {
        guard let value else { return nil }
        guard let object = value.object else {
            reportType("OBJECT", of: value, at: path)
            return nil
        }
        guard depth <= Definition.machineDepthMax else {
            report(
                .tooDeeplyNested, "The states are nested more than \(Definition.machineDepthMax) levels deep", at: path)
            return nil
        }
        let fields = Fields(object: object, path: path, language: machineLanguage)
        refuseUnknownFields(of: fields, known: isProcessor ? Self.processorFields : Self.branchFields)
        _ = text("Comment", of: fields)
        return decodeStates(of: fields, depth: depth)
    }

    private mutating func decodeStates(of fields: Fields, depth: Int) -> StateID? {
        requireFields(["States", "StartAt"], of: fields)
        let start = text("StartAt", of: fields)
        guard let members = object("States", of: fields)?.members else { return nil }
        let statesPath = fields.path("States")
        if members.isEmpty {
            report("Value cannot be empty", at: statesPath)
            return nil
        }
        var graph = TransitionGraph(
            machinePath: fields.path, isTop: depth == 0, firstID: states.count, names: members.map(\.key.text))
        states += Array(repeating: nil, count: members.count)
        let firstID = graph.firstID
        for (index, member) in members.enumerated() {
            let name = member.key.text
            checkStateName(name, at: statesPath.appending(name))
            states[firstID + index] = decodeState(
                member.value, named: name, id: firstID + index, at: statesPath.appending(name), in: &graph, depth: depth
            )
        }
        let startID = start.flatMap { name in
            graph.start(at: name, from: fields.path("StartAt"), isPlaceholder: holdsPlaceholder(.string(name)))
        }
        graphs.append(graph)
        return startID
    }

    private mutating func checkStateName(_ name: String, at path: DefinitionPath) {
        if let first = pathByStateName[name] {
            report(
                .duplicateStateName, "Duplicate State name: \(name)", at: path,
                hint: "the other one is at \(first.text)")
        } else {
            pathByStateName[name] = path
        }
        if name.isEmpty {
            report(.invalidStateName, "State name cannot be empty", at: path)
        } else if name.unicodeScalars.count > Self.stateNameLengthMax {
            report(
                .invalidStateName,
                "State name \"\(name)\" is longer than \(Self.stateNameLengthMax) characters", at: path)
        }
    }

    /// Source: States Language § States.
    static let stateNameLengthMax = 80
    /// Source: AWS's greatest TimeoutSeconds.
    static let secondsMax: Int64 = 99_999_999
}
