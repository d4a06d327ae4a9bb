public import JSON

/// A JSONata expression, compiled once and evaluated any number of times, on any thread.
///
/// The language is JSONata 2.0.6 as Step Functions runs it: with `$partition`, `$range`, `$hash`, `$random`, `$uuid` and
/// `$parse`, without `$eval`. Where 2.0.6 has a bug that 2.2.2 mended, the answer is 2.2.2's.
public struct JSONataExpression: Sendable {
    /// As it was written, without `{%` and `%}`.
    public let text: String
    /// What the expression refers to, for checks when a definition is made.
    public let references: JSONataReferences
    private let root: any Node
    private let names: [JSONString]
    /// The number of `$$`; nil where the expression does not use it.
    private let documentName: Int?
    private let hintCount: Int

    /// - Throws: an `S…` error at the first fault.
    public init(_ text: String) throws(JSONataError) { try self.init(JSONString(text)) }

    /// - Parameter text: as the other initialiser's; lone surrogates may stand in its strings.
    /// - Throws: an `S…` error at the first fault.
    public init(_ text: JSONString) throws(JSONataError) {
        let tree: SyntaxNode
        do {
            tree = try Parser.parse(text)
        } catch {
            guard error.code == EvaluationContext.tooDeep.code else { throw error }
            // Nested beyond what can be walked: well-formed as far as anyone can tell, and no depth limit lets it through.
            self.text = text.text
            references = JSONataReferences()
            root = TooDeepNode()
            names = []
            documentName = nil
            hintCount = 0
            return
        }
        var collector = ReferenceCollector()
        collector.collect(tree)
        var compiler = Compiler()
        self.text = text.text
        references = collector.references
        root = try compiler.compiled(tree)
        names = compiler.names
        documentName = compiler.names.firstIndex(of: "$")
        hintCount = compiler.hintCount
    }

    /// - Parameters:
    ///   - input: the document that `$` and `$$` stand for; nil for none, which is not null.
    ///   - bindings: variables by their names without `$`.
    ///   - environment: moment, random source and limits.
    /// - Throws: `T…` and `D…` errors of the expression; U1001 where a limit is reached.
    public func evaluate(
        input: JSONValue? = nil, bindings: [(name: JSONString, value: JSONValue)] = [], environment: JSONataEnvironment
    ) throws(JSONataError) -> JSONataResult {
        let context = EvaluationContext(environment, hintCount: hintCount)
        defer { context.end() }
        let frame = Frame(parent: nil)
        let document = input.map { Value($0) } ?? .undefined
        for (number, name) in names.enumerated() {
            if number == documentName {
                frame.bind(number, document)
            } else if let binding = bindings.last(where: { $0.name == name }) {
                frame.bind(number, Value(binding.value))
            }
        }
        var start = document
        if document.isArray { start = .array(Elements([document], [.sequence, .outerWrapper])) }
        let result = try root.evaluate(start, frame, context)
        switch result {
        case .undefined: return .undefined
        case .function: return .function
        case .null, .bool, .number, .string, .list, .array, .object, .record, .tuples:
            try ResultSize.check(result, context)
            return result.json.map { .value($0) } ?? .undefined
        }
    }
}

/// Stands for an expression that is nested too deeply to be compiled.
final class TooDeepNode: Node {
    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        throw EvaluationContext.tooDeep
    }
}

/// What a result would come to as text: shared parts count each time, so that a small value in memory can't become an
/// endless one on the wire.
enum ResultSize {
    /// Where there is no limit on memory.
    private static let bytesMax = 256_000_000

    /// - Throws: U1001 above the limit.
    static func check(_ value: Value, _ context: EvaluationContext) throws(JSONataError) {
        switch value {
        case .array, .record: break
        case .list, .object: if context.nestedCount == 0 { return }
        case .undefined, .null, .bool, .number, .string, .function, .tuples: return
        }
        var rest = min(context.memoryBytesMax, bytesMax)
        try count(value, &rest)
    }

    private static func count(_ value: Value, _ rest: inout Int) throws(JSONataError) {
        switch value {
        case .string(let text): rest -= text.utf8Count
        case .list(let items):
            rest -= 8 * items.count
            for item in items { try count(item, &rest) }
        case .array(let elements):
            rest -= 8 * elements.items.count
            for item in elements.items { try count(item, &rest) }
        case .object(let object):
            for member in object.members { try count(member.value, &rest) }
        case .record(let record):
            for member in record.members { try count(member.value, &rest) }
        case .undefined, .null, .bool, .number, .function, .tuples: break
        }
        if rest < 0 { throw EvaluationContext.tooMuch }
    }

    private static func count(_ value: JSONValue, _ rest: inout Int) throws(JSONataError) {
        switch value {
        case .string(let text): rest -= text.utf8Count
        case .array(let items):
            rest -= 8 * items.count
            for item in items { try count(item, &rest) }
        case .object(let object):
            for member in object.members {
                rest -= 1
                try count(member.value, &rest)
            }
        case .null, .bool, .number: break
        }
        if rest < 0 { throw EvaluationContext.tooMuch }
    }
}
