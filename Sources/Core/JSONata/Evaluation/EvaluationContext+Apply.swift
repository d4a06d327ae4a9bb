import JSON

extension EvaluationContext {
    /// Calls `function`, and what its body ends in.
    /// - Parameter input: the context, for parameters that fall back on it.
    /// - Throws: T1006 where it is no function; whatever the call throws.
    func apply(_ function: Value, _ arguments: [Value], input: Value) throws(JSONataError) -> Value {
        guard case .function(let target) = function else { throw JSONataError("T1006") }
        for argument in arguments where argument.nesting > Self.nestingMax { throw Self.tooDeep }
        switch target.kind {
        case .lambda(let lambda):
            return try run(lambda, frame(of: lambda, arguments, input), input)
        case .builtIn(let builtIn):
            do {
                try read(arguments)
                let values = try builtIn.signature?.validated(arguments, context: input) ?? arguments
                return try builtIn.body(values, Call(input: input, context: self))
            } catch {
                throw error.token == nil ? error.naming(builtIn.name) : error
            }
        case .regex(let regex):
            return try RegexFunctions.firstMatch(of: regex, arguments.first ?? .undefined, self)
        case .native(let body, let signature):
            let values = try signature?.validated(arguments, context: input) ?? arguments
            return try body(values, Call(input: input, context: self))
        }
    }

    /// Calls `function` with as many of the three arguments as it has parameters.
    func apply(_ function: Function, upTo first: Value, _ second: Value, _ third: Value) throws(JSONataError) -> Value {
        if case .lambda(let lambda) = function.kind, lambda.definition.signature == nil {
            guard first.nesting <= Self.nestingMax else { throw Self.tooDeep }
            let definition = lambda.definition
            let frame = Frame(parent: lambda.frame)
            let count = definition.parameters.count
            if count > 0 { frame.bind(definition.parameters[0], first) }
            if count > 1 { frame.bind(definition.parameters[1], second) }
            if count > 2 { frame.bind(definition.parameters[2], third) }
            for index in 3..<max(3, count) { frame.bind(definition.parameters[index], .undefined) }
            return try run(lambda, frame, .undefined)
        }
        var arguments = [first]
        if function.arity >= 2 { arguments.append(second) }
        if function.arity >= 3 { arguments.append(third) }
        return try apply(.function(function), arguments, input: .null).collapsed()
    }

    /// The scope of a call, with the parameters bound.
    private func frame(of lambda: Lambda, _ arguments: [Value], _ input: Value) throws(JSONataError) -> Frame {
        let values = try lambda.definition.signature?.validated(arguments, context: input) ?? arguments
        let frame = Frame(parent: lambda.frame)
        for (index, parameter) in lambda.definition.parameters.enumerated() {
            frame.bind(parameter, index < values.count ? values[index] : .undefined)
        }
        return frame
    }

    /// Evaluates a function's body, and then the call that it ended in, if it did, and so on.
    func run(_ lambda: Lambda, _ frame: Frame, _ input: Value) throws(JSONataError) -> Value {
        var result = try lambda.definition.body.evaluate(lambda.input, frame, self)
        while hasTailCall, let call = takeTailCall() {
            try spend(Self.tailCallSteps)
            do throws(JSONataError) {
                switch call.target {
                case .lambda(let next, let frame):
                    result = try next.definition.body.evaluate(next.input, frame, self)
                case .other(let function, let arguments):
                    guard case .function(let target) = function, case .lambda(let next) = target.kind else {
                        result = try apply(function, arguments, input: input).collapsed()
                        continue
                    }
                    for argument in arguments where argument.nesting > Self.nestingMax { throw Self.tooDeep }
                    let frame = try self.frame(of: next, arguments, input)
                    result = try next.definition.body.evaluate(next.input, frame, self)
                }
            } catch {
                throw error.at(call.node.position, token: call.node.name)
            }
        }
        return result
    }

    /// What a call from the end of a function costs besides its expressions: such calls are what can go on without end.
    private static let tailCallSteps = 3

    /// Arrays and objects within one another that a function takes: what is deeper could exhaust the stack.
    static let nestingMax = 1000
}

extension JSONataError {
    func naming(_ name: String) -> JSONataError {
        var error = self
        error.token = .string(name)
        return error
    }
}
