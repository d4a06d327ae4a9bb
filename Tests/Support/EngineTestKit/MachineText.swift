import Engine

/// Writes nodes as states of the States Language.
struct MachineText {
    private var states: [String] = []
    /// Draws how each state is written; nil: in JSONPath, with Lambda functions as tasks.
    private var variety: SeededBits?

    init(variety: SeededBits? = nil) { self.variety = variety }

    /// True once in `count` times where there is variety.
    mutating func draws(_ count: UInt64) -> Bool {
        guard let bits = variety?.next() else { return false }
        return bits % count == 0
    }

    /// The members of `States` so far, which are forgotten.
    mutating func takeStates() -> String {
        let text = states.joined(separator: ",")
        states = []
        return text
    }

    /// - Returns: the name of the chain's first state.
    mutating func add(_ chain: [RandomMachine.Node], next: String?) -> String {
        var following = next
        for node in chain.reversed() { following = add(node, next: following) }
        return following ?? ""
    }

    private mutating func add(_ node: RandomMachine.Node, next: String?) -> String {
        let end = next.map { "\"Next\":\"\($0)\"" } ?? "\"End\":true"
        if draws(2), let name = addInJSONata(node, next: next, end: end) { return name }
        switch node {
        case .add(let name, let factor):
            let sum = "States.MathAdd($.p, $v0)"
            // x × factor by adding, since JSONPath mode has no product.
            states.append(
                "\"\(name)\":{\"Type\":\"Pass\",\"Parameters\":{\"p.$\":\"\(Self.times(factor))\"},\"Next\":\"\(name)b\"}"
            )
            states.append("\"\(name)b\":{\"Type\":\"Pass\",\"Parameters\":{\"x.$\":\"\(sum)\"},\(end)}")
            return name
        case .mark(let name, let value):
            states.append("\"\(name)\":{\"Type\":\"Pass\",\"Result\":\(value),\"ResultPath\":\"$.\(name)\",\(end)}")
            return name
        case .wait(let name, let seconds):
            states.append("\"\(name)\":{\"Type\":\"Wait\",\"Seconds\":\(seconds),\(end)}")
            return name
        case .fail(let name):
            states.append("\"\(name)\":{\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"C\"}")
            // What follows stays reachable: the failing branch is always taken.
            states.append(
                "\"\(name)c\":{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.x\",\"IsPresent\":true,\"Next\":\"\(name)\"}],"
                    + "\"Default\":\"\(next ?? name + "d")\"}")
            if next == nil { states.append("\"\(name)d\":{\"Type\":\"Succeed\"}") }
            return name + "c"
        case .choice(let name, let limit, let below, let above):
            let (first, second) = (add(below, next: next), add(above, next: next))
            states.append(
                "\"\(name)\":{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.x\",\"NumericLessThan\":\(limit),\"Next\":\"\(first)\"}],"
                    + "\"Default\":\"\(second)\"}")
            return name
        case .task(let work, let fails, let hangs, let replacesAll):
            let path = replacesAll ? "" : ",\"ResultPath\":\"$.\(work.name)\""
            states.append(
                "\"\(work.name)\":{\"Type\":\"Task\","
                    + resource(
                        "\"x.$\":\"$.x\",\"try.$\":\"$$.State.RetryCount\",\"fails\":\(fails),\"hangs\":\(hangs)")
                    + "\(limit())\(path)\(failures(work, next)),\(end)}")
            return work.name
        case .parallel(let work, let branches):
            let texts = machines(branches)
            states.append(
                "\"\(work.name)\":{\"Type\":\"Parallel\",\"Branches\":[\(texts)],\"ResultPath\":\"$.\(work.name)\"\(failures(work, next)),\(end)}"
            )
            return work.name
        case .map(let work, let items, let concurrency, let body):
            states.append(
                "\"\(work.name)i\":{\"Type\":\"Pass\",\"Result\":\(items),\"ResultPath\":\"$.items\",\"Next\":\"\(work.name)\"}"
            )
            states.append(
                "\"\(work.name)\":{\"Type\":\"Map\",\"ItemsPath\":\"$.items\",\"MaxConcurrency\":\(concurrency),"
                    + "\"ItemSelector\":{\"x.$\":\"$$.Map.Item.Value\",\"base.$\":\"$.x\",\"index.$\":\"$$.Map.Item.Index\"},"
                    + "\"ItemProcessor\":\(machine(body)),\"ResultPath\":\"$.\(work.name)\"\(failures(work, next)),\(end)}"
            )
            return work.name + "i"
        }
    }

    mutating func machines(_ chains: [[RandomMachine.Node]]) -> String {
        var texts: [String] = []
        for chain in chains { texts.append(machine(chain)) }
        return texts.joined(separator: ",")
    }

    mutating func machine(_ chain: [RandomMachine.Node]) -> String {
        var text = MachineText(variety: variety.map { _ in SeededBits(seed: variety?.next() ?? 0) })
        let start = text.add(chain, next: nil)
        return "{\"StartAt\":\"\(start)\",\"States\":{\(text.takeStates())}}"
    }

    /// A Task's `Resource` and its parameters.
    private mutating func resource(_ parameters: String) -> String {
        let service = "arn:aws:states:::lambda:invoke"
        guard variety != nil, !draws(2) else {
            return "\"Resource\":\"arn:aws:lambda:us-east-1:123456789012:function:f\",\"Parameters\":{\(parameters)},"
        }
        if draws(3) {
            return "\"Resource\":\"arn:aws:states:us-east-1:123456789012:activity:a\",\"Parameters\":{\(parameters)},"
        }
        if draws(2) {
            return "\"Resource\":\"\(service).waitForTaskToken\",\"Parameters\":{\"FunctionName\":\"f\","
                + "\"Payload\":{\(parameters),\"token.$\":\"$$.Task.Token\"}},"
        }
        return "\"Resource\":\"\(service)\",\"Parameters\":{\"FunctionName\":\"f\",\"Payload\":{\(parameters)}},"
    }

    /// What ends a task that hangs.
    mutating func limit() -> String {
        draws(4) ? "\"HeartbeatSeconds\":50,\"TimeoutSeconds\":500" : "\"TimeoutSeconds\":50"
    }

    mutating func append(_ state: String) { states.append(state) }

    mutating func failures(_ work: RandomMachine.Work, _ next: String?) -> String {
        var text = ""
        if let attempts = work.attemptsMax {
            text +=
                ",\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"IntervalSeconds\":1,\"MaxAttempts\":\(attempts),\"BackoffRate\":1.5}]"
        }
        guard work.isCaught else { return text }
        var target = next
        if target == nil {
            target = work.name + "end"
            states.append("\"\(work.name)end\":{\"Type\":\"Succeed\"}")
        }
        return text + ",\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"ResultPath\":null,\"Next\":\"\(target ?? "")\"}]"
    }

    private static func times(_ factor: Int) -> String {
        var text = "States.MathAdd($.x, 0)"
        for _ in 1..<factor { text = "States.MathAdd(\(text), $.x)" }
        return text
    }
}
