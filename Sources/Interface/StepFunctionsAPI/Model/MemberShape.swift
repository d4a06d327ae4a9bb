import JSON

/// What a member of a request may be, as the service's model says it.
indirect enum MemberShape: Sendable {
    /// - Parameters: lengths: in UTF-16 units, as Java counts. isSensitive: errors do not repeat it.
    case string(ClosedRange<Int>? = nil, pattern: TextPattern? = nil, isSensitive: Bool = false)
    /// Values in the order in which AWS lists them.
    case enumeration([String])
    case integer(ClosedRange<Int64>)
    case decimal(ClosedRange<Double>)
    case boolean
    case list(MemberShape, ClosedRange<Int>? = nil)
    case structure(String, [Member])

    /// A member of a structure.
    struct Member: Sendable {
        var name: String
        var shape: MemberShape
        var isRequired: Bool

        static func required(_ name: String, _ shape: MemberShape) -> Member {
            Member(name: name, shape: shape, isRequired: true)
        }
        static func optional(_ name: String, _ shape: MemberShape) -> Member {
            Member(name: name, shape: shape, isRequired: false)
        }
    }

    /// A text's form; patterns of the model that can be checked without a search.
    enum TextPattern: String, Sendable {
        case aliasName = #"^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$"#
        case visibleASCII = "[!-~]+"
        case ascii = #"\p{ASCII}*"#

        func matches(_ text: String) -> Bool {
            switch self {
            case .aliasName: AliasName.isValid(text)
            case .visibleASCII: !text.isEmpty && text.unicodeScalars.allSatisfy { ("!"..."~").contains($0) }
            case .ascii: text.unicodeScalars.allSatisfy(\.isASCII)
            }
        }
    }
}

/// Reads a request against a shape: a value of another JSON type is refused at once, broken constraints are gathered.
/// Source: surface § 1.1, Coral's messages.
struct ShapeReader {
    /// In the order of the model's members.
    private(set) var violations: [String] = []

    /// - Throws: SerializationException for a value of another JSON type.
    mutating func read(_ object: JSONObject, _ members: [MemberShape.Member], at path: String) throws(APIError) {
        for member in members {
            let place = path.isEmpty ? member.name : "\(path).\(member.name)"
            guard let value = object[JSONString(member.name)], !value.isNull else {
                if member.isRequired { violate("null ", place, "not be null") }
                continue
            }
            try read(value, member.shape, at: place)
        }
    }

    private mutating func read(_ value: JSONValue, _ shape: MemberShape, at place: String) throws(APIError) {
        switch shape {
        case .string(let lengths, let pattern, let isSensitive):
            guard let text = value.string else { throw .mistyped(value, "a String") }
            let shown = isSensitive ? "" : "'\(text)' "
            checkLength(text.utf16.count, lengths, shown, place)
            if let pattern, !pattern.matches(text) {
                violate(shown, place, "satisfy regular expression pattern: \(pattern.rawValue)")
            }
        case .enumeration(let values):
            guard let text = value.string else { throw .mistyped(value, "a String") }
            if !values.contains(text) {
                violate("'\(text)' ", place, "satisfy enum value set: [\(values.joined(separator: ", "))]")
            }
        case .integer(let range):
            guard let number = value.number, let integer = Self.integer(number) else {
                throw .mistyped(value, "an Integer")
            }
            checkRange(integer, range, place)
        case .decimal(let range):
            guard let number = value.number else { throw .mistyped(value, "a Float") }
            checkRange(number.double, range, place)
        case .boolean:
            guard value.bool != nil else { throw .mistyped(value, "a Boolean") }
        case .list(let element, let counts):
            guard case .array(let list) = value else { throw .misplaced(value, "list") }
            let problems = violations.count
            for (index, item) in list.enumerated() {
                let elementPlace = "\(place).\(index + 1).member"
                if item.isNull {
                    violate("null ", elementPlace, "not be null")
                } else {
                    try read(item, element, at: elementPlace)
                }
            }
            if problems == violations.count {
                checkLength(list.count, counts, "'\(Self.shown(value, shape))' ", place)
            }
        case .structure(_, let members):
            guard case .object(let object) = value else { throw .misplaced(value, "structure") }
            try read(object, members, at: place)
        }
    }

    /// `10.0` is 10; a number with a fraction is cut, as Java's conversion does.
    private static func integer(_ number: JSONNumber) -> Int64? {
        number.int64 ?? (number.double.magnitude < 9e18 ? Int64(number.double) : nil)
    }

    private mutating func checkLength(_ count: Int, _ range: ClosedRange<Int>?, _ shown: String, _ place: String) {
        guard let range else { return }
        if count > range.upperBound {
            violate(shown, place, "have length less than or equal to \(range.upperBound)")
        }
        if count < range.lowerBound {
            violate(shown, place, "have length greater than or equal to \(range.lowerBound)")
        }
    }

    private mutating func checkRange<Number: Comparable>(
        _ value: Number, _ range: ClosedRange<Number>, _ place: String
    ) {
        if value > range.upperBound {
            violate("'\(value)' ", place, "have value less than or equal to \(range.upperBound)")
        }
        if value < range.lowerBound {
            violate("'\(value)' ", place, "have value greater than or equal to \(range.lowerBound)")
        }
    }

    /// - Parameter shown: the value in quotes and a blank; "" for a sensitive one.
    private mutating func violate(_ shown: String, _ place: String, _ constraint: String) {
        violations.append("Value \(shown)at '\(place)' failed to satisfy constraint: Member must \(constraint)")
    }

    /// As Java prints it: `[Name(member=value, …), …]`.
    private static func shown(_ value: JSONValue, _ shape: MemberShape) -> String {
        switch shape {
        case .list(let element, _):
            return "[\((value.array ?? []).map { shown($0, element) }.joined(separator: ", "))]"
        case .structure(let name, let members):
            let parts = members.map { member in
                "\(member.name)=\(value[JSONString(member.name)].map { shown($0, member.shape) } ?? "null")"
            }
            return "\(name)(\(parts.joined(separator: ", ")))"
        case .string, .enumeration, .integer, .decimal, .boolean: return value.string ?? JSONWriter.text(value)
        }
    }
}

extension APIError {
    /// A scalar of another JSON type than the model's.
    static func mistyped(_ value: JSONValue, _ expected: String) -> APIError {
        let token: String
        switch value {
        case .object, .array: return misplaced(value, "scalar")
        case .string: token = "STRING_VALUE"
        case .number: token = "NUMBER_VALUE"
        case .bool(let bool): token = bool ? "TRUE_VALUE" : "FALSE_VALUE"
        case .null: token = "NULL_VALUE"
        }
        return APIError("SerializationException", "\(token) can not be converted to \(expected)", space: .service)
    }

    /// A list or a structure where there should be none, or nothing of the kind where there should be one.
    static func misplaced(_ value: JSONValue, _ expected: String) -> APIError {
        switch value {
        case .object:
            APIError("SerializationException", "Start of structure or map found where not expected.", space: .service)
        case .array:
            APIError("SerializationException", "Start of list found where not expected.", space: .service)
        case .string, .number, .bool, .null:
            APIError("SerializationException", "Expected \(expected) or null", space: .service)
        }
    }
}
