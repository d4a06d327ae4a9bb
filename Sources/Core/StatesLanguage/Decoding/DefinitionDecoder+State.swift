import JSON

/// Decoding of what all states have in common.
extension DefinitionDecoder {
    /// Where a state stands while it is decoded.
    struct Place {
        let id: StateID
        let depth: Int
    }

    mutating func decodeState(
        _ value: JSONValue, named name: String, id: StateID, at path: DefinitionPath, in graph: inout TransitionGraph,
        depth: Int
    ) -> State? {
        guard let object = value.object else {
            graph.markUncertain()
            reportType("OBJECT", of: value, at: path)
            return nil
        }
        let outer = Fields(object: object, path: path, language: machineLanguage)
        let language = queryLanguage(of: outer) ?? machineLanguage
        let fields = Fields(object: object, path: path, language: language)
        guard let type = stateType(of: fields) else {
            graph.markUncertain()
            return nil
        }
        let isDowngrade = machineLanguage == .jsonata && language == .jsonPath
        if isDowngrade {
            report("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", at: path)
        }
        checkFields(of: fields, type: type, checksLanguage: !isDowngrade)
        let comment = text("Comment", of: fields)
        let place = Place(id: id, depth: depth)
        let kind = decodeKind(type, of: fields, place: place, in: &graph)
        return kind.map { State(name: name, comment: comment, queryLanguage: language, kind: $0) }
    }

    private mutating func decodeKind(
        _ type: StateType, of fields: Fields, place: Place, in graph: inout TransitionGraph
    ) -> State.Kind? {
        switch type {
        case .task: decodeTask(fields, place: place, in: &graph).map { .task($0) }
        case .wait: decodeWait(fields, place: place, in: &graph).map { .wait($0) }
        case .pass: decodePass(fields, place: place, in: &graph).map { .pass($0) }
        case .succeed: .succeed(decodeSucceed(fields, place: place, in: &graph))
        case .fail: .fail(decodeFail(fields, place: place, in: &graph))
        case .choice: decodeChoice(fields, place: place, in: &graph).map { .choice($0) }
        case .parallel: decodeParallel(fields, place: place, in: &graph).map { .parallel($0) }
        case .map: decodeMap(fields, place: place, in: &graph).map { .map($0) }
        }
    }

    private mutating func stateType(of fields: Fields) -> StateType? {
        requireFields(["Type"], of: fields)
        guard let name = text("Type", of: fields) else { return nil }
        if let type = StateType(rawValue: name) { return type }
        let names = StateType.allCases.map(\.rawValue)
        report(
            "The field 'Type' should have one of these values: [\(names.joined(separator: ", "))]",
            at: fields.path("Type"),
            hint: SpellingSuggestion.hint(for: name, among: names))
        return nil
    }

    /// Reports fields that a state of the type, or of the query language, does not have, and those that it lacks.
    private mutating func checkFields(of fields: Fields, type: StateType, checksLanguage: Bool) {
        let known = StateFields.of(type)
        let other: QueryLanguage = fields.language == .jsonPath ? .jsonata : .jsonPath
        requireFields(known.required, of: fields)
        let foreign = checksLanguage ? known.only(in: other) : []
        for name in foreign where fields.has(name) {
            report(
                "The QueryLanguage is set to '\(fields.language.rawValue)', but field '\(name)' is only supported for the "
                    + "'\(other.rawValue)' QueryLanguage", at: fields.path, exactly: fields.path(name))
        }
        refuseUnknownFields(of: fields, known: known.all())
    }

    // MARK: - Transitions

    /// `Next` or `End`.
    mutating func transition(of fields: Fields, place: Place, in graph: inout TransitionGraph) -> Transition? {
        requireOne(of: ["Next", "End"], in: fields)
        var transition: Transition?
        if fields.has("End") {
            if let ends = boolean("End", of: fields) {
                if ends {
                    graph.end(at: place.id)
                    transition = .end
                } else if !fields.has("Next") {
                    report("One of these fields is required: [Next, End]", at: fields.path, exactly: fields.path("End"))
                    graph.markUncertain()
                }
            } else {
                graph.markUncertain()
            }
        } else if !fields.has("Next") {
            graph.markUncertain()
        }
        if let target = target("Next", of: fields, place: place, in: &graph) {
            transition = transition ?? .next(target)
        }
        return transition
    }

    /// The state that a field names.
    mutating func target(
        _ name: String, of fields: Fields, place: Place, in graph: inout TransitionGraph
    ) -> StateID? {
        guard fields.has(name) else { return nil }
        guard let stateName = text(name, of: fields) else {
            graph.markUncertain()
            return nil
        }
        return graph.connect(
            place.id, to: stateName, from: fields.path(name), isPlaceholder: holdsPlaceholder(.string(stateName)))
    }
}
