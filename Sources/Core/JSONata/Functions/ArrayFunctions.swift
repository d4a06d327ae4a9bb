import JSON

/// `$count`, `$append`, `$sort` and their kin, and the functions on truth.
enum ArrayFunctions {
    static let all: [BuiltIn] = [
        BuiltIn("count", "<a:n>", arity: 1) { arguments, _ in
            arguments.value(0).isUndefined ? .number(0) : .integer(arguments.value(0).count)
        },
        BuiltIn("append", "<xx:a>", arity: 2) { arguments, call throws(JSONataError) in
            let count = arguments.value(0).count + arguments.value(1).count
            try call.context.charge(elements: count)
            try call.context.spend(count / 8)
            try call.context.hold(arguments.value(0))
            try call.context.hold(arguments.value(1))
            return arguments.value(0).appending(arguments.value(1))
        },
        BuiltIn("exists", "<x:b>", arity: 1) { arguments, _ in .bool(!arguments.value(0).isUndefined) },
        BuiltIn("boolean", "<x-:b>", arity: 1) { arguments, _ in
            arguments.value(0).truth.map { .bool($0) } ?? .undefined
        },
        BuiltIn("not", "<x-:b>", arity: 1) { arguments, _ in arguments.value(0).truth.map { .bool(!$0) } ?? .undefined
        },
        BuiltIn("reverse", "<a:a>", arity: 1) { arguments, call throws(JSONataError) in
            guard arguments.value(0).count > 1 else { return arguments.value(0) }
            try call.context.spend(arguments.value(0).count)
            return .array(Elements(arguments.value(0).items.reversed()))
        },
        BuiltIn("shuffle", "<a:a>", arity: 1) { arguments, call throws(JSONataError) in
            guard arguments.value(0).count > 1 else { return arguments.value(0) }
            var items = arguments.value(0).items
            try call.context.spend(items.count)
            for index in items.indices.dropFirst() {
                items.swapAt(index, Int(call.context.random.nextDouble() * Double(index + 1)))
            }
            return .array(Elements(items))
        },
        BuiltIn("distinct", "<x:x>", arity: 1) { arguments, call throws(JSONataError) in
            let list = arguments.value(0)
            guard list.isArray, list.count > 1 else { return list }
            try call.context.spend(list.count)
            return .array(Elements(try distinct(list.items, call.context), list.isSequence ? .sequence : []))
        },
        BuiltIn("zip", "<a+>", arity: 0) { arguments, call throws(JSONataError) in
            let columns = arguments.map { $0.isUndefined ? [] : $0.items }
            let count = columns.map(\.count).min() ?? 0
            try call.context.spend(count * columns.count)
            return .array(Elements((0..<count).map { row in .array(Elements(columns.map { $0[row] })) }))
        },
        BuiltIn("sort", "<af?:a>", arity: 2) { arguments, call throws(JSONataError) in
            try sorted(arguments.value(0), by: arguments.function(1), call.context)
        },
    ]

    private static func distinct(_ items: [Value], _ context: EvaluationContext) throws(JSONataError) -> [Value] {
        var result: [Value] = []
        var texts = SeenTexts()
        var numbers: Set<Double> = []
        var others: [Value] = []
        for index in items.indices {
            let item = items[index]
            switch item {
            case .string(let text):
                if texts.insert(text) { result.append(item) }
            case .number(let number):
                if numbers.insert(number).inserted { result.append(item) }
            case .undefined, .null, .bool, .list, .array, .object, .record, .function, .tuples:
                var isKnown = false
                for other in others where !isKnown {
                    try context.spend(1)
                    isKnown = try Value.areEqual(other, item, context)
                }
                if !isKnown {
                    others.append(item)
                    result.append(item)
                }
            }
        }
        return result
    }

    private static func sorted(
        _ value: Value, by function: Function?, _ context: EvaluationContext
    ) throws(JSONataError) -> Value {
        guard value.count > 1, !value.isUndefined else { return value }
        let items = value.items
        if let function {
            return .array(
                Elements(
                    try MergeSort.sorted(items, context) { left, right throws(JSONataError) in
                        try context.apply(.function(function), [left, right], input: .null).isTrue
                    }))
        }
        let areNumbers = items.allSatisfy {
            if case .number = $0 { return true }
            return false
        }
        let areTexts = items.allSatisfy {
            if case .string = $0 { return true }
            return false
        }
        guard areNumbers || areTexts else { throw JSONataError("D3070") }
        return .array(
            Elements(
                try MergeSort.sorted(items, context) { left, right in
                    switch (left, right) {
                    case (.number(let a), .number(let b)): a > b
                    case (.string(let a), .string(let b)): Text.precedes(b, a)
                    default: false
                    }
                }))
    }
}
