import JSON

/// The members of a request. Reading one checks its constraints; `check` throws what all of them broke, as AWS's Coral says it.
struct APIRequest {
    let members: JSONObject
    let region: String
    /// Whether somebody still waits for the answer: a long poll ends when nobody does.
    var isConnected: @Sendable () -> Bool = { true }
    private var violations: [String] = []
    /// What stands before the names of members: the way to the object that they are in, with a point behind it.
    private var prefix = ""

    init(members: JSONObject, region: String) {
        self.members = members
        self.region = region
    }

    /// Notes a broken constraint.
    mutating func violate(_ name: String, _ value: String?, _ constraint: String) {
        let shown = value.map { "'\($0)'" } ?? "null"
        violations.append(
            "Value \(shown) at '\(prefix)\(name)' failed to satisfy constraint: Member must \(constraint)")
    }

    /// A member that is an object, to read its members in turn; `take` brings back what they broke.
    func inner(_ name: String) throws(APIError) -> APIRequest? {
        guard let object = try optionalObject(name) else { return nil }
        var inner = APIRequest(members: object, region: region)
        inner.prefix = "\(prefix)\(name)."
        return inner
    }

    mutating func take(_ inner: APIRequest) {
        violations += inner.violations
    }

    /// - Throws: ValidationException when a member that was read broke a constraint.
    func check() throws(APIError) {
        if let error = APIError(violations: violations) { throw error }
    }

    /// A member that is there; AWS's clients leave nulls out, and null is as absent.
    func value(_ name: String) -> JSONValue? {
        guard let value = members[JSONString(name)], !value.isNull else { return nil }
        return value
    }

    /// - Parameter lengths: in UTF-16 units, as Java counts.
    mutating func optionalString(_ name: String, _ lengths: ClosedRange<Int>? = nil) throws(APIError) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.string else { throw .mistyped }
        if let lengths {
            let count = text.utf16.count
            if count > lengths.upperBound {
                violate(name, text, "have length less than or equal to \(lengths.upperBound)")
            }
            if count < lengths.lowerBound {
                violate(name, text, "have length greater than or equal to \(lengths.lowerBound)")
            }
        }
        return text
    }

    /// - Returns: "" for a missing one, which `check` then refuses.
    mutating func string(_ name: String, _ lengths: ClosedRange<Int>? = nil) throws(APIError) -> String {
        if let text = try optionalString(name, lengths) { return text }
        violate(name, nil, "not be null")
        return ""
    }

    /// - Parameter values: in the order in which AWS lists them.
    mutating func optionalEnumeration(_ name: String, _ values: [String]) throws(APIError) -> String? {
        guard let text = try optionalString(name) else { return nil }
        if !values.contains(text) { violate(name, text, "satisfy enum value set: [\(values.joined(separator: ", "))]") }
        return text
    }

    func boolean(_ name: String) throws(APIError) -> Bool {
        guard let value = value(name) else { return false }
        guard let boolean = value.bool else { throw .mistyped }
        return boolean
    }

    mutating func optionalInteger(_ name: String, _ range: ClosedRange<Int64>) throws(APIError) -> Int64? {
        guard let value = value(name) else { return nil }
        guard let integer = value.number?.int64 else { throw .mistyped }
        if integer > range.upperBound {
            violate(name, String(integer), "have value less than or equal to \(range.upperBound)")
        }
        if integer < range.lowerBound {
            violate(name, String(integer), "have value greater than or equal to \(range.lowerBound)")
        }
        return integer
    }

    func optionalObject(_ name: String) throws(APIError) -> JSONObject? {
        guard let value = value(name) else { return nil }
        guard let object = value.object else { throw .mistyped }
        return object
    }

    mutating func list(_ name: String) throws(APIError) -> [JSONValue] {
        guard let value = value(name) else {
            violate(name, nil, "not be null")
            return []
        }
        guard let array = value.array else { throw .mistyped }
        return array
    }

    /// `maxResults` and `nextToken`; 0 and absent mean 100.
    mutating func page(tokenLengthMax: Int = 1_024) throws(APIError) -> (limit: Int, token: String?) {
        let limit = try optionalInteger("maxResults", 0...1_000) ?? 0
        let token = try optionalString("nextToken", 1...tokenLengthMax)
        return (limit == 0 ? 100 : Int(limit), token)
    }

    /// `tags`: an array of `{key, value}`.
    mutating func tags(_ array: [JSONValue]) throws(APIError) -> [JSONValue] {
        var tags: [JSONValue] = []
        for (index, tag) in array.enumerated() {
            guard let object = tag.object else { throw .mistyped }
            let key = object["key"]?.string ?? ""
            let value = object["value"]?.string ?? ""
            if key.isEmpty || key.utf16.count > 128 {
                violate(
                    "tags.\(index + 1).member.key", key,
                    key.isEmpty ? "have length greater than or equal to 1" : "have length less than or equal to 128")
            }
            if value.utf16.count > 256 {
                violate("tags.\(index + 1).member.value", value, "have length less than or equal to 256")
            }
            tags.append(["key": .string(key), "value": .string(value)])
        }
        return tags
    }
}

extension APIError {
    /// What broke constraints, as Coral says it; nil when nothing did.
    init?(violations: [String]) {
        guard !violations.isEmpty else { return nil }
        let count = violations.count == 1 ? "1 validation error" : "\(violations.count) validation errors"
        self.init("ValidationException", "\(count) detected: \(violations.joined(separator: "; "))", space: .validation)
    }

    /// A member of another JSON type than the model's.
    static let mistyped = APIError(
        "SerializationException", "A member of the request has another type than the service's model says.",
        space: .service)
}
