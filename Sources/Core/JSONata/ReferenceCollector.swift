import JSON

/// Walks over a tree and notes what it refers to.
struct ReferenceCollector {
    private(set) var references = JSONataReferences()
    /// Variables that have been defined in the scopes round the place, innermost last.
    private var scopes: [Set<JSONString>] = [[]]
    /// Whether the context is the input document and nothing that a path or function has set.
    private var isTopLevel = true

    mutating func collect(_ node: SyntaxNode) {
        switch node.kind {
        case .path: collectPath(node)
        case .name: if isTopLevel { note(node.text.text, node.position) }
        case .wildcard, .descendant: if isTopLevel { note(node.text.text, node.position) }
        case .variable: collectVariable(node)
        case .bind:
            collect(optional: node.right)
            if let name = node.left?.text { scopes[scopes.count - 1].insert(name) }
        case .lambda: collectLambda(node)
        case .block:
            scopes.append([])
            for child in node.children { collect(child) }
            scopes.removeLast()
        case .transform:
            collectInside([node.left, node.right, node.third])
        case .function, .partial:
            collectProcedure(node.left)
            for child in node.children { collect(child) }
        case .binary, .condition, .apply, .unary:
            collect(optional: node.left)
            collect(optional: node.right)
            collect(optional: node.third)
            for child in node.children { collect(child) }
            for pair in node.pairs {
                collect(pair.key)
                collect(pair.value)
            }
        case .sort: collectInside(node.terms.map(\.expression))
        case .string, .number, .value, .regex, .parent, .symbol, .end: break
        }
        guard node.kind != .path else { return }
        collectBehind(node)
    }

    private mutating func collect(optional node: SyntaxNode?) {
        if let node { collect(node) }
    }

    private mutating func collectPath(_ node: SyntaxNode) {
        noteStates(node)
        let outer = isTopLevel
        for (index, step) in node.children.enumerated() {
            if index > 0 { isTopLevel = false }
            collect(step)
            isTopLevel = false
            for name in [step.focus, step.index] {
                if let name { scopes[scopes.count - 1].insert(name) }
            }
        }
        if let group = node.group {
            for pair in group.pairs { collectInside([pair.key, pair.value]) }
        }
        isTopLevel = outer
    }

    /// Predicates, stages and a grouping: their context is what stands before them.
    private mutating func collectBehind(_ node: SyntaxNode) {
        for stage in node.predicates + node.stages {
            switch stage {
            case .filter(let predicate): collectInside([predicate])
            case .index(let name): scopes[scopes.count - 1].insert(name)
            }
        }
        if let group = node.group {
            for pair in group.pairs { collectInside([pair.key, pair.value]) }
        }
    }

    private mutating func collectInside(_ nodes: [SyntaxNode?]) {
        let outer = isTopLevel
        isTopLevel = false
        for node in nodes { collect(optional: node) }
        isTopLevel = outer
    }

    private mutating func collectLambda(_ node: SyntaxNode) {
        scopes.append(Set(node.children.map(\.text)))
        collect(optional: node.right)
        scopes.removeLast()
    }

    private mutating func collectProcedure(_ node: SyntaxNode?) {
        // A function of the language is no variable of the workflow.
        if let node, node.kind == .variable, FunctionTable.functions[node.text.text] != nil, !isDefined(node.text) {
            return
        }
        collect(optional: node)
    }

    private mutating func collectVariable(_ node: SyntaxNode) {
        if node.text.isEmpty {
            if isTopLevel { note("$", node.position) }
        } else if node.text == "$" {
            note("$$", node.position)
        } else if !isDefined(node.text) {
            let name = node.text.text
            if !references.variables.contains(name) { references.variables.append(name) }
            if name == "states", node.predicates.isEmpty, !isStatesPath { references.states.append(nil) }
        }
    }

    private var isStatesPath = false

    private mutating func noteStates(_ node: SyntaxNode) {
        guard let first = node.children.first, first.kind == .variable, first.text == "states", !isDefined("states"),
            node.children.count > 1, node.children[1].kind == .name
        else {
            isStatesPath = false
            return
        }
        isStatesPath = true
        references.states.append(node.children[1].text.text)
    }

    private func isDefined(_ name: JSONString) -> Bool { scopes.contains { $0.contains(name) } }

    private mutating func note(_ text: String, _ position: Int) {
        references.document.append(JSONataReferences.DocumentReference(text: text, position: position))
    }
}
