import JSON
import JSONPath

/// Decoding of paths, templates and of values that may be computed.
extension DefinitionDecoder {
    // MARK: - Paths

    /// `InputPath` or `OutputPath`; null is allowed.
    mutating func pathField(_ name: String, of fields: Fields) -> PathField {
        guard fields.language == .jsonPath, let value = fields[name] else { return .whole }
        if value.isNull { return .discard }
        return path(name, of: fields).map { .path($0) } ?? .whole
    }

    mutating func resultPath(of fields: Fields) -> ResultPathField {
        guard fields.language == .jsonPath, let value = fields["ResultPath"] else { return .whole }
        if value.isNull { return .discard }
        guard let text = text("ResultPath", of: fields) else { return .whole }
        if text == "$" { return .whole }
        do {
            return .path(try ReferencePath(text))
        } catch {
            reportPath("Value is not a Reference Path", text, because: error.message, at: fields.path("ResultPath"))
            return .whole
        }
    }

    /// A path to a value that must be there. A tolerated placeholder gives `$`.
    mutating func path(_ name: String, of fields: Fields) -> RootedPath? {
        guard let text = text(name, of: fields) else { return nil }
        do {
            return try RootedPath(text)
        } catch {
            if holdsPlaceholder(.string(text)) { return try? RootedPath("$") }
            reportPath("Value is not a valid JSONPath", text, because: error.message, at: fields.path(name))
            return nil
        }
    }

    private mutating func reportPath(_ message: String, _ text: String, because reason: String, at path: DefinitionPath)
    {
        guard !holdsPlaceholder(.string(text)) else { return }
        report(message, at: path, hint: Self.placeholderHint(for: .string(text)) ?? "\"\(text.prefix(80))\": \(reason)")
    }

    // MARK: - Templates

    /// A payload template of the state's query language.
    mutating func template(_ name: String, of fields: Fields) -> Template? {
        guard let value = fields[name] else { return nil }
        return template(value, name, of: fields)
    }

    mutating func template(_ value: JSONValue, _ name: String, of fields: Fields) -> Template? {
        switch fields.language {
        case .jsonata:
            checkExpressions(in: value, at: fields.path(name), members: fields.statesMembers(in: name))
            return Template.compileJSONata(value, field: fields.pathFromState(name))
        case .jsonPath:
            let errorsBefore = errorCount
            let sound = checkTemplate(value, field: fields.path(name), at: fields.path(name))
            guard errorCount == errorsBefore else { return nil }
            do {
                return try Template.compileJSONPath(sound, field: name)
            } catch {
                report(Self.invalidTemplateMember(name), at: fields.path(name))
                return nil
            }
        }
    }

    /// `Assign`: an object whose members become variables.
    mutating func assign(of fields: Fields) -> Template? {
        guard let object = object("Assign", of: fields) else { return nil }
        for member in object.members {
            let written = member.key.text
            let name = fields.language == .jsonPath && written.hasSuffix(".$") ? String(written.dropLast(2)) : written
            if !VariableName.isValid(name) { invalidVariable(name, at: fields.path("Assign"), exactly: written) }
        }
        return template(.object(object), "Assign", of: fields)
    }

    private mutating func invalidVariable(_ name: String, at path: DefinitionPath, exactly written: String) {
        let message = "The variable name '\(name)' is not valid"
        let hint = "a name is an identifier of at most \(VariableName.lengthMax) characters"
        guard options.allowPlaceholders else {
            return report(message, at: path, exactly: path.appending(written), hint: hint)
        }
        warn(.schema, message, at: path.appending(written), hint: hint)
    }

    static func invalidTemplateMember(_ name: String) -> String {
        "The value for the field '\(name)' must be a valid JSONPath or a valid intrinsic function call"
    }

    /// Reports every member of a JSONPath template that is wrong.
    /// - Parameter field: AWS's location, the field that holds the template.
    /// - Returns: the template in which tolerated placeholders are plain values.
    private mutating func checkTemplate(_ value: JSONValue, field: DefinitionPath, at path: DefinitionPath) -> JSONValue
    {
        switch value {
        case .array(let elements):
            var sound: [JSONValue] = []
            sound.reserveCapacity(elements.count)
            for (index, element) in elements.enumerated() {
                sound.append(checkTemplate(element, field: field, at: path.appending(index)))
            }
            return .array(sound)
        case .object(let object):
            var sound = JSONObject(minimumCapacity: object.count)
            for member in object.members {
                checkMember(member, of: object, field: field, at: path.appending(member.key.text), into: &sound)
            }
            return .object(sound)
        case .null, .bool, .number, .string:
            return value
        }
    }

    private mutating func checkMember(
        _ member: JSONObject.Member, of object: JSONObject, field: DefinitionPath, at path: DefinitionPath,
        into sound: inout JSONObject
    ) {
        let name = member.key.text
        guard name.hasSuffix(".$") else {
            if case .string(let text) = member.value, Self.looksLikePath(text.text) {
                warn(
                    .noDollar, "No .$ on a field that appears to be a JSONPath or Intrinsic Function: '\(name)'",
                    at: path)
            }
            sound[member.key] = checkTemplate(member.value, field: field, at: path)
            return
        }
        let plain = JSONString(String(name.dropLast(2)))
        if object[plain] != nil {
            report(
                "The field '\(plain.text)' is there twice once '.$' is removed from '\(name)'", at: field, exactly: path
            )
        }
        if let text = member.value.string, Self.isPathOrIntrinsic(text) {
            sound[member.key] = member.value
        } else if holdsPlaceholder(member.value) {
            sound[plain] = member.value
        } else {
            report(
                Self.invalidTemplateMember(name), at: field, exactly: path,
                hint: Self.placeholderHint(for: member.value))
        }
    }

    /// Whether `"key.$": text` is well-formed. No blank stands before a function's name.
    static func isPathOrIntrinsic(_ text: String) -> Bool {
        (text.first?.isWhitespace == false)
            && (try? Template.compileJSONPath(["value.$": .string(text)], field: "")) != nil
    }

    /// AWS's warning for a path in a field that holds plain text.
    mutating func warnOfPath(_ text: String, at path: DefinitionPath) {
        guard Self.looksLikePath(text) else { return }
        warn(.noPath, "Field value looks like a path, but field name does not end with 'Path'", at: path)
    }

    /// Whether a plain value seems to be meant as a path.
    private static func looksLikePath(_ text: String) -> Bool {
        (text.hasPrefix("$.") || text.hasPrefix("$$.") || text.hasPrefix("States.")) && isPathOrIntrinsic(text)
    }

    // MARK: - Values that may be computed

    /// A number: plain, from a path (`…Path`, JSONPath) or from an expression (JSONata).
    mutating func numberField(
        _ name: String, of fields: Fields, in range: ClosedRange<Double>, isWhole: Bool = true
    ) -> NumberField? {
        let pathName = name + "Path"
        allowOne(of: fields.language == .jsonPath ? [name, pathName] : [name], in: fields)
        if let expression = expression(fields[name], name, of: fields) { return .query(expression) }
        if fields.has(name) {
            if isWhole {
                let whole = Int64(range.lowerBound)...(Int64(exactly: range.upperBound) ?? Int64.max)
                return wholeNumber(name, of: fields, in: whole).map { .value(Double($0)) }
            }
            return number(name, of: fields, in: range).map { .value($0) }
        }
        guard fields.language == .jsonPath, fields.has(pathName) else { return nil }
        return path(pathName, of: fields).map { .path($0, field: pathName) }
    }

    /// A text: plain, from a path or intrinsic function (`…Path`, JSONPath), or from an expression (JSONata).
    mutating func textField(_ name: String, of fields: Fields, allowsIntrinsics: Bool) -> TextField? {
        let pathName = name + "Path"
        allowOne(of: fields.language == .jsonPath ? [name, pathName] : [name], in: fields)
        if let expression = expression(fields[name], name, of: fields) { return .query(expression) }
        if fields.has(name) {
            guard let text = text(name, of: fields) else { return nil }
            if fields.language == .jsonPath { warnOfPath(text, at: fields.path(name)) }
            return .value(text)
        }
        guard fields.language == .jsonPath, let written = text(pathName, of: fields) else { return nil }
        guard allowsIntrinsics, !written.hasPrefix("$") else {
            return path(pathName, of: fields).map { .path($0, field: pathName) }
        }
        do {
            let call = try IntrinsicCall(parsing: written)
            guard Self.textFunctions.contains(call.function) else {
                report(
                    Self.invalidTemplateMember(pathName), at: fields.path(pathName),
                    hint: "\(call.function.rawValue) does not give a string")
                return nil
            }
            return .intrinsic(call, field: pathName)
        } catch {
            if !holdsPlaceholder(.string(written)) {
                report(Self.invalidTemplateMember(pathName), at: fields.path(pathName))
            }
            return nil
        }
    }

    /// Functions whose result is, or can be, a string. Source: States Language § Fail State.
    private static let textFunctions: [IntrinsicFunction] = [
        .format, .jsonToString, .arrayGetItem, .base64Encode, .base64Decode, .hash, .uuid,
    ]
}
