import JSON

/// Functions that take functions.
enum HigherOrderFunctions {
    static let all: [BuiltIn] = [
        BuiltIn("map", "<af>", arity: 2) { arguments, call throws(JSONataError) in
            guard let function = arguments.function(1), !arguments.value(0).isUndefined else { return .undefined }
            let list = arguments.value(0)
            var result: [Value] = []
            result.reserveCapacity(list.count)
            try call.context.spend(list.count)
            for index in 0..<list.count {
                let value = try call.context.apply(function, upTo: list.item(index), .integer(index), list)
                try call.context.hold(value)
                if !value.isUndefined { result.append(value) }
            }
            return .sequence(result)
        },
        BuiltIn("filter", "<af>", arity: 2) { arguments, call throws(JSONataError) in
            guard let function = arguments.function(1), !arguments.value(0).isUndefined else { return .undefined }
            let list = arguments.value(0)
            var result: [Value] = []
            try call.context.spend(list.count)
            for index in 0..<list.count {
                let item = list.item(index)
                if try call.context.apply(function, upTo: item, .integer(index), list).isTrue { result.append(item) }
            }
            return .sequence(result)
        },
        BuiltIn("single", "<af?>", arity: 2) { arguments, call throws(JSONataError) in
            let list = arguments.value(0)
            if list.isUndefined { return .undefined }
            var found: Value?
            try call.context.spend(list.count)
            for index in 0..<list.count {
                let item = list.item(index)
                if let function = arguments.function(1) {
                    guard try call.context.apply(function, upTo: item, .integer(index), list).isTrue else { continue }
                }
                guard found == nil else { throw JSONataError("D3138", [("index", .integer(index))]) }
                found = item
            }
            guard let found else { throw JSONataError("D3139") }
            return found
        },
        BuiltIn("reduce", "<afj?:j>", arity: 3) { arguments, call throws(JSONataError) in
            let list = arguments.value(0)
            guard let function = arguments.function(1), !list.isUndefined else { return .undefined }
            guard function.arity >= 2 else { throw JSONataError("D3050", [("index", 1)]) }
            var result = arguments.value(2)
            var index = 0
            if result.isUndefined, list.count > 0 {
                result = list.item(0)
                index = 1
            }
            try call.context.spend(list.count)
            while index < list.count {
                if function.arity <= 3 {
                    result = try call.context.apply(function, upTo: result, list.item(index), .integer(index))
                } else {
                    let values: [Value] = [result, list.item(index), .integer(index), list]
                    result = try call.context.apply(.function(function), values, input: .null)
                }
                index += 1
            }
            return result
        },
        BuiltIn("sift", "<o-f?:o>", arity: 2) { arguments, call throws(JSONataError) in
            guard let members = arguments.value(0).members, let function = arguments.function(1) else {
                return .undefined
            }
            var builder = ObjectBuilder(capacity: 4, call.context)
            try call.context.spend(2 * members.count)
            var count = 0
            for member in members {
                let result = try call.context.apply(
                    function, upTo: member.value, .string(member.key), arguments.value(0))
                guard result.isTrue else { continue }
                try builder.append(member.key, member.value)
                count += 1
            }
            return count == 0 ? .undefined : builder.value
        },
        BuiltIn("each", "<o-f:a>", arity: 2) { arguments, call throws(JSONataError) in
            guard let members = arguments.value(0).members, let function = arguments.function(1) else {
                return .undefined
            }
            var result: [Value] = []
            try call.context.spend(3 * members.count)
            for member in members {
                let value = try call.context.apply(
                    function, upTo: member.value, .string(member.key), arguments.value(0))
                try call.context.hold(value)
                if !value.isUndefined { result.append(value) }
            }
            return .sequence(result)
        },
    ]
}
