public import JSON
public import JSONPath

/// A call of an intrinsic function, parsed: `States.Format('Hello {}', $.name)`.
public struct IntrinsicCall: Sendable {
    /// As written in the definition.
    public let text: String
    public let function: IntrinsicFunction
    public let arguments: [Argument]
    /// `States.Format` whose template is a literal: the text before, between and after its `{}`.
    let formatPieces: [JSONString]?

    public indirect enum Argument: Sendable {
        case value(JSONValue)
        case path(RootedPath)
        case call(IntrinsicCall)
    }

    init(text: String, function: IntrinsicFunction, arguments: [Argument], formatPieces: [JSONString]? = nil) {
        self.text = text
        self.function = function
        self.arguments = arguments
        self.formatPieces = formatPieces
    }
}

/// Why a text is no call of an intrinsic function.
public struct IntrinsicSyntaxError: Error, Sendable, Equatable {
    /// What was expected, or what is wrong.
    public var message: String
    /// Bytes of UTF-8 from the start of the text.
    public var offset: Int

    public init(message: String, offset: Int) {
        self.message = message
        self.offset = offset
    }
}
