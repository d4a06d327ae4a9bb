import JSON

/// Decoding of plain values: texts, numbers, booleans, objects, arrays.
extension DefinitionDecoder {
    /// Whether `value` holds a `${Name}` placeholder that this compilation tolerates.
    func holdsPlaceholder(_ value: JSONValue) -> Bool {
        options.allowPlaceholders && PlaceholderCheck.name(in: value) != nil
    }

    /// Reports a value of a wrong type; `type` as AWS writes it: STRING, INTEGER, NUMBER, BOOLEAN, OBJECT, ARRAY.
    ///
    /// A placeholder may stand for a number, but not for what makes the shape of the machine.
    mutating func reportType(_ type: String, of value: JSONValue, at path: DefinitionPath) {
        if type == "INTEGER" || type == "NUMBER", holdsPlaceholder(value) { return }
        report("Expected value of type [\(type)]", at: path, hint: Self.placeholderHint(for: value))
    }

    static func placeholderHint(for value: JSONValue) -> String? {
        PlaceholderCheck.name(in: value).map { "the placeholder \($0) is not replaced" }
    }

    mutating func text(_ name: String, of fields: Fields) -> String? {
        guard let value = fields[name] else { return nil }
        guard let text = value.string else {
            reportType("STRING", of: value, at: fields.path(name))
            return nil
        }
        return text
    }

    mutating func boolean(_ name: String, of fields: Fields) -> Bool? {
        guard let value = fields[name] else { return nil }
        guard let flag = value.bool else {
            reportType("BOOLEAN", of: value, at: fields.path(name))
            return nil
        }
        return flag
    }

    mutating func object(_ name: String, of fields: Fields) -> JSONObject? {
        guard let value = fields[name] else { return nil }
        guard let object = value.object else {
            reportType("OBJECT", of: value, at: fields.path(name))
            return nil
        }
        return object
    }

    mutating func array(_ name: String, of fields: Fields) -> [JSONValue]? {
        guard let value = fields[name] else { return nil }
        guard let elements = value.array else {
            reportType("ARRAY", of: value, at: fields.path(name))
            return nil
        }
        return elements
    }

    mutating func wholeNumber(_ name: String, of fields: Fields, in range: ClosedRange<Int64>) -> Int64? {
        guard let value = fields[name] else { return nil }
        guard let whole = value.number?.int64 else {
            reportType("INTEGER", of: value, at: fields.path(name))
            return nil
        }
        guard isInside(Double(whole), Double(range.lowerBound)...Double(range.upperBound), at: fields.path(name)) else {
            return nil
        }
        return whole
    }

    mutating func number(_ name: String, of fields: Fields, in range: ClosedRange<Double>) -> Double? {
        guard let value = fields[name] else { return nil }
        guard let number = value.number?.double else {
            reportType("NUMBER", of: value, at: fields.path(name))
            return nil
        }
        return isInside(number, range, at: fields.path(name)) ? number : nil
    }

    /// Reports a number out of its range, in AWS's words (`Minimum value is 0`).
    mutating func isInside(_ number: Double, _ range: ClosedRange<Double>, at path: DefinitionPath) -> Bool {
        if number < range.lowerBound {
            report("Minimum value is \(JSONNumber.ecmaScriptText(range.lowerBound))", at: path)
            return false
        }
        if number > range.upperBound {
            report("Maximum value is \(JSONNumber.ecmaScriptText(range.upperBound))", at: path)
            return false
        }
        return true
    }

    /// One of `values`; AWS's words for another.
    mutating func oneOf(_ values: [String], _ name: String, of fields: Fields) -> String? {
        guard let text = text(name, of: fields) else { return nil }
        guard values.contains(text) else {
            if !holdsPlaceholder(.string(text)) {
                report(
                    "Value should be one of the following: [\(values.joined(separator: ", "))]", at: fields.path(name),
                    hint: SpellingSuggestion.hint(for: text, among: values))
            }
            return nil
        }
        return text
    }

    /// nil where the field is absent. A wrong value is reported and counts as JSONata, as measured on AWS.
    mutating func queryLanguage(of fields: Fields) -> QueryLanguage? {
        guard fields.has("QueryLanguage") else { return nil }
        let known = [QueryLanguage.jsonPath.rawValue, QueryLanguage.jsonata.rawValue]
        return oneOf(known, "QueryLanguage", of: fields) == QueryLanguage.jsonPath.rawValue ? .jsonPath : .jsonata
    }

    // MARK: - Which fields there are

    mutating func refuseUnknownFields(of fields: Fields, known: [String]) {
        for member in fields.object.members where !known.contains(member.key.text) {
            let name = member.key.text
            report(
                "Field '\(name)' is not supported", at: fields.path, exactly: fields.path(name),
                hint: SpellingSuggestion.hint(for: name, among: known))
        }
    }

    mutating func requireFields(_ names: [String], of fields: Fields) {
        let missing = names.filter { !fields.has($0) }
        guard !missing.isEmpty else { return }
        report("These fields are required: [\(missing.joined(separator: ", "))]", at: fields.path)
    }

    /// Reports two or more of `names` at once.
    mutating func allowOne(of names: [String], in fields: Fields) {
        let present = names.filter { fields.has($0) }
        guard present.count > 1 else { return }
        report(
            "Only one of these fields is allowed: [\(present.joined(separator: ", "))]", at: fields.path,
            exactly: fields.path(present[1]))
    }

    /// Reports none, or two or more, of `names`.
    mutating func requireOne(of names: [String], in fields: Fields) {
        if names.contains(where: { fields.has($0) }) {
            allowOne(of: names, in: fields)
        } else {
            report("One of these fields is required: [\(names.joined(separator: ", "))]", at: fields.path)
        }
    }
}
