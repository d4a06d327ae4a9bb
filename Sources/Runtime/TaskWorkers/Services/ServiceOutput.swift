import AWSClient
import JSON

/// What a task's output is made of the service's answer.
enum ServiceOutput {
    /// Of an optimized integration: the members with capitals, and what the SDK tells of HTTP, in alphabetical order.
    static func optimized(_ answer: ServiceAnswer) -> JSONValue {
        var output = JSONObject()
        for member in answer.output { output[JSONString(capital(member.key.text))] = milliseconds(member) }
        var single = JSONObject()
        var lists = JSONObject()
        for header in answer.headers.sorted(by: { $0.name < $1.name }) {
            single[JSONString(header.name)] = .string(header.value)
            lists[JSONString(header.name)] = [.string(header.value)]
        }
        output["SdkHttpMetadata"] = [
            "AllHttpHeaders": .object(lists), "HttpHeaders": .object(single),
            "HttpStatusCode": .integer(answer.statusCode),
        ]
        output["SdkResponseMetadata"] = ["RequestId": .string(answer.requestID)]
        return sorted(output)
    }

    /// A top-level time, which these integrations give in milliseconds since 1970.
    private static func milliseconds(_ member: JSONObject.Member) -> JSONValue {
        guard member.key.text.lowercased().hasSuffix("date"), let seconds = member.value.number?.double else {
            return member.value
        }
        return .integer(Int64((seconds * 1000).rounded()))
    }

    /// Members with a capital first letter, at every depth; for answers whose members have small ones.
    static func capitalized(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            var result = JSONObject()
            for member in object { result[JSONString(capital(member.key.text))] = capitalized(member.value) }
            return sorted(result)
        case .array(let items): return .array(items.map(capitalized))
        default: return value
        }
    }

    /// Members with a small first letter, at every depth, except inside those whose keys are the user's.
    static func decapitalized(_ value: JSONValue, keeping kept: Set<String>) -> JSONValue {
        switch value {
        case .object(let object):
            var result = JSONObject()
            for member in object {
                let name = member.key.text
                let own = name.prefix(1).lowercased() + name.dropFirst()
                result[JSONString(own)] =
                    kept.contains(name) ? member.value : decapitalized(member.value, keeping: kept)
            }
            return .object(result)
        case .array(let items): return .array(items.map { decapitalized($0, keeping: kept) })
        default: return value
        }
    }

    static func sorted(_ object: JSONObject) -> JSONValue {
        var result = JSONObject(minimumCapacity: object.count)
        for member in object.members.sorted(by: { $0.key < $1.key }) { result.append(member.key, member.value) }
        return .object(result)
    }

    static func capital(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }
}
