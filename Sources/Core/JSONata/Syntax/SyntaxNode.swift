import JSON

/// One node of the tree that the parser makes and the normaliser rewrites; it lives only while an expression is compiled.
final class SyntaxNode {
    enum Kind {
        case name, string, number, value, variable, regex
        case wildcard, descendant, parent
        /// A symbol that stands alone: `?` among arguments, or `and`, `or`, `in` used as a name.
        case symbol
        case end
        case binary, unary, function, partial, lambda, block, condition, transform
        case path, bind, apply, sort
    }

    /// A filter or a position variable that follows a step.
    enum Stage {
        case filter(SyntaxNode)
        case index(JSONString)
    }

    struct SortTerm {
        var isDescending: Bool
        var expression: SyntaxNode
    }

    /// `{ key: value }` behind a step.
    struct Group {
        var pairs: [(key: SyntaxNode, value: SyntaxNode)]
        var position: Int
    }

    var kind: Kind
    /// The token's characters: a name, a string, an operator.
    var text: JSONString
    var number: Double = 0
    var regex: RegularExpression?
    let position: Int
    /// Levels of nodes from here down; bounded, so that no walk over the tree can exhaust the stack.
    private(set) var depth = 1

    var left: SyntaxNode?
    var right: SyntaxNode?
    /// The condition's third part, the transform's deletions.
    var third: SyntaxNode?
    /// Arguments, elements, the expressions of a block, the steps of a path.
    var children: [SyntaxNode] = []
    var pairs: [(key: SyntaxNode, value: SyntaxNode)] = []
    var terms: [SortTerm] = []
    var signature: Signature?

    // What the normaliser finds out.
    var predicates: [Stage] = []
    var stages: [Stage] = []
    var group: Group?
    var keepsArray = false
    var keepsSingletonArray = false
    var isConstructedArray = false
    var isTuple = false
    var focus: JSONString?
    var index: JSONString?
    var ancestor: AncestorSlot?
    var seekingParent: [AncestorSlot] = []
    /// What a `%` refers to.
    var slot: AncestorSlot?

    init(_ kind: Kind, text: JSONString, position: Int) {
        self.kind = kind
        self.text = text
        self.position = position
    }

    /// The operator of a binary or unary node.
    var symbol: String { text.text }

    /// Takes the depth of what has been hung under this node into account.
    /// - Throws: U1001 where the tree is deeper than any walk over it may go.
    func didAdopt(_ nodes: SyntaxNode?...) throws(JSONataError) {
        for case let node? in nodes { depth = max(depth, node.depth + 1) }
        guard depth <= Self.depthMax else { throw EvaluationContext.tooDeep }
    }

    /// Far above the 100 levels that Step Functions evaluates, and far below what a thread's stack holds.
    static let depthMax = 500
}

/// Where the value that a `%` stands for is kept: the name of a variable that the step it points to will bind.
final class AncestorSlot {
    var label: Int
    var level = 1

    init(label: Int) { self.label = label }
}
