import JSON

/// `$keys`, `$merge`, `$type` and their kin, and the functions that fail on purpose.
enum ObjectFunctions {
    static let all: [BuiltIn] = [
        BuiltIn("keys", "<x-:a<s>>", arity: 1) { arguments, call throws(JSONataError) in
            var seen: Set<JSONString> = []
            var result: [Value] = []
            try collectKeys(arguments.value(0), &seen, &result, call.context)
            return .sequence(result)
        },
        BuiltIn("lookup", "<x-s:x>", arity: 2) { arguments, call throws(JSONataError) in
            guard let key = arguments.text(1) else { return .undefined }
            return try arguments.value(0).member(key, call.context)
        },
        BuiltIn("spread", "<x-:a<o>>", arity: 1) { arguments, call throws(JSONataError) in
            try spread(arguments.value(0), call.context)
        },
        BuiltIn("merge", "<a<o>:o>", arity: 1) { arguments, call throws(JSONataError) in
            if arguments.value(0).isUndefined { return .undefined }
            return try merged(arguments.value(0).items, call.context)
        },
        BuiltIn("clone", "<(oa)-:o>", arity: 1) { arguments, _ in arguments.value(0) },
        BuiltIn("type", "<x:s>", arity: 1) { arguments, _ in
            arguments.value(0).typeName.map { .text($0) } ?? .undefined
        },
        BuiltIn("error", "<s?:x>", arity: 1) { arguments, _ throws(JSONataError) in
            let text = arguments.text(0).flatMap { $0.isEmpty ? nil : $0 } ?? "$error() function evaluated"
            throw JSONataError("D3137", [("message", .string(text))])
        },
        BuiltIn("assert", "<bs?:x>", arity: 2) { arguments, _ throws(JSONataError) in
            guard !arguments.value(0).isTrue else { return .undefined }
            let text = arguments.text(1).flatMap { $0.isEmpty ? nil : $0 } ?? "$assert() statement failed"
            throw JSONataError("D3141", [("message", .string(text))])
        },
    ]

    private static func collectKeys(
        _ value: Value, _ seen: inout Set<JSONString>, _ result: inout [Value], _ context: EvaluationContext
    ) throws(JSONataError) {
        if value.isArray {
            try context.enter()
            try context.spend(value.count)
            for item in value.items { try collectKeys(item, &seen, &result, context) }
            context.leave()
        }
        guard let members = value.members else { return }
        try context.spend(4 * members.count)
        for member in members where seen.insert(member.key).inserted { result.append(.string(member.key)) }
    }

    private static func spread(_ value: Value, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.spend(value.count)
        if value.isArray {
            var result: [Value] = []
            try context.enter()
            for item in value.items { try spread(item, context).flatten(into: &result) }
            context.leave()
            return .sequence(result)
        }
        guard let members = value.members else { return value }
        var result: [Value] = []
        for member in members {
            var builder = ObjectBuilder(capacity: 1, context)
            try builder.append(member.key, member.value)
            result.append(builder.value)
        }
        return .sequence(result)
    }

    /// What a member costs that may have to be searched for.
    private static let mergeSteps = 4

    private static func merged(_ items: [Value], _ context: EvaluationContext) throws(JSONataError) -> Value {
        var object = JSONObject()
        for index in items.indices {
            guard case .object(let part) = items[index] else {
                // Something is no plain object: take the general way from the start.
                let record = Record()
                for item in items {
                    for member in item.members ?? [] { record[member.key] = member.value }
                }
                return .record(record)
            }
            try context.spend(Self.mergeSteps * part.count)
            for member in part.members { object[member.key] = member.value }
        }
        return .object(object)
    }
}
