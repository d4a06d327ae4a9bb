import JSON

/// `name(…)`: a call.
final class CallNode: Node {
    let procedure: any Node
    let arguments: [any Node]
    /// The function's name as errors quote it.
    let name: String
    let position: Int
    /// Whether the procedure is a bare name that a variable could have been meant by.
    private let bareName: BareName?
    /// Whether the call is the last thing its function does: it is left to the caller.
    private let isTail: Bool
    /// Whether the rule of sequences is left to what stands round the call.
    private let isRaw: Bool
    /// The procedure where it is a function of the language, unless a variable has its name.
    private let builtIn: (function: BuiltIn, variable: Int)?
    private let picture: PreparedPicture?

    struct BareName: Sendable {
        var text: String
        var variable: Int
        var isBuiltIn: Bool
    }

    init(
        _ procedure: any Node, _ arguments: [any Node], name: String, position: Int, bareName: BareName?, isTail: Bool,
        isRaw: Bool
    ) {
        self.procedure = procedure
        self.arguments = arguments
        self.name = name
        self.position = position
        self.bareName = bareName
        self.isTail = isTail
        self.isRaw = isRaw
        let variable = procedure as? VariableNode
        builtIn = variable?.builtIn.map { ($0, variable?.name ?? 0) }
        let place = DateFunctions.picturePlaces[variable?.builtIn?.name ?? ""]
        let written = place.flatMap { $0 < arguments.count ? arguments[$0] as? StringNode : nil }
        picture = written.flatMap { PreparedPicture($0.value) }
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try evaluate(input, frame, context, first: nil)
    }

    /// - Parameter first: what `~>` hands in before the other arguments.
    func evaluate(
        _ input: Value, _ frame: Frame, _ context: EvaluationContext, first: Value?
    ) throws(JSONataError) -> Value {
        try context.enter()
        defer { context.leave() }
        if let (builtIn, variable) = builtIn, !frame.has(variable) {
            let values = try values(input, frame, context, first: first)
            do {
                try context.read(values)
                let valid = try builtIn.signature?.validated(values, context: input) ?? values
                let result = try builtIn.body(valid, Call(input: input, context: context, picture: picture))
                return isRaw ? result : result.collapsed()
            } catch {
                throw error.at(position, token: name)
            }
        }
        let function = try procedure.evaluate(input, frame, context)
        if function.isUndefined, let bareName, bareName.isBuiltIn || frame.lookup(bareName.variable)?.isTrue == true {
            throw JSONataError("T1005", position: position, token: bareName.text)
        }
        if first == nil, case .function(let target) = function, case .lambda(let lambda) = target.kind,
            lambda.definition.signature == nil
        {
            let scope = try scope(of: lambda, input, frame, context)
            if isTail {
                context.leave(EvaluationContext.TailCall(target: .lambda(lambda, scope), node: self))
                return .undefined
            }
            do {
                let result = try context.run(lambda, scope, input)
                return isRaw ? result : result.collapsed()
            } catch {
                throw error.at(position, token: name)
            }
        }
        let values = try values(input, frame, context, first: first)
        if isTail, first == nil {
            context.leave(EvaluationContext.TailCall(target: .other(function, values), node: self))
            return .undefined
        }
        do {
            let result = try context.apply(function, values, input: input)
            return isRaw ? result : result.collapsed()
        } catch {
            throw error.at(position, token: name)
        }
    }

    private func values(
        _ input: Value, _ frame: Frame, _ context: EvaluationContext, first: Value?
    ) throws(JSONataError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(arguments.count + 1)
        if let first { values.append(first) }
        for argument in arguments { values.append(try argument.evaluate(input, frame, context)) }
        return values
    }

    /// The scope of a call of `lambda`, which takes any arguments: they are evaluated into its parameters.
    private func scope(
        of lambda: Lambda, _ input: Value, _ frame: Frame, _ context: EvaluationContext
    ) throws(JSONataError) -> Frame {
        let parameters = lambda.definition.parameters
        let scope = Frame(parent: lambda.frame)
        for index in arguments.indices {
            let value = try arguments[index].evaluate(input, frame, context)
            guard value.nesting <= EvaluationContext.nestingMax else {
                throw EvaluationContext.tooDeep.at(position, token: name)
            }
            if index < parameters.count { scope.bind(parameters[index], value) }
        }
        for index in arguments.count..<max(arguments.count, parameters.count) {
            scope.bind(parameters[index], .undefined)
        }
        return scope
    }
}

/// `name(…, ?, …)`: a function of what the question marks stand for.
final class PartialNode: Node {
    private let procedure: any Node
    /// nil where a question mark stands.
    private let arguments: [(any Node)?]
    private let name: String
    private let position: Int
    private let bareName: CallNode.BareName?

    init(_ procedure: any Node, _ arguments: [(any Node)?], name: String, position: Int, bareName: CallNode.BareName?) {
        self.procedure = procedure
        self.arguments = arguments
        self.name = name
        self.position = position
        self.bareName = bareName
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        var fixed: [Value?] = []
        for argument in arguments { fixed.append(try argument?.evaluate(input, frame, context)) }
        let procedure = try self.procedure.evaluate(input, frame, context)
        context.leave()
        if procedure.isUndefined, let bareName, bareName.isBuiltIn || frame.lookup(bareName.variable)?.isTrue == true {
            throw JSONataError("T1007", position: position, token: bareName.text)
        }
        guard case .function(let function) = procedure else {
            throw JSONataError("T1008", position: position, token: name)
        }
        let holes = fixed.count { $0 == nil }
        var nesting = function.nesting
        for case .some(let value) in fixed { nesting = max(nesting, value.nesting) }
        return .function(
            Function(arity: holes, keeping: nesting) { given, call throws(JSONataError) in
                var rest = given[...]
                var values: [Value] = []
                for value in fixed { values.append(value ?? rest.popFirst() ?? .undefined) }
                return try call.context.apply(.function(function), values, input: input)
            })
    }
}

/// `function(…){…}`.
final class LambdaNode: Node {
    let parameters: [Int]
    let body: any Node
    let signature: Signature?

    init(parameters: [Int], body: any Node, signature: Signature?) {
        self.parameters = parameters
        self.body = body
        self.signature = signature
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) -> Value {
        .function(
            Function(
                .lambda(Lambda(definition: self, input: input, frame: frame)), arity: parameters.count,
                nesting: max(frame.nesting, input.nesting) + 1))
    }
}

/// `~>`: calls the function on the right with what is on the left, or chains two functions.
final class ApplyNode: Node {
    private let left: any Node
    private let right: any Node
    private let rightCall: CallNode?
    private let position: Int
    private let keepsArray: Bool

    init(_ left: any Node, _ right: any Node, position: Int, keepsArray: Bool) {
        self.left = left
        self.right = right
        rightCall = right as? CallNode
        self.position = position
        self.keepsArray = keepsArray
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        defer { context.leave() }
        let value = try left.evaluate(input, frame, context)
        if let call = rightCall {
            return try call.evaluate(input, frame, context, first: value).collapsed(keepsArray: keepsArray)
        }
        let target = try right.evaluate(input, frame, context)
        guard case .function(let second) = target else {
            throw JSONataError("T2006", position: position, token: "~>", [("value", target.json ?? .null)])
        }
        guard case .function(let first) = value else {
            return try context.apply(target, [value], input: .null).collapsed(keepsArray: keepsArray)
        }
        return .function(
            Function(arity: 1, keeping: max(first.nesting, second.nesting)) { arguments, call throws(JSONataError) in
                let inner = try call.context.apply(.function(first), Array(arguments.prefix(1)), input: .null)
                return try call.context.apply(.function(second), [inner], input: .null)
            })
    }
}
