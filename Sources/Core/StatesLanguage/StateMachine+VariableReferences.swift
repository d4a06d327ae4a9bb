import JSON
import JSONPath

extension StateMachine {
    /// The workflow variables that states refer to, by state; states without any are left out.
    ///
    /// States come in the machine's order, a state's variables in the order of their names.
    /// Source: recorded, DescribeStateMachine's `variableReferences`: reading counts, assigning does not.
    public var variableReferences: [(state: String, variables: [String])] {
        states.compactMap { state in
            var references = VariableReferences()
            references.add(state.kind)
            let names = references.sorted
            return names.isEmpty ? nil : (state.name, names)
        }
    }
}

/// Collects the variables that the parts of a state refer to.
private struct VariableReferences {
    private var names: Set<String> = []

    var sorted: [String] { names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

    mutating func add(_ kind: State.Kind) {
        switch kind {
        case .pass(let state):
            add(state.inputPath, state.outputPath)
            add(state.parameters, state.assign, state.output)
        case .task(let state):
            add(state.processing)
            add(state.timeoutSeconds, state.heartbeatSeconds)
            add(state.credentialsRoleArn)
        case .choice(let state):
            add(state.inputPath, state.outputPath)
            add(state.assign, state.output)
            for rule in state.rules {
                add(rule.condition)
                add(rule.assign, rule.output)
            }
        case .wait(let state):
            add(state.inputPath, state.outputPath)
            add(state.assign, state.output)
            switch state.duration {
            case .seconds(let field): add(field)
            case .timestamp(let field): add(field)
            }
        case .succeed(let state):
            add(state.inputPath, state.outputPath)
            add(state.output)
        case .fail(let state):
            add(state.error)
            add(state.cause)
        case .parallel(let state):
            add(state.processing)
        case .map(let state):
            add(state.processing)
            add(state.itemsPath)
            add(state.items, state.itemSelector)
            add(state.maxConcurrency, state.toleratedFailureCount, state.toleratedFailurePercentage)
            addRaw(.object(state.distributed))
        }
    }

    private mutating func add(_ processing: WorkProcessing) {
        add(processing.inputPath, processing.outputPath)
        add(processing.parameters, processing.resultSelector, processing.output, processing.assign)
        for catcher in processing.catchers { add(catcher.output, catcher.assign) }
    }

    private mutating func add(_ fields: PathField...) {
        for case .path(let path) in fields { add(path) }
    }

    private mutating func add(_ fields: NumberField?...) {
        for field in fields {
            switch field {
            case .path(let path, _): add(path)
            case .query(let expression): add(expression)
            case .value, nil: break
            }
        }
    }

    private mutating func add(_ field: TextField?) {
        switch field {
        case .path(let path, _): add(path)
        case .intrinsic(let call, _): add(call)
        case .query(let expression): add(expression)
        case .value, nil: break
        }
    }

    private mutating func add(_ templates: Template?...) {
        for case let template? in templates {
            switch template {
            case .literal: break
            case .object(let members): for member in members { add(member.value) }
            case .array(let elements): for element in elements { add(element) }
            case .path(let path, _): add(path)
            case .intrinsic(let call, _): add(call)
            case .query(let expression): add(expression)
            }
        }
    }

    private mutating func add(_ condition: Condition) {
        switch condition {
        case .and(let conditions), .or(let conditions):
            for condition in conditions { add(condition) }
        case .not(let condition):
            add(condition)
        case .comparison(let variable, _, let operand):
            add(variable)
            if case .path(let path) = operand { add(path) }
        case .query(let expression):
            add(expression)
        case .constant:
            break
        }
    }

    private mutating func add(_ call: IntrinsicCall) {
        for argument in call.arguments {
            switch argument {
            case .value: break
            case .path(let path): add(path)
            case .call(let call): add(call)
            }
        }
    }

    private mutating func add(_ path: RootedPath) {
        if case .variable(let name) = path.root { names.insert(name) }
    }

    private mutating func add(_ expression: QueryExpression) {
        names.formUnion(expression.variableNames)
    }

    /// The fields of a DISTRIBUTED Map are kept as written: names that end in `.$` or `Path` hold paths, strings may be JSONata.
    private mutating func addRaw(_ value: JSONValue, key: JSONString = "") {
        switch value {
        case .object(let object):
            for member in object { addRaw(member.value, key: member.key) }
        case .array(let elements):
            for element in elements { addRaw(element) }
        case .string(let text):
            if let expression = QueryExpression(delimited: text.text, field: "") {
                add(expression)
            } else if key.text.hasSuffix(".$") || key.text.hasSuffix("Path") {
                if let path = try? RootedPath(text.text) { add(path) }
                if let call = try? IntrinsicCall(parsing: text.text) { add(call) }
            }
        case .null, .bool, .number:
            break
        }
    }
}
