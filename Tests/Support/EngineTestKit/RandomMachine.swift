public import Engine
public import JSON

/// A machine that a seed gives, and what a straight-line reading of it says its output is.
///
/// All data are objects with a number `x`. Tasks do arithmetic; whether an attempt fails or hangs is in its parameters, so that the order
/// in which things happen can't change the output.
public struct RandomMachine {
    indirect enum Node {
        /// x := (x × factor + $v0) mod 1000.
        case add(name: String, factor: Int)
        case mark(name: String, value: Int)
        case wait(name: String, seconds: Int)
        case choice(name: String, limit: Int, below: [Node], above: [Node])
        case task(Work, fails: Int, hangs: Bool, replacesAll: Bool)
        case parallel(Work, branches: [[Node]])
        case map(Work, items: [Int], concurrency: Int, body: [Node])
        case fail(name: String)
    }

    /// What Task, Parallel and Map have in common.
    struct Work {
        var name: String
        /// nil: no Retry.
        var attemptsMax: Int?
        /// True: a Catch that keeps the state's input and goes on behind it.
        var isCaught: Bool
    }

    let chain: [Node]
    public let definition: String
    public let input: String

    /// - Parameters:
    ///   - depth: how deep states are nested at most.
    ///   - length: states in a row at most.
    ///   - hasVariety: states are written in both query languages, and tasks are of all kinds.
    public init(seed: UInt64, depth: Int = 3, length: Int = 4, hasVariety: Bool = false) {
        var generator = NodeGenerator(seed: seed)
        chain = generator.chain(depth: depth, length: length)
        var text = MachineText(variety: hasVariety ? SeededBits(seed: seed &+ 99) : nil)
        let start = text.add(chain, next: nil)
        let states = text.takeStates()
        definition = """
            {"StartAt":"v0","States":{"v0":{"Type":"Pass","Assign":{"v0.$":"$.x"},"Next":"\(start)"},\(states)}}
            """
        input = "{\"x\":\(generator.number(1..<100))}"
    }

    /// What a worker says to a task of such a machine; empty when it hangs.
    public static func answer(_ request: TaskRequest) -> [TaskReport] { answer(input: request.input) }

    /// The same for a task with this input, which may stand in a `Payload`.
    public static func answer(input text: String) -> [TaskReport] {
        let whole = try? JSONParser.parse(text)
        guard let input = whole?["Payload"] ?? whole, let x = input["x"]?.number?.int64,
            let attempt = input["try"]?.number?.int64,
            let fails = input["fails"]?.number?.int64
        else { return [.failed(error: "BadInput", cause: text)] }
        if input["hangs"]?.bool == true, attempt == 0 { return [] }
        if attempt < fails { return [.failed(error: "E", cause: "attempt \(attempt)")] }
        return [.succeeded(output: "{\"x\":\(result(x))}")]
    }

    static func result(_ x: Int64) -> Int64 { (x * 3 + 7) % 1_000 }

    /// JSON text with the members of objects sorted: for comparing.
    public static func canonical(_ value: JSONValue) -> String {
        switch value {
        case .object(let object):
            let members = object.members.map { (JSONWriter.text(.string($0.key)), canonical($0.value)) }.sorted {
                $0.0 < $1.0
            }
            return "{" + members.map { "\($0.0):\($0.1)" }.joined(separator: ",") + "}"
        case .array(let items): return "[" + items.map(canonical).joined(separator: ",") + "]"
        case .null, .bool, .number, .string: return JSONWriter.text(value)
        }
    }
}

/// Draws chains of nodes.
private struct NodeGenerator {
    private var bits: SeededBits
    private var count = 0

    init(seed: UInt64) { bits = SeededBits(seed: seed) }

    mutating func number(_ range: Range<Int>) -> Int { range.lowerBound + Int(bits.next() % UInt64(range.count)) }

    private mutating func name(_ kind: String) -> String {
        count += 1
        return "\(kind)\(count)"
    }

    private mutating func work(_ kind: String) -> RandomMachine.Work {
        RandomMachine.Work(
            name: name(kind), attemptsMax: number(0..<2) == 0 ? nil : number(0..<3), isCaught: number(0..<3) > 0)
    }

    mutating func chain(depth: Int, length: Int) -> [RandomMachine.Node] {
        (0..<number(1..<length + 1)).map { _ in node(depth: depth) }
    }

    private mutating func node(depth: Int) -> RandomMachine.Node {
        switch number(0..<(depth > 0 ? 16 : 9)) {
        case 0, 1: return .add(name: name("add"), factor: number(1..<5))
        case 2: return .mark(name: name("mark"), value: number(0..<100))
        case 3: return .wait(name: name("wait"), seconds: number(0..<4))
        case 4, 5, 6, 7:
            return .task(work("task"), fails: number(0..<3), hangs: number(0..<6) == 0, replacesAll: number(0..<2) == 0)
        case 8: return number(0..<6) == 0 ? .fail(name: name("fail")) : .add(name: name("add"), factor: 2)
        case 9, 10, 11:
            return .choice(
                name: name("choice"), limit: number(0..<1_000), below: chain(depth: depth - 1, length: 2),
                above: chain(depth: depth - 1, length: 2))
        case 12, 13:
            return .parallel(
                work("parallel"), branches: (0..<number(1..<4)).map { _ in chain(depth: depth - 1, length: 2) })
        default:
            return .map(
                work("map"), items: (0..<number(0..<5)).map { _ in number(0..<1_000) }, concurrency: number(0..<4),
                body: chain(depth: depth - 1, length: 2))
        }
    }
}
