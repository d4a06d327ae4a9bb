import JSON

/// A function as a value.
final class Function {
    enum Kind {
        case builtIn(BuiltIn)
        case lambda(Lambda)
        case regex(RegularExpression)
        /// A function made of others: a partial application, a chain, a transformation, a match's `next`.
        case native((_ arguments: [Value], _ call: Call) throws(JSONataError) -> Value, signature: Signature?)
    }

    let kind: Kind
    /// How many arguments a higher-order function passes at most.
    let arity: Int
    /// Values and scopes within one another that the function keeps: freeing what is deeper could exhaust the stack.
    let nesting: Int

    init(_ kind: Kind, arity: Int, nesting: Int = 0) {
        self.kind = kind
        self.arity = arity
        self.nesting = nesting
    }

    convenience init(_ builtIn: BuiltIn) { self.init(.builtIn(builtIn), arity: builtIn.arity) }

    /// - Parameter nesting: of the deepest value or scope that `body` keeps.
    convenience init(
        arity: Int, signature: Signature? = nil, keeping nesting: Int = 0,
        _ body: @escaping ([Value], Call) throws(JSONataError) -> Value
    ) {
        self.init(.native(body, signature: signature), arity: arity, nesting: nesting + 1)
    }
}

/// A function that the expression defines, with the scope it was defined in.
final class Lambda {
    let definition: LambdaNode
    let input: Value
    let frame: Frame

    init(definition: LambdaNode, input: Value, frame: Frame) {
        self.definition = definition
        self.input = input
        self.frame = frame
    }
}

/// A function that the language provides.
final class BuiltIn: Sendable {
    typealias Body = @Sendable (_ arguments: [Value], _ call: Call) throws(JSONataError) -> Value

    let name: String
    let signature: Signature?
    let arity: Int
    let body: Body

    /// - Parameter arity: the parameters that have no default, as the reference implementation counts them.
    init(_ name: String, _ signature: Signature?, arity: Int, _ body: @escaping Body) {
        self.name = name
        self.signature = signature
        self.arity = arity
        self.body = body
    }
}

/// What a function can see besides its arguments.
struct Call {
    let input: Value
    let context: EvaluationContext
    /// A date/time picture that is written in the call, read once.
    var picture: PreparedPicture?
}

/// A date/time picture with its text.
final class PreparedPicture: Sendable {
    let text: JSONString
    let picture: DateTimePicture

    /// - Returns: nil where the picture is not well-formed, which its use will tell.
    init?(_ text: JSONString) {
        do {
            picture = try DateTimePicture(text.text)
        } catch {
            return nil
        }
        self.text = text
    }
}
