public import JSON

/// What the scripted services refuse with.
struct ScriptedRefusal: Error, Sendable, Equatable {
    /// `__type`.
    var code: String
    var message: String
    var status = 400
    /// Of ConflictException.
    var resourceIDs: [String] = []

    init(_ code: String, _ message: String, status: Int = 400, resourceIDs: [String] = []) {
        self.code = code
        self.message = message
        self.status = status
        self.resourceIDs = resourceIDs
    }

    var json: JSONValue {
        var object: JSONObject = ["__type": .string(code), "message": .string(message)]
        if !resourceIDs.isEmpty { object["resourceIds"] = .array(resourceIDs.map { .string($0) }) }
        return .object(object)
    }
}

/// An answer of the scripted services.
public struct ScriptedAnswer: Sendable, Equatable {
    /// HTTP's.
    public var status: Int
    public var body: JSONValue
}
