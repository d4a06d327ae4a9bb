import JSON

/// Turns a normalised tree into nodes that can be evaluated. Names become numbers.
struct Compiler {
    /// Every variable by its number.
    private(set) var names: [JSONString] = []
    private var numbers: [JSONString: Int] = [:]
    private(set) var hintCount = 0
    /// Whether the innermost scope has been found to need a frame of its own.
    private var scopeBinds = false

    mutating func number(of name: JSONString) -> Int {
        if let known = numbers[name] { return known }
        names.append(name)
        numbers[name] = names.count - 1
        return names.count - 1
    }

    // MARK: - Nodes

    mutating func compiled(_ node: SyntaxNode, isTail: Bool = false) throws(JSONataError) -> any Node {
        if node.kind == .path { return try path(node) }
        let isPlain = node.predicates.isEmpty && node.group == nil && !node.keepsArray
        let base = try bare(node, isTail: isTail && isPlain, isRaw: !isPlain)
        guard !isPlain, node.kind != .apply else { return base }
        return FilteredNode(
            base, filters: try filters(node.predicates), group: try group(node), keepsArray: node.keepsArray)
    }

    private mutating func bare(_ node: SyntaxNode, isTail: Bool, isRaw: Bool) throws(JSONataError) -> any Node {
        switch node.kind {
        case .number: return NumberNode(node.number)
        case .string: return StringNode(node.text)
        case .value: return ConstantNode(node.text == "true" ? true : node.text == "false" ? false : nil)
        case .name: return field(node.text)
        case .variable:
            guard !node.text.isEmpty else { return ContextNode() }
            return VariableNode(name: number(of: node.text), builtIn: FunctionTable.functions[node.text.text])
        case .regex: return node.regex.map { RegexNodeValue($0) } ?? NothingNode()
        case .wildcard: return WildcardNode(isRaw: isRaw)
        case .descendant: return DescendantNode(isRaw: isRaw)
        case .parent: return ParentNode(name: number(of: Self.label(node.slot)))
        case .symbol, .end, .sort: return NothingNode()
        case .binary: return try binary(node)
        case .unary: return try unary(node)
        case .function: return try call(node, isTail: isTail, isRaw: isRaw)
        case .partial: return try partial(node)
        case .lambda: return try lambda(node)
        case .block: return try block(node, isTail: isTail)
        case .condition:
            return ConditionNode(
                try operand(node.left), try operand(node.right, isTail: isTail),
                try node.third == nil ? nil : operand(node.third, isTail: isTail))
        case .transform:
            return TransformNode(
                pattern: try operand(node.left), update: try operand(node.right),
                updatePosition: node.right?.position ?? 0,
                deletion: try node.third == nil ? nil : operand(node.third),
                deletionPosition: node.third?.position ?? 0,
                cloneName: number(of: "clone"))
        case .path: return try path(node)
        case .bind:
            scopeBinds = true
            return BindNode(number(of: node.left?.text ?? ""), try operand(node.right))
        case .apply:
            return ApplyNode(
                try operand(node.left), try node.right?.kind == .function ? bareCall(node.right) : operand(node.right),
                position: node.position, keepsArray: node.keepsArray)
        }
    }

    private mutating func operand(_ node: SyntaxNode?, isTail: Bool = false) throws(JSONataError) -> any Node {
        guard let node else { return NothingNode() }
        return try compiled(node, isTail: isTail)
    }

    /// The call on the right of `~>`, whose predicates are not looked at.
    private mutating func bareCall(_ node: SyntaxNode?) throws(JSONataError) -> any Node {
        guard let node else { return NothingNode() }
        return try call(node, isTail: false, isRaw: true)
    }

    private mutating func field(_ key: JSONString) -> FieldNode {
        hintCount += 1
        return FieldNode(key: key, hint: hintCount - 1)
    }

    private mutating func binary(_ node: SyntaxNode) throws(JSONataError) -> any Node {
        if node.symbol == "&" { return ConcatenationNode(try concatenated(node)) }
        let left = try operand(node.left)
        let right = try operand(node.right)
        switch node.symbol {
        case "and", "or": return LogicNode(isAnd: node.symbol == "and", left, right)
        case "=", "!=": return EqualityNode(isNegated: node.symbol == "!=", left, right)
        case "in": return MembershipNode(left, right)
        case "..": return RangeNode(left, right, position: node.position)
        default: break
        }
        if let operation = ArithmeticNode.Operation(rawValue: node.symbol) {
            return ArithmeticNode(operation, left, right, position: node.position)
        }
        if let operation = ComparisonNode.Operation(rawValue: node.symbol) {
            return ComparisonNode(operation, left, right, position: node.position)
        }
        throw JSONataError("S0206", position: node.position, token: node.symbol)
    }

    /// The operands of `&` in a row.
    private mutating func concatenated(_ node: SyntaxNode) throws(JSONataError) -> [any Node] {
        var parts: [any Node] = []
        var current = node
        while let right = current.right {
            parts.append(try compiled(right))
            guard let left = current.left else { break }
            guard left.kind == .binary, left.symbol == "&", left.predicates.isEmpty, left.group == nil, !left.keepsArray
            else {
                parts.append(try compiled(left))
                break
            }
            current = left
        }
        return parts.reversed()
    }

    private mutating func unary(_ node: SyntaxNode) throws(JSONataError) -> any Node {
        switch node.symbol {
        case "[":
            var items: [ArrayNode.Item] = []
            for child in node.children {
                items.append(
                    ArrayNode.Item(node: try compiled(child), isArray: child.kind == .unary && child.symbol == "["))
            }
            return ArrayNode(items, isConstructed: node.isConstructedArray)
        case "{": return ObjectNode(try groupTerms(node.pairs, position: node.position))
        default: return NegationNode(try operand(node.left), position: node.position)
        }
    }

    private mutating func block(_ node: SyntaxNode, isTail: Bool) throws(JSONataError) -> any Node {
        let outer = scopeBinds
        scopeBinds = false
        var parts: [any Node] = []
        for (index, child) in node.children.enumerated() {
            parts.append(try compiled(child, isTail: isTail && index == node.children.count - 1))
        }
        let hasScope = scopeBinds
        scopeBinds = outer
        // One expression that sets nothing is that expression.
        if parts.count == 1, !hasScope { return parts[0] }
        return BlockNode(parts, hasScope: hasScope)
    }

    // MARK: - Calls

    private mutating func call(_ node: SyntaxNode, isTail: Bool, isRaw: Bool) throws(JSONataError) -> any Node {
        var arguments: [any Node] = []
        for child in node.children { arguments.append(try compiled(child)) }
        return CallNode(
            try operand(node.left), arguments, name: Self.name(of: node.left), position: node.position,
            bareName: bareName(node.left), isTail: isTail, isRaw: isRaw)
    }

    private mutating func partial(_ node: SyntaxNode) throws(JSONataError) -> any Node {
        var arguments: [(any Node)?] = []
        for child in node.children { arguments.append(try child.kind == .symbol ? nil : compiled(child)) }
        return PartialNode(
            try operand(node.left), arguments, name: Self.name(of: node.left), position: node.position,
            bareName: bareName(node.left))
    }

    private mutating func lambda(_ node: SyntaxNode) throws(JSONataError) -> any Node {
        let outer = scopeBinds
        let parameters = node.children.map { number(of: $0.text) }
        let body = try operand(node.right, isTail: true)
        scopeBinds = outer
        return LambdaNode(parameters: parameters, body: body, signature: node.signature)
    }

    private static func name(of procedure: SyntaxNode?) -> String {
        guard let procedure else { return "" }
        return procedure.kind == .path ? procedure.children[0].text.text : procedure.text.text
    }

    private mutating func bareName(_ procedure: SyntaxNode?) -> CallNode.BareName? {
        guard let procedure, procedure.kind == .path else { return nil }
        let name = procedure.children[0].text
        return CallNode.BareName(
            text: name.text, variable: number(of: name), isBuiltIn: FunctionTable.functions[name.text] != nil)
    }

    // MARK: - Paths

    private mutating func path(_ node: SyntaxNode) throws(JSONataError) -> any Node {
        var steps: [PathStep] = []
        for child in node.children { steps.append(try step(child)) }
        let startsWithVariable = node.children[0].kind == .variable
        let group = try group(node)
        let keepsSingleton = node.keepsSingletonArray || node.keepsArray
        // Predicates of the path itself come from brackets round a path that was already one.
        let path: any Node
        if steps.contains(where: { $0.tuple != nil }) {
            path = TuplePathNode(
                steps: steps, startsWithVariable: startsWithVariable, keepsTuples: node.isTuple,
                keepsSingleton: keepsSingleton, group: group)
        } else if steps.count == 1, case .field(let field) = steps[0].kind, steps[0].stages.isEmpty, group == nil,
            !keepsSingleton
        {
            path = FieldPathNode(field)
        } else {
            path = PathNode(
                steps: steps, startsWithVariable: startsWithVariable, keepsSingleton: keepsSingleton, group: group)
        }
        guard !node.predicates.isEmpty || node.keepsArray else { return path }
        return FilteredNode(path, filters: try filters(node.predicates), group: nil, keepsArray: node.keepsArray)
    }

    private mutating func step(_ node: SyntaxNode) throws(JSONataError) -> PathStep {
        var stages: [Stage] = []
        for stage in node.stages {
            switch stage {
            case .filter(let predicate): stages.append(.filter(try filter(predicate)))
            case .index(let name): stages.append(.index(number(of: name)))
            }
        }
        var tuple: TupleBinding?
        if node.isTuple {
            tuple = TupleBinding(
                focus: node.focus.map { number(of: $0) }, index: node.index.map { number(of: $0) },
                ancestor: node.ancestor.map { number(of: Self.label($0)) })
        }
        let kind: PathStep.Kind
        if node.kind == .sort {
            var terms: [SortTerms.Term] = []
            for term in node.terms {
                terms.append(SortTerms.Term(isDescending: term.isDescending, node: try compiled(term.expression)))
            }
            kind = .sort(SortTerms(terms))
        } else if node.kind == .name, node.predicates.isEmpty, node.group == nil, !node.keepsArray {
            kind = .field(field(node.text))
        } else {
            kind = .expression(try compiled(node))
        }
        return PathStep(kind, stages: stages, isConstructedArray: node.isConstructedArray, tuple: tuple)
    }

    private mutating func filter(_ predicate: SyntaxNode) throws(JSONataError) -> Filter {
        Filter(try compiled(predicate), isConstant: Self.isConstant(predicate))
    }

    /// Whether a predicate is made of numbers only: `[0, 2]`, `[0..9]`.
    private static func isConstant(_ node: SyntaxNode) -> Bool {
        guard node.predicates.isEmpty, node.group == nil else { return false }
        switch node.kind {
        case .number: return true
        case .unary: return node.symbol == "[" && node.children.allSatisfy { isConstant($0) }
        case .binary:
            guard node.symbol == "..", let left = node.left, let right = node.right else { return false }
            return isConstant(left) && isConstant(right)
        default: return false
        }
    }

    private mutating func filters(_ stages: [SyntaxNode.Stage]) throws(JSONataError) -> [Filter] {
        var result: [Filter] = []
        for case .filter(let predicate) in stages { result.append(try filter(predicate)) }
        return result
    }

    private mutating func group(_ node: SyntaxNode) throws(JSONataError) -> GroupTerms? {
        guard let group = node.group else { return nil }
        return try groupTerms(group.pairs, position: group.position)
    }

    private mutating func groupTerms(
        _ pairs: [(key: SyntaxNode, value: SyntaxNode)], position: Int
    ) throws(JSONataError) -> GroupTerms {
        var terms: [GroupTerms.Pair] = []
        for pair in pairs {
            terms.append(GroupTerms.Pair(key: try compiled(pair.key), value: try compiled(pair.value)))
        }
        return GroupTerms(terms, position: position)
    }

    /// A name that no expression can write.
    private static func label(_ slot: AncestorSlot?) -> JSONString { JSONString("!\(slot?.label ?? 0)") }
}
