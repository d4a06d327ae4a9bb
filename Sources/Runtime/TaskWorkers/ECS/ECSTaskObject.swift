import JSON

/// ECS's task object as Step Functions shows it, made from what the API or an event says. What is not known is absent.
///
/// Source: reference/ecs.md §1.2 (captured).
enum ECSTaskObject {
    /// A task of RunTask's answer.
    /// - Parameter startedBy: what histories show there; nil: nothing.
    static func submitted(_ task: JSONValue, startedBy: String?) -> JSONValue {
        guard var object = shown(task).object else { return task }
        object["HealthStatus"] = nil
        complete(&object, startedBy)
        return .object(object)
    }

    /// A task that has ended: `.sync`'s output, and the cause of its failure.
    static func stopped(_ task: JSONObject, startedBy: String?) -> JSONValue {
        guard var object = shown(.object(task)).object else { return .object(task) }
        for name: JSONString in ["HealthStatus", "PlatformFamily", "FargateEphemeralStorage", "UpdatedAt"] {
            object[name] = nil
        }
        object["Attachments"] = .array(
            (object["Attachments"]?.array ?? []).map { attachment in
                guard var changed = attachment.object else { return attachment }
                if changed["Type"]?.string == "ElasticNetworkInterface" { changed["Type"] = "eni" }
                return .object(changed)
            })
        complete(&object, startedBy)
        return .object(object)
    }

    /// Lists that Java's SDK shows even when they are empty, and `StartedBy` as AWS would have it.
    private static func complete(_ object: inout JSONObject, _ startedBy: String?) {
        if let text = object["StartedBy"]?.string, text.hasPrefix(RunTaskCall.startedByPrefix) {
            object["StartedBy"] = startedBy.map { .string($0) }
        }
        for name: JSONString in ["Attachments", "Attributes", "Containers", "InferenceAccelerators", "Tags"] {
            fill(&object, name)
        }
        object["Containers"] = completed(
            object["Containers"], ["GpuIds", "ManagedAgents", "NetworkBindings", "NetworkInterfaces"])
        if var overrides = object["Overrides"]?.object {
            overrides["ContainerOverrides"] = completed(
                overrides["ContainerOverrides"] ?? [],
                ["Command", "Environment", "EnvironmentFiles", "ResourceRequirements"])
            fill(&overrides, "InferenceAcceleratorOverrides")
            object["Overrides"] = sorted(overrides)
        }
        object = sorted(object).object ?? object
    }

    private static func completed(_ list: JSONValue?, _ names: [JSONString]) -> JSONValue {
        .array(
            (list?.array ?? []).map { element in
                guard var object = element.object else { return element }
                object["HealthStatus"] = nil
                for name in names { fill(&object, name) }
                return sorted(object)
            })
    }

    private static func fill(_ object: inout JSONObject, _ name: JSONString) {
        if object[name]?.isNull ?? true { object[name] = [] }
    }

    /// PascalCase members in alphabetical order; times in epoch milliseconds. Its depth is bounded by the parser's.
    private static func shown(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map(shown))
        case .object(let object):
            var result = JSONObject(minimumCapacity: object.count)
            for member in object.members where !member.value.isNull {
                let key = RunTaskCall.recased(member.key, lower: false)
                result.append(key, moments.contains(key) ? moment(member.value) : shown(member.value))
            }
            return sorted(result)
        case .null, .bool, .number, .string: return value
        }
    }

    private static func sorted(_ object: JSONObject) -> JSONValue {
        var result = JSONObject(minimumCapacity: object.count)
        for member in object.members.sorted(by: { $0.key < $1.key }) { result.append(member.key, member.value) }
        return .object(result)
    }

    private static let moments: Set<JSONString> = [
        "ConnectivityAt", "CreatedAt", "ExecutionStoppedAt", "PullStartedAt", "PullStoppedAt", "StartedAt",
        "StoppedAt", "StoppingAt", "UpdatedAt",
    ]

    /// Epoch seconds, or ISO 8601 as events have it, to epoch milliseconds.
    private static func moment(_ value: JSONValue) -> JSONValue {
        if let seconds = value.number?.double { return .integer(Int64((seconds * 1000).rounded())) }
        guard let text = value.string, let milliseconds = CalendarTime.epochMilliseconds(iso8601: text) else {
            return value
        }
        return .integer(milliseconds)
    }
}

extension CalendarTime {
    /// `2026-09-16T10:28:47.123Z` as epoch milliseconds; nil for another form.
    static func epochMilliseconds(iso8601 text: String) -> Int64? {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int64? {
            guard bytes.indices.contains(range.upperBound - 1) else { return nil }
            return Int64(String(decoding: bytes[range], as: UTF8.self))
        }
        guard bytes.last == UInt8(ascii: "Z"), let year = number(0..<4), let month = number(5..<7),
            let day = number(8..<10), let hour = number(11..<13), let minute = number(14..<16),
            let second = number(17..<19)
        else { return nil }
        var milliseconds: Int64 = 0
        if bytes.count > 20, bytes[19] == UInt8(ascii: ".") {
            let digits = bytes[20..<(bytes.count - 1)].prefix(3)
            guard var fraction = Int64(String(decoding: digits, as: UTF8.self)) else { return nil }
            for _ in digits.count..<3 { fraction *= 10 }
            milliseconds = fraction
        }
        // Days from 0000-03-01, the leap day last.
        let shiftedYear = month <= 2 ? year - 1 : year
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let ofEra = (shiftedYear % 400) * 365 + (shiftedYear % 400) / 4 - (shiftedYear % 400) / 100 + ofYear
        let days = shiftedYear / 400 * 146_097 + ofEra - 719_468
        return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + milliseconds
    }
}
