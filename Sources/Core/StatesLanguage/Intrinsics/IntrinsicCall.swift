public import JSON
public import JSONPath

/// A call of an intrinsic function, parsed: `States.Format('Hello {}', $.name)`.
public struct IntrinsicCall: Sendable {
    /// As written in the definition.
    public let text: String
    public let function: IntrinsicFunction
    public let arguments: [Argument]

    public indirect enum Argument: Sendable {
        case value(JSONValue)
        case path(RootedPath)
        case call(IntrinsicCall)
    }

    init(text: String, function: IntrinsicFunction, arguments: [Argument]) {
        self.text = text
        self.function = function
        self.arguments = arguments
    }
}

/// The intrinsic functions, by name. Source: States Language § Appendix B.
public enum IntrinsicFunction: String, Sendable, CaseIterable {
    case format = "States.Format"
    case stringToJson = "States.StringToJson"
    case jsonToString = "States.JsonToString"
    case array = "States.Array"
    case arrayPartition = "States.ArrayPartition"
    case arrayContains = "States.ArrayContains"
    case arrayRange = "States.ArrayRange"
    case arrayGetItem = "States.ArrayGetItem"
    case arrayLength = "States.ArrayLength"
    case arrayUnique = "States.ArrayUnique"
    case base64Encode = "States.Base64Encode"
    case base64Decode = "States.Base64Decode"
    case hash = "States.Hash"
    case jsonMerge = "States.JsonMerge"
    case mathRandom = "States.MathRandom"
    case mathAdd = "States.MathAdd"
    case stringSplit = "States.StringSplit"
    case uuid = "States.UUID"
}
