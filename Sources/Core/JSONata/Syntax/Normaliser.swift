import JSON

/// Rewrites the parser's tree: dots become paths, predicates become stages of their step, and every `%` finds the step that
/// has to remember what it points to.
struct Normaliser {
    private var labelCount = 0

    mutating func normalised(root: SyntaxNode) throws(JSONataError) -> SyntaxNode {
        let result = try normalised(root)
        guard result.kind != .parent, result.seekingParent.isEmpty else {
            throw JSONataError("S0217", position: result.position, token: "\(result.kind)")
        }
        return result
    }

    private mutating func normalised(_ node: SyntaxNode) throws(JSONataError) -> SyntaxNode {
        let result: SyntaxNode
        switch node.kind {
        case .binary: result = try binary(node)
        case .unary: result = try unary(node)
        case .function, .partial:
            result = node
            try normaliseChildren(of: node)
            if let procedure = node.left { node.left = try normalised(procedure) }
        case .lambda:
            result = node
            if let body = node.right { node.right = try normalised(body) }
        case .condition:
            result = node
            node.left = try adopted(node.left, by: node)
            node.right = try adopted(node.right, by: node)
            node.third = try adopted(node.third, by: node)
        case .transform:
            result = node
            if let pattern = node.left { node.left = try normalised(pattern) }
            if let update = node.right { node.right = try normalised(update) }
            if let deletion = node.third { node.third = try normalised(deletion) }
        case .block:
            result = node
            try normaliseChildren(of: node)
            for part in node.children
            where part.isConstructedArray || (part.kind == .path && part.children[0].isConstructedArray) {
                node.isConstructedArray = true
            }
        case .name:
            result = SyntaxNode(.path, text: node.text, position: node.position)
            result.children = [node]
            result.keepsSingletonArray = node.keepsArray
        case .symbol where node.symbol != "?":
            // `and`, `or` and `in` as names of fields.
            node.kind = .name
            result = try normalised(node)
        case .parent:
            result = node
            node.slot = AncestorSlot(label: labelCount)
            labelCount += 1
        case .end:
            throw JSONataError("S0207", position: node.position, token: "(end)")
        case .string, .number, .value, .variable, .regex, .wildcard, .descendant, .symbol, .path, .bind, .apply, .sort:
            result = node
        }
        if node.keepsArray { result.keepsArray = true }
        return result
    }

    private mutating func normaliseChildren(of node: SyntaxNode) throws(JSONataError) {
        for index in node.children.indices {
            let child = try normalised(node.children[index])
            pushAncestry(child, to: node)
            node.children[index] = child
        }
    }

    private mutating func adopted(_ child: SyntaxNode?, by parent: SyntaxNode) throws(JSONataError) -> SyntaxNode? {
        guard let child else { return nil }
        let result = try normalised(child)
        pushAncestry(result, to: parent)
        return result
    }

    // MARK: - Operators

    private mutating func unary(_ node: SyntaxNode) throws(JSONataError) -> SyntaxNode {
        switch node.symbol {
        case "[": try normaliseChildren(of: node)
        case "{":
            for index in node.pairs.indices {
                let key = try normalised(node.pairs[index].key)
                pushAncestry(key, to: node)
                let value = try normalised(node.pairs[index].value)
                pushAncestry(value, to: node)
                node.pairs[index] = (key, value)
            }
        default:
            guard let operand = node.left else { return node }
            let inner = try normalised(operand)
            if inner.kind == .number, inner.predicates.isEmpty {
                inner.number = -inner.number
                return inner
            }
            node.left = inner
            pushAncestry(inner, to: node)
        }
        return node
    }

    private mutating func binary(_ node: SyntaxNode) throws(JSONataError) -> SyntaxNode {
        guard let leftNode = node.left else { return node }
        switch node.symbol {
        case ".":
            guard let rightNode = node.right else { return node }
            return try path(node, leftNode, rightNode)
        case "[":
            guard let rightNode = node.right else { return node }
            return try filtered(leftNode, by: rightNode, position: node.position)
        case "{":
            let result = try normalised(leftNode)
            guard result.group == nil else { throw JSONataError("S0210", position: node.position) }
            var pairs: [(key: SyntaxNode, value: SyntaxNode)] = []
            for pair in node.pairs { pairs.append((try normalised(pair.key), try normalised(pair.value))) }
            result.group = SyntaxNode.Group(pairs: pairs, position: node.position)
            return result
        case "^": return try ordered(node, leftNode)
        case ":=":
            node.kind = .bind
            node.left = try normalised(leftNode)
            node.right = try adopted(node.right, by: node)
            return node
        case "@": return try focused(node, leftNode)
        case "#": return try indexed(node, leftNode)
        case "~>":
            node.kind = .apply
            node.left = try normalised(leftNode)
            if let rightNode = node.right { node.right = try normalised(rightNode) }
            node.keepsArray = node.left?.keepsArray == true || node.right?.keepsArray == true
            return node
        default:
            node.left = try adopted(leftNode, by: node)
            node.right = try adopted(node.right, by: node)
            return node
        }
    }

    private mutating func path(
        _ node: SyntaxNode, _ leftNode: SyntaxNode, _ rightNode: SyntaxNode
    ) throws(JSONataError) -> SyntaxNode {
        let first = try normalised(leftNode)
        let result: SyntaxNode
        if first.kind == .path {
            result = first
        } else {
            result = SyntaxNode(.path, text: "", position: node.position)
            result.children = [first]
        }
        if first.kind == .parent, let slot = first.slot { result.seekingParent = [slot] }
        let rest = try normalised(rightNode)
        if rest.kind == .path {
            result.children.append(contentsOf: rest.children)
        } else {
            if !rest.predicates.isEmpty {
                rest.stages = rest.predicates
                rest.predicates = []
            }
            result.children.append(rest)
        }
        for step in result.children {
            switch step.kind {
            case .number:
                throw JSONataError("S0213", position: step.position, [("value", .double(step.number))])
            case .value:
                let value: JSONValue = step.text == "true" ? true : step.text == "false" ? false : .null
                throw JSONataError("S0213", position: step.position, [("value", value)])
            case .string: step.kind = .name
            default: break
            }
            if step.keepsArray { result.keepsSingletonArray = true }
        }
        if let step = result.children.first, step.kind == .unary, step.symbol == "[" { step.isConstructedArray = true }
        if let step = result.children.last, step.kind == .unary, step.symbol == "[" { step.isConstructedArray = true }
        try resolveAncestry(of: result)
        return result
    }

    private mutating func filtered(
        _ leftNode: SyntaxNode, by rightNode: SyntaxNode, position: Int
    ) throws(JSONataError) -> SyntaxNode {
        let result = try normalised(leftNode)
        let isPath = result.kind == .path
        let step = isPath ? result.children[result.children.count - 1] : result
        guard step.group == nil, result.group == nil else { throw JSONataError("S0209", position: position) }
        let predicate = try normalised(rightNode)
        for slot in predicate.seekingParent {
            if slot.level == 1 {
                try seekParent(step, slot)
            } else {
                slot.level -= 1
            }
        }
        pushAncestry(predicate, to: step)
        if isPath {
            step.stages.append(.filter(predicate))
        } else {
            step.predicates.append(.filter(predicate))
        }
        return result
    }

    private mutating func ordered(_ node: SyntaxNode, _ leftNode: SyntaxNode) throws(JSONataError) -> SyntaxNode {
        let first = try normalised(leftNode)
        let result: SyntaxNode
        if first.kind == .path {
            result = first
        } else {
            result = SyntaxNode(.path, text: "", position: node.position)
            result.children = [first]
        }
        let sort = SyntaxNode(.sort, text: "^", position: node.position)
        for term in node.terms {
            let expression = try normalised(term.expression)
            pushAncestry(expression, to: sort)
            sort.terms.append(SyntaxNode.SortTerm(isDescending: term.isDescending, expression: expression))
        }
        result.children.append(sort)
        try resolveAncestry(of: result)
        return result
    }

    private mutating func focused(_ node: SyntaxNode, _ leftNode: SyntaxNode) throws(JSONataError) -> SyntaxNode {
        let result = try normalised(leftNode)
        let step = result.kind == .path ? result.children[result.children.count - 1] : result
        guard step.stages.isEmpty, step.predicates.isEmpty else { throw JSONataError("S0215", position: node.position) }
        guard step.kind != .sort else { throw JSONataError("S0216", position: node.position) }
        if node.keepsArray { step.keepsArray = true }
        step.focus = node.right?.text
        step.isTuple = true
        return result
    }

    private mutating func indexed(_ node: SyntaxNode, _ leftNode: SyntaxNode) throws(JSONataError) -> SyntaxNode {
        var result = try normalised(leftNode)
        var step = result
        if result.kind == .path {
            step = result.children[result.children.count - 1]
        } else {
            result = SyntaxNode(.path, text: "", position: node.position)
            result.children = [step]
            step.stages = step.predicates
            step.predicates = []
        }
        if let name = node.right?.text {
            if step.stages.isEmpty {
                step.index = name
            } else {
                step.stages.append(.index(name))
            }
        }
        step.isTuple = true
        return result
    }

    // MARK: - Parents

    /// Hands what `value` still seeks on to the node above it.
    private func pushAncestry(_ value: SyntaxNode, to result: SyntaxNode) {
        result.seekingParent.append(contentsOf: value.seekingParent)
        if value.kind == .parent, let slot = value.slot { result.seekingParent.append(slot) }
    }

    /// Lets each `%` of the path's last step find, among the steps before it, the one it points to.
    private func resolveAncestry(of path: SyntaxNode) throws(JSONataError) {
        guard let last = path.children.last else { return }
        var slots = last.seekingParent
        if last.kind == .parent, let slot = last.slot { slots.append(slot) }
        for slot in slots {
            var index = path.children.count - 2
            while slot.level > 0 {
                guard index >= 0 else {
                    path.seekingParent.append(slot)
                    break
                }
                var step = path.children[index]
                index -= 1
                // Steps that bind a variable do not move the context: they count as one.
                while index >= 0, step.focus != nil, path.children[index].focus != nil {
                    step = path.children[index]
                    index -= 1
                }
                try seekParent(step, slot)
            }
        }
    }

    private func seekParent(_ node: SyntaxNode, _ slot: AncestorSlot) throws(JSONataError) {
        switch node.kind {
        case .name, .wildcard:
            slot.level -= 1
            if slot.level == 0 {
                if let known = node.ancestor { slot.label = known.label }
                node.ancestor = slot
                node.isTuple = true
            }
        case .parent: slot.level += 1
        case .block:
            if let last = node.children.last {
                node.isTuple = true
                try seekParent(last, slot)
            }
        case .path:
            node.isTuple = true
            var index = node.children.count - 1
            try seekParent(node.children[index], slot)
            index -= 1
            while slot.level > 0, index >= 0 {
                try seekParent(node.children[index], slot)
                index -= 1
            }
        default:
            throw JSONataError("S0217", position: node.position, token: "\(node.kind)")
        }
    }
}
