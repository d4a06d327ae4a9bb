import Digests
import Engine
import JSON
import StatesLanguage

/// One RunTask as it goes over the wire; it follows from the request alone, so that a repetition is the same call.
struct RunTaskCall: Sendable, Equatable {
    /// 64 hexadecimal digits that follow from the task's id: what makes the launch one.
    static func token(taskID: String) -> String {
        Digest.hexadecimal(Digest.sha256(Array(taskID.utf8)))
    }

    static let startedByPrefix = "steplog/"

    /// The client token that follows from the task's id.
    var token: String
    /// A name or an ARN.
    var cluster: String
    /// RunTask's input as ECS names it. The exact text is what a repetition must send.
    var body: JSONObject
    /// Tasks can be found by `startedBy`: the user has not set it.
    var isAdoptable: Bool

    /// - Throws: `ECS.InvalidParameterException` for what Step Functions or ECS would refuse.
    init(_ request: TaskRequest, _ pattern: TaskResource.Pattern) throws(ServiceError) {
        let parameters = try RunTaskParameters(request.input)
        // Source: reference/ecs.md §1.1: StartedBy and Count are Step Functions' own under .sync.
        if pattern == .sync || pattern == .sync2, parameters.count != 1 {
            throw .ecs("InvalidParameterException", "Count is not supported with .sync")
        }
        let given: JSONValue
        do {
            given = try JSONParser.parse(request.input)
        } catch {
            throw .ecs("InvalidParameterException", "\(error)")
        }
        cluster = parameters.cluster
        body = Self.wire(given).object ?? JSONObject()
        let startedBy = parameters.startedBy
        isAdoptable = startedBy == nil || startedBy == Self.shownStartedBy
        token = Self.token(taskID: request.taskID)
        if isAdoptable { body["startedBy"] = .string(Self.startedByPrefix + token) }
        if body["clientToken"] == nil { body["clientToken"] = .string(token) }
    }

    /// What AWS puts there under .sync, and what histories show.
    static let shownStartedBy = "AWS Step Functions"

    /// The same value with all members named as in ECS's API: the first letter is small.
    private static func wire(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map(wire))
        case .object(let object):
            var result = JSONObject(minimumCapacity: object.count)
            for member in object.members { result[recased(member.key, lower: true)] = wire(member.value) }
            return .object(result)
        case .null, .bool, .number, .string: return value
        }
    }

    /// A member's name with another first letter.
    static func recased(_ key: JSONString, lower: Bool) -> JSONString {
        var bytes = key.bytes
        guard let first = bytes.first else { return key }
        let (from, to): (ClosedRange<UInt8>, Int) = lower ? (65...90, 32) : (97...122, -32)
        if from.contains(first) { bytes[0] = UInt8(Int(first) + to) }
        return JSONString(wtf8: bytes)
    }
}
