import JSON

/// A top-down operator precedence parser (Pratt): every symbol knows how strongly it binds to the left.
struct Parser {
    private var tokenizer: Tokenizer
    private var token: Token
    private var depth = 0

    /// The tree of `text`, normalised.
    /// - Throws: an `S…` error at the first fault; U1001 where the nesting is beyond what can be walked.
    static func parse(_ text: JSONString) throws(JSONataError) -> SyntaxNode {
        var parser = Parser(text)
        try parser.advance(afterOperand: false)
        let tree = try parser.expression(0)
        guard parser.token.kind == .end else {
            throw JSONataError("S0201", position: parser.token.position, quoting: parser.token.quoted)
        }
        var normaliser = Normaliser()
        return try normaliser.normalised(root: tree)
    }

    private init(_ text: JSONString) {
        tokenizer = Tokenizer(text)
        token = Token(kind: .end, text: "", position: 0)
    }

    // MARK: - Walking over the tokens

    private mutating func advance(afterOperand: Bool) throws(JSONataError) {
        token = try tokenizer.next(afterOperand: afterOperand)
        if let symbol = token.symbol, token.kind == .operation, Self.bindingPower(symbol) == nil {
            throw JSONataError("S0204", position: token.position, token: symbol)
        }
    }

    private mutating func advance(_ expected: String, afterOperand: Bool = false) throws(JSONataError) {
        guard token.symbol == expected else {
            let code = token.kind == .end ? "S0203" : "S0202"
            throw JSONataError(code, position: token.position, quoting: token.quoted, [("value", .string(expected))])
        }
        try advance(afterOperand: afterOperand)
    }

    private func isAt(_ symbol: String) -> Bool { token.symbol == symbol }

    // MARK: - Expressions

    private mutating func expression(_ rightPower: Int) throws(JSONataError) -> SyntaxNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= SyntaxNode.depthMax else { throw EvaluationContext.tooDeep }
        var current = token
        try advance(afterOperand: true)
        var left = try prefix(current)
        while let symbol = token.symbol, rightPower < Self.bindingPower(symbol) ?? 0 {
            current = token
            try advance(afterOperand: false)
            left = try infix(current, left)
        }
        return left
    }

    /// A token at the start of an expression.
    private mutating func prefix(_ token: Token) throws(JSONataError) -> SyntaxNode {
        switch token.kind {
        case .name: return node(.name, token)
        case .variable: return node(.variable, token)
        case .string: return node(.string, token)
        case .value: return node(.value, token)
        case .end: return node(.end, token)
        case .number:
            let result = node(.number, token)
            result.number = token.number
            return result
        case .regex:
            let result = node(.regex, token)
            result.regex = token.regex
            return result
        case .operation: break
        }
        switch token.text.text {
        case "and", "or", "in": return node(.symbol, token)
        case "-":
            let result = node(.unary, token)
            let operand = try expression(70)
            result.left = operand
            try result.didAdopt(operand)
            return result
        case "*": return node(.wildcard, token)
        case "**": return node(.descendant, token)
        case "%": return node(.parent, token)
        case "(": return try block(token)
        case "[": return try arrayConstructor(token)
        case "{":
            let result = node(.unary, token)
            try objectMembers(of: result)
            return result
        case "|": return try transform(token)
        default: throw JSONataError("S0211", position: token.position, quoting: token.quoted)
        }
    }

    /// A token between two operands, or behind one.
    private mutating func infix(_ token: Token, _ left: SyntaxNode) throws(JSONataError) -> SyntaxNode {
        let symbol = token.text.text
        switch symbol {
        case "(": return try call(token, left)
        case "[": return try predicate(token, left)
        case "{":
            let result = node(.binary, token)
            result.left = left
            try result.didAdopt(left)
            try objectMembers(of: result)
            return result
        case "^": return try orderBy(token, left)
        case "?": return try condition(token, left)
        case ":=":
            guard left.kind == .variable else {
                throw JSONataError("S0212", position: left.position, token: left.text.text)
            }
            return try binary(token, left, expression((Self.bindingPower(symbol) ?? 0) - 1))
        case "@", "#":
            let right = try expression(Self.bindingPower(symbol) ?? 0)
            guard right.kind == .variable else { throw JSONataError("S0214", position: right.position, token: symbol) }
            return try binary(token, left, right)
        default:
            return try binary(token, left, expression(Self.bindingPower(symbol) ?? 0))
        }
    }

    private func node(_ kind: SyntaxNode.Kind, _ token: Token) -> SyntaxNode {
        SyntaxNode(kind, text: token.text, position: token.position)
    }

    private func binary(_ token: Token, _ left: SyntaxNode, _ right: SyntaxNode) throws(JSONataError) -> SyntaxNode {
        let result = node(.binary, token)
        result.left = left
        result.right = right
        try result.didAdopt(left, right)
        return result
    }

    // MARK: - Brackets

    private mutating func block(_ token: Token) throws(JSONataError) -> SyntaxNode {
        let result = node(.block, token)
        while !isAt(")") {
            let item = try expression(0)
            result.children.append(item)
            try result.didAdopt(item)
            if !isAt(";") { break }
            try advance(";")
        }
        try advance(")", afterOperand: true)
        return result
    }

    private mutating func arrayConstructor(_ token: Token) throws(JSONataError) -> SyntaxNode {
        let result = node(.unary, token)
        if !isAt("]") {
            while true {
                var item = try expression(0)
                if isAt("..") {
                    let operation = self.token
                    try advance("..")
                    item = try binary(operation, item, expression(0))
                }
                result.children.append(item)
                try result.didAdopt(item)
                if !isAt(",") { break }
                try advance(",")
            }
        }
        try advance("]", afterOperand: true)
        return result
    }

    private mutating func objectMembers(of result: SyntaxNode) throws(JSONataError) {
        if !isAt("}") {
            while true {
                let key = try expression(0)
                try advance(":")
                let value = try expression(0)
                result.pairs.append((key, value))
                try result.didAdopt(key, value)
                if !isAt(",") { break }
                try advance(",")
            }
        }
        try advance("}", afterOperand: true)
    }

    private mutating func predicate(_ token: Token, _ left: SyntaxNode) throws(JSONataError) -> SyntaxNode {
        if isAt("]") {
            // Empty brackets: the step keeps a single result in an array.
            var step = left
            while step.kind == .binary, step.symbol == "[", let inner = step.left { step = inner }
            step.keepsArray = true
            try advance("]", afterOperand: true)
            return left
        }
        let result = try binary(token, left, expression(0))
        try advance("]", afterOperand: true)
        return result
    }

    private mutating func orderBy(_ token: Token, _ left: SyntaxNode) throws(JSONataError) -> SyntaxNode {
        let result = node(.binary, token)
        result.left = left
        try result.didAdopt(left)
        try advance("(")
        while true {
            var isDescending = false
            if isAt("<") {
                try advance("<")
            } else if isAt(">") {
                isDescending = true
                try advance(">")
            }
            let term = try expression(0)
            result.terms.append(SyntaxNode.SortTerm(isDescending: isDescending, expression: term))
            try result.didAdopt(term)
            if !isAt(",") { break }
            try advance(",")
        }
        try advance(")", afterOperand: true)
        return result
    }

    private mutating func condition(_ token: Token, _ left: SyntaxNode) throws(JSONataError) -> SyntaxNode {
        let result = node(.condition, token)
        result.left = left
        result.right = try expression(0)
        if isAt(":") {
            try advance(":")
            result.third = try expression(0)
        }
        try result.didAdopt(left, result.right, result.third)
        return result
    }

    private mutating func transform(_ token: Token) throws(JSONataError) -> SyntaxNode {
        let result = node(.transform, token)
        result.left = try expression(0)
        try advance("|")
        result.right = try expression(0)
        if isAt(",") {
            try advance(",")
            result.third = try expression(0)
        }
        try advance("|", afterOperand: true)
        try result.didAdopt(result.left, result.right, result.third)
        return result
    }

    // MARK: - Calls and functions

    private mutating func call(_ token: Token, _ left: SyntaxNode) throws(JSONataError) -> SyntaxNode {
        let result = node(.function, token)
        result.left = left
        try result.didAdopt(left)
        if !isAt(")") {
            while true {
                if isAt("?") {
                    result.kind = .partial
                    result.children.append(node(.symbol, self.token))
                    try advance("?", afterOperand: true)
                } else {
                    let argument = try expression(0)
                    result.children.append(argument)
                    try result.didAdopt(argument)
                }
                if !isAt(",") { break }
                try advance(",")
            }
        }
        try advance(")", afterOperand: true)
        if left.kind == .name, left.text == "function" || left.text == "λ" { try functionDefinition(result) }
        return result
    }

    private mutating func functionDefinition(_ result: SyntaxNode) throws(JSONataError) {
        for (index, argument) in result.children.enumerated() where argument.kind != .variable {
            throw JSONataError(
                "S0208", position: argument.position, quoting: .string(argument.text), [("value", .integer(index + 1))])
        }
        result.kind = .lambda
        result.left = nil
        if isAt("<") { result.signature = try signature() }
        try advance("{")
        let body = try expression(0)
        result.right = body
        try result.didAdopt(body)
        try advance("}", afterOperand: true)
    }

    private mutating func signature() throws(JSONataError) -> Signature {
        let start = token.position
        var text = "<"
        var depth = 1
        while depth > 0, !isAt("{"), token.kind != .end {
            try advance(afterOperand: false)
            if isAt(">") { depth -= 1 }
            if isAt("<") { depth += 1 }
            text += token.text.text
        }
        try advance(">")
        do {
            return try Signature(text)
        } catch {
            throw error.at(start + (error.position ?? 0))
        }
    }

    /// How strongly a symbol binds to what stands left of it; nil for what is no symbol.
    private static func bindingPower(_ symbol: String) -> Int? {
        switch symbol {
        case ".": 75
        case "[", "(", "@", "#": 80
        case "{": 70
        case "*", "/", "%": 60
        case "+", "-", "&": 50
        case "=", "!=", "<", "<=", ">", ">=", "^", "~>", "in": 40
        case "and": 30
        case "or": 25
        case "?": 20
        case ":=": 10
        case "]", "}", ")", ",", ";", ":", "..", "|", "**", "(end)": 0
        default: nil
        }
    }
}
