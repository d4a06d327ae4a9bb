import JSON

/// The shapes of one AWS service's responses, read from the notation of the files beside this one.
///
/// Tokens stand between blanks: `=GetItem #0` is an operation and the type of its response, `@0` begins a structure whose members
/// follow as `Name:type`, with `!` behind the name of a required one. Types: `s` text, `n` number, `b` boolean, `t` time, `a`
/// anything, `(A|B)` one of these texts, `[type]` array, `<type>` object of any keys, `#0` structure; behind `s`, `n` and `[type]`
/// may stand bounds, `1..20`, of the length or value. Source: AWS's public API models.
struct ServiceShapes {
    indirect enum Kind: Equatable {
        case text(Bounds?)
        case number(Bounds?)
        case boolean
        case time
        case anything
        case oneOf([String])
        case array(Kind, Bounds?)
        case map(Kind)
        case structure(Int)
    }

    struct Bounds: Equatable {
        let least: Double?
        let most: Double?
    }

    struct Member {
        let name: String
        let isRequired: Bool
        let kind: Kind
    }

    private var responses: [String: Kind] = [:]
    private var structures: [[Member]] = []

    /// - Parameter notation: as above; what is not in it is left out.
    init(_ notation: String) {
        let tokens = notation.split(whereSeparator: { $0 == " " || $0 == "\n" })
        var position = 0
        while position < tokens.count {
            let token = tokens[position]
            position += 1
            switch token.first {
            case "=" where position < tokens.count:
                var reader = KindReader(tokens[position])
                responses[token.dropFirst().lowercased()] = reader.kind()
                position += 1
            case "@": structures.append([])
            default:
                guard !structures.isEmpty, let colon = token.firstIndex(of: ":") else { continue }
                var name = token[..<colon]
                let isRequired = name.last == "!"
                if isRequired { name.removeLast() }
                var reader = KindReader(token[token.index(after: colon)...])
                let member = Member(name: String(name), isRequired: isRequired, kind: reader.kind())
                structures[structures.count - 1].append(member)
            }
        }
    }

    /// The type of an operation's response, whatever the case of its name; nil for one that is not known.
    func response(of operation: String) -> Kind? { responses[operation.lowercased()] }

    func members(of structure: Int) -> [Member] {
        structures.indices.contains(structure) ? structures[structure] : []
    }

    /// The type at the end of `path`: names of members, the elements of an array being passed through.
    func kind(at path: [String], from start: Kind) -> Kind? {
        var current = start
        for name in path {
            guard case .structure(let index) = current,
                let member = members(of: index).first(where: { $0.name == name })
            else { return nil }
            current = member.kind
            if case .array(let element, _) = current { current = element }
        }
        return current
    }
}

/// Reads a type off its notation.
private struct KindReader {
    private var rest: Substring

    init(_ text: Substring) { rest = text }

    mutating func kind() -> ServiceShapes.Kind {
        switch rest.popFirst() {
        case "s": return .text(bounds())
        case "n": return .number(bounds())
        case "b": return .boolean
        case "t": return .time
        case "(":
            let values = rest.prefix { $0 != ")" }
            rest = rest.dropFirst(values.count + 1)
            return .oneOf(values.split(separator: "|").map { String($0.replacing("%20", with: " ")) })
        case "[":
            let element = kind()
            rest = rest.dropFirst()
            return .array(element, bounds())
        case "<":
            let value = kind()
            rest = rest.dropFirst()
            return .map(value)
        case "#": return .structure(Int(number()) ?? 0)
        default: return .anything
        }
    }

    /// `1..20`, with either side left out.
    private mutating func bounds() -> ServiceShapes.Bounds? {
        let least = number()
        guard rest.hasPrefix("..") else { return nil }
        rest = rest.dropFirst(2)
        return ServiceShapes.Bounds(least: Double(least), most: Double(number()))
    }

    /// Digits, a sign and one decimal point.
    private mutating func number() -> Substring {
        var end = rest.startIndex
        while end < rest.endIndex {
            let character = rest[end]
            let isPoint = character == "." && rest.index(after: end) < rest.endIndex
            guard
                character.isNumber || character == "-"
                    || (isPoint && rest[rest.index(after: end)] != "." && end > rest.startIndex)
            else { break }
            end = rest.index(after: end)
        }
        let digits = rest[..<end]
        rest = rest[end...]
        return digits
    }
}
