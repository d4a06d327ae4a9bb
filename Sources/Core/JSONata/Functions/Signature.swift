import JSON

/// What arguments a function takes, as `<s-nn?:s>`: checks them, fills in the context and turns what should be an array into one.
///
/// Source: JSONata documentation § Function signature syntax.
struct Signature: Sendable {
    /// The letters of a value's type.
    struct Types: OptionSet {
        let rawValue: UInt16

        static let string = Types(rawValue: 1)
        static let number = Types(rawValue: 2)
        static let bool = Types(rawValue: 4)
        static let null = Types(rawValue: 8)
        static let array = Types(rawValue: 16)
        static let object = Types(rawValue: 32)
        static let function = Types(rawValue: 64)
        static let missing = Types(rawValue: 128)
        static let json: Types = [.array, .string, .number, .null, .bool, .object, .missing]
        static let any: Types = [.json, .function]

        init(rawValue: UInt16) { self.rawValue = rawValue }

        init?(letter: Character) {
            switch letter {
            case "s": self = .string
            case "n": self = .number
            case "b": self = .bool
            case "l": self = .null
            case "a": self = .array
            case "o": self = .object
            case "f": self = .function
            case "j": self = .json
            case "x": self = .any
            default: return nil
            }
        }

        init(of value: Value) {
            switch value {
            case .undefined: self = .missing
            case .null: self = .null
            case .bool: self = .bool
            case .number: self = .number
            case .string: self = .string
            case .list, .array, .tuples: self = .array
            case .object, .record: self = .object
            case .function: self = .function
            }
        }
    }

    struct Parameter: Sendable {
        var types: UInt16
        /// Takes any value as an array of one.
        var isArray = false
        /// The type of an array's elements.
        var element: Character?
        var isOptional = false
        var isRepeated = false
        var takesContext = false

        func accepts(_ types: Types) -> Bool { self.types & types.rawValue != 0 }
    }

    private let parameters: [Parameter]
    private let isSimple: Bool
    /// The parameters up to the last that has to be given or that falls back on the context.
    private let required: Int

    /// - Throws: S0401, S0402 with the offset in `text` as its position.
    init(_ text: String) throws(JSONataError) {
        var parameters: [Parameter] = []
        let letters = Array(text)
        var position = 1
        while position < letters.count, letters[position] != ":" {
            let letter = letters[position]
            switch letter {
            case "s", "n", "b", "l", "o":
                parameters.append(Parameter(types: (Types(letter: letter) ?? []).union(.missing).rawValue))
            case "a": parameters.append(Parameter(types: Types.any.rawValue, isArray: true))
            case "f": parameters.append(Parameter(types: Types.function.rawValue))
            case "j": parameters.append(Parameter(types: Types.json.rawValue))
            case "x": parameters.append(Parameter(types: Types.any.rawValue))
            case "-" where !parameters.isEmpty:
                parameters[parameters.count - 1].takesContext = true
                parameters[parameters.count - 1].isOptional = true
            case "?" where !parameters.isEmpty: parameters[parameters.count - 1].isOptional = true
            case "+" where !parameters.isEmpty: parameters[parameters.count - 1].isRepeated = true
            case "(":
                let end = Self.closing(letters, from: position, "(", ")")
                var types: Types = .missing
                for choice in letters[(position + 1)..<max(end, position + 1)] {
                    if choice == "<" {
                        throw JSONataError(
                            "S0402", position: position, token: nil,
                            [("value", .string(String(letters[(position + 1)..<end])))])
                    }
                    types.formUnion(Types(letter: choice) ?? [])
                }
                parameters.append(Parameter(types: types.rawValue))
                position = end
            case "<":
                guard let last = parameters.last, last.isArray || last.types == Types.function.rawValue else {
                    throw JSONataError("S0401", position: position, [("value", .string(String(letters[position - 1])))])
                }
                let end = Self.closing(letters, from: position, "<", ">")
                if last.isArray, end > position + 1 { parameters[parameters.count - 1].element = letters[position + 1] }
                position = end
            default: break
            }
            position += 1
        }
        self.parameters = parameters
        isSimple = parameters.allSatisfy { !$0.isRepeated }
        required = (parameters.lastIndex { !$0.isOptional || $0.takesContext } ?? -1) + 1
    }

    private static func closing(_ letters: [Character], from start: Int, _ open: Character, _ close: Character) -> Int {
        var depth = 0
        for index in start..<letters.count {
            if letters[index] == open { depth += 1 }
            if letters[index] == close { depth -= 1 }
            if depth == 0 { return index }
        }
        return letters.count - 1
    }

    // MARK: - Checking

    /// The arguments as the function wants them.
    /// - Throws: T0410, T0411, T0412 without place and token.
    func validated(_ arguments: [Value], context: Value) throws(JSONataError) -> [Value] {
        if isSimple, arguments.count <= parameters.count, arguments.count >= required, isPlain(arguments) {
            return arguments
        }
        guard let counts = match(arguments) else { throw mismatch(arguments) }
        var result: [Value] = []
        var index = 0
        for (parameter, count) in zip(parameters, counts) {
            if count == 0 {
                guard parameter.takesContext else {
                    result.append(index < arguments.count ? arguments[index] : .undefined)
                    index += 1
                    continue
                }
                guard parameter.accepts(Types(of: context)) else {
                    throw JSONataError("T0411", [("value", context.json ?? .null), ("index", .integer(index + 1))])
                }
                result.append(context)
                continue
            }
            for _ in 0..<count {
                result.append(try adapted(arguments.value(index), to: parameter, index: index, isAlone: count == 1))
                index += 1
            }
        }
        return result
    }

    /// Whether each argument fits its parameter as it is.
    private func isPlain(_ arguments: [Value]) -> Bool {
        for index in arguments.indices {
            let types = Types(of: arguments[index])
            guard parameters[index].accepts(types) else { return false }
            guard parameters[index].isArray else { continue }
            if types != .array { return false }
            guard let element = parameters[index].element else { continue }
            guard let wanted = Types(letter: element), areAll(wanted, in: arguments[index]) else { return false }
        }
        return true
    }

    private func areAll(_ wanted: Types, in value: Value) -> Bool {
        switch value {
        case .list(let items):
            for index in 0..<items.count where Types(of: Value(items[index])) != wanted { return false }
            return true
        case .array(let elements):
            for index in 0..<elements.items.count where Types(of: elements.items[index]) != wanted { return false }
            return true
        case .undefined, .null, .bool, .number, .string, .object, .record, .function, .tuples: return false
        }
    }

    private func adapted(
        _ value: Value, to parameter: Parameter, index: Int, isAlone: Bool
    ) throws(JSONataError) -> Value {
        guard parameter.isArray, !value.isUndefined else { return value }
        if let element = parameter.element, let wanted = Types(letter: element) {
            guard value.isArray ? areAll(wanted, in: value) : isAlone && Types(of: value) == wanted else {
                throw JSONataError(
                    "T0412",
                    [
                        ("value", value.json ?? .null), ("index", .integer(index + 1)),
                        ("type", .string(Self.plural(element))),
                    ])
            }
        }
        return value.isArray ? value : .array(Elements([value]))
    }

    private static func plural(_ element: Character) -> String {
        switch element {
        case "a": "arrays"
        case "b": "booleans"
        case "f": "functions"
        case "n": "numbers"
        case "o": "objects"
        case "s": "strings"
        default: "values"
        }
    }

    /// How many arguments each parameter takes, each as many as it can; nil where they do not fit.
    private func match(_ arguments: [Value]) -> [Int]? {
        let types = arguments.map { Types(of: $0) }
        // fits[p][a]: whether the parameters from p on take the arguments from a on.
        var fits = Array(repeating: Array(repeating: false, count: types.count + 1), count: parameters.count + 1)
        fits[parameters.count][types.count] = true
        for place in parameters.indices.reversed() {
            let parameter = parameters[place]
            for start in stride(from: types.count, through: 0, by: -1) {
                let accepts = start < types.count && parameter.accepts(types[start])
                fits[place][start] =
                    (parameter.isOptional && fits[place + 1][start])
                    || (accepts && (fits[place + 1][start + 1] || (parameter.isRepeated && fits[place][start + 1])))
            }
        }
        guard fits[0][0] else { return nil }
        var counts: [Int] = []
        var start = 0
        for place in parameters.indices {
            let parameter = parameters[place]
            var limit = start
            while limit < types.count, parameter.accepts(types[limit]), limit == start || parameter.isRepeated {
                limit += 1
            }
            while limit > start, !fits[place + 1][limit] { limit -= 1 }
            counts.append(limit - start)
            start = limit
        }
        return counts
    }

    /// The error for the first argument that fits nowhere.
    private func mismatch(_ arguments: [Value]) -> JSONataError {
        var good = 0
        for parameter in parameters {
            let accepts = good < arguments.count && parameter.accepts(Types(of: arguments[good]))
            if !accepts, !parameter.isOptional { break }
            if accepts { good += 1 }
            while parameter.isRepeated, good < arguments.count, parameter.accepts(Types(of: arguments[good])) {
                good += 1
            }
        }
        let value = good < arguments.count ? arguments[good].json ?? .null : .null
        return JSONataError("T0410", [("value", value), ("index", .integer(good + 1))])
    }
}
