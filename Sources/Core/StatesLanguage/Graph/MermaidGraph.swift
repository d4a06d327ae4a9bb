import JSONPath

/// Draws a state machine as a Mermaid flowchart: `steplog graph`.
///
/// States are boxes with the shape of their type, transitions arrows with the choice rule's condition, catchers dashed
/// arrows;
/// branches and item processors are subgraphs.
public struct MermaidGraph: Sendable {
    private let machine: StateMachine
    private var lines = ["flowchart TD"]

    /// A label is cut after this many characters.
    private static let labelLengthMax = 80

    /// - Returns: the text of a Mermaid diagram, with a line break at its end.
    public static func text(of machine: StateMachine) -> String {
        var graph = MermaidGraph(machine: machine)
        graph.add("start((start))")
        graph.drawMachine(startingAt: machine.startAt, from: "start", depth: 1)
        return graph.lines.joined(separator: "\n") + "\n"
    }

    private init(machine: StateMachine) {
        self.machine = machine
    }

    private mutating func add(_ line: String, depth: Int = 1) {
        lines.append(String(repeating: "    ", count: depth) + line)
    }

    // MARK: - Machines

    /// Draws every state that is reached from `first`, then their arrows. The depth of machines in machines is bounded
    /// by the
    /// compiler.
    private mutating func drawMachine(startingAt first: StateID, from origin: String?, depth: Int) {
        let states = reachableStates(from: first)
        for id in states { drawState(id, depth: depth) }
        if let origin { add("\(origin) --> \(Self.node(first))", depth: depth) }
        var needsEnd = false
        for id in states { drawArrows(from: id, depth: depth, needsEnd: &needsEnd) }
        if needsEnd, depth == 1 { add("finish((end))", depth: depth) }
    }

    private func reachableStates(from first: StateID) -> [StateID] {
        var order = [first]
        var seen: Set<StateID> = [first]
        var next = 0
        while next < order.count {
            for arrow in arrows(from: machine.states[order[next]]) {
                if let target = arrow.target, seen.insert(target).inserted { order.append(target) }
            }
            next += 1
        }
        return order
    }

    private mutating func drawState(_ id: StateID, depth: Int) {
        let state = machine.states[id]
        let node = Self.node(id)
        let name = Self.quoted(state.name)
        switch state.kind {
        case .pass: add("\(node)[\(name)]", depth: depth)
        case .task(let task):
            add("\(node)[\(Self.quoted(state.name, second: Self.title(of: task.target)))]", depth: depth)
        case .choice: add("\(node){\(name)}", depth: depth)
        case .wait(let wait):
            add("\(node)([\(Self.quoted(state.name, second: Self.title(of: wait.duration)))])", depth: depth)
        case .succeed: add("\(node)(((\(name))))", depth: depth)
        case .fail(let fail): add("\(node)>\(Self.quoted(state.name, second: Self.title(of: fail)))]", depth: depth)
        case .parallel(let parallel):
            add("subgraph \(node)[\(name)]", depth: depth)
            for (index, branch) in parallel.branches.enumerated() {
                add("subgraph \(node)b\(index)[\" \"]", depth: depth + 1)
                drawMachine(startingAt: branch, from: nil, depth: depth + 2)
                add("end", depth: depth + 1)
            }
            add("end", depth: depth)
        case .map(let map):
            let title = map.mode == .distributed ? "for each item, distributed" : "for each item"
            add("subgraph \(node)[\(Self.quoted(state.name, second: title))]", depth: depth)
            drawMachine(startingAt: map.processorStartAt, from: nil, depth: depth + 1)
            add("end", depth: depth)
        }
    }

    private mutating func drawArrows(from id: StateID, depth: Int, needsEnd: inout Bool) {
        for arrow in arrows(from: machine.states[id]) {
            if arrow.target == nil, depth > 1 { continue }
            let target = arrow.target.map(Self.node) ?? "finish"
            if arrow.target == nil { needsEnd = true }
            let line = arrow.isCatch ? "-.->" : "-->"
            let label = arrow.label.map { "|\(Self.quoted($0))|" } ?? ""
            add("\(Self.node(id)) \(line)\(label) \(target)", depth: depth)
        }
    }

    // MARK: - Arrows

    private struct Arrow {
        /// nil for the end of the machine.
        let target: StateID?
        var label: String?
        var isCatch = false
    }

    private func arrows(from state: State) -> [Arrow] {
        switch state.kind {
        case .pass(let pass): [Self.arrow(pass.transition)]
        case .wait(let wait): [Self.arrow(wait.transition)]
        case .task(let task): Self.arrows(task.transition, task.processing.catchers)
        case .parallel(let parallel): Self.arrows(parallel.transition, parallel.processing.catchers)
        case .map(let map): Self.arrows(map.transition, map.processing.catchers)
        case .succeed, .fail: []
        case .choice(let choice):
            choice.rules.map { Arrow(target: $0.next, label: $0.condition.summary) }
                + [choice.defaultNext.map { Arrow(target: $0, label: "otherwise") }].compactMap { $0 }
        }
    }

    private static func arrow(_ transition: Transition) -> Arrow {
        switch transition {
        case .next(let target): Arrow(target: target)
        case .end: Arrow(target: nil)
        }
    }

    private static func arrows(_ transition: Transition, _ catchers: [Catcher]) -> [Arrow] {
        [arrow(transition)]
            + catchers.map { Arrow(target: $0.next, label: $0.errorEquals.joined(separator: ", "), isCatch: true) }
    }

    // MARK: - Texts

    private static func node(_ id: StateID) -> String { "s\(id)" }

    private static func title(of target: TaskResource) -> String {
        switch target {
        case .lambdaFunction(let arn): "function " + (arn.split(separator: ":").last.map(String.init) ?? arn)
        case .activity(let arn): "activity " + (arn.split(separator: ":").last.map(String.init) ?? arn)
        case .service(let type, let action, let pattern): "\(type):\(action)\(pattern.rawValue)"
        }
    }

    private static func title(of duration: WaitState.Duration) -> String {
        switch duration {
        case .seconds(.value(let seconds)): "\(ConditionText.number(seconds)) s"
        case .seconds(.path(let path, _)): "\(path.text) s"
        case .seconds(.query(let query)): "\(query.text) s"
        case .timestamp(.value(let text)): "until \(text)"
        case .timestamp(.path(let path, _)): "until \(path.text)"
        case .timestamp(.intrinsic(let call, _)): "until \(call.text)"
        case .timestamp(.query(let query)): "until \(query.text)"
        }
    }

    private static func title(of fail: FailState) -> String? {
        guard case .value(let error)? = fail.error else { return nil }
        return error
    }

    /// A label in quotes. Mermaid reads entities: `#quot;` for a quote, `#35;` for `#`; what it could take for HTML or
    /// Markdown
    /// is written so as well.
    private static func quoted(_ text: String, second: String? = nil) -> String {
        "\"" + escaped(text) + (second.map { "<br/>" + escaped($0) } ?? "") + "\""
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        var count = 0
        for scalar in text.unicodeScalars {
            count += 1
            if count > labelLengthMax {
                escaped += "…"
                break
            }
            switch scalar {
            case "\"": escaped += "#quot;"
            case "#", "&", "<", ">", "`", "\\", "*", "_", "~", "|": escaped += "#\(scalar.value);"
            case "\n", "\r", "\t": escaped += " "
            default:
                if scalar.value < 0x20 { escaped += " " } else { escaped.unicodeScalars.append(scalar) }
            }
        }
        return escaped.isEmpty ? " " : escaped
    }
}
