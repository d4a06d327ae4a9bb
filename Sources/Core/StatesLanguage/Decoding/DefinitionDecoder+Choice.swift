import JSON
import JSONPath

/// Decoding of Choice states.
extension DefinitionDecoder {
    mutating func decodeChoice(_ fields: Fields, place: Place, in graph: inout TransitionGraph) -> ChoiceState? {
        let inputPath = pathField("InputPath", of: fields)
        let outputPath = pathField("OutputPath", of: fields)
        let assign = assign(of: fields)
        let output = fields.language == .jsonata ? template("Output", of: fields) : nil
        guard let elements = array("Choices", of: fields) else {
            graph.markUncertain()
            _ = target("Default", of: fields, place: place, in: &graph)
            return nil
        }
        if elements.isEmpty { report("Value cannot be empty", at: fields.path("Choices")) }
        var rules: [ChoiceRule] = []
        for (index, element) in elements.enumerated() {
            let path = fields.path("Choices").appending(index)
            guard let object = element.object else {
                reportType("OBJECT", of: element, at: path)
                graph.markUncertain()
                continue
            }
            let rule = Fields(object: object, path: path, in: fields)
            if let decoded = self.rule(rule, place: place, in: &graph) { rules.append(decoded) }
        }
        let defaultNext = target("Default", of: fields, place: place, in: &graph)
        guard rules.count == elements.count, !rules.isEmpty, !fields.has("Default") || defaultNext != nil else {
            return nil
        }
        return ChoiceState(
            inputPath: inputPath, outputPath: outputPath, rules: rules, defaultNext: defaultNext, assign: assign,
            output: output)
    }

    private mutating func rule(_ fields: Fields, place: Place, in graph: inout TransitionGraph) -> ChoiceRule? {
        let assign = assign(of: fields)
        let output = fields.language == .jsonata ? template("Output", of: fields) : nil
        _ = text("Comment", of: fields)
        var condition: Condition?
        if fields.language == .jsonata {
            refuseUnknownFields(of: fields, known: ["Condition", "Next", "Comment", "Assign", "Output"])
            requireFields(["Condition", "Next"], of: fields)
            condition = jsonataCondition(fields)
        } else {
            requireFields(["Next"], of: fields)
            condition = jsonPathCondition(fields, isRule: true)
        }
        if !fields.has("Next") { graph.markUncertain() }
        let next = target("Next", of: fields, place: place, in: &graph)
        guard let condition, let next else { return nil }
        return ChoiceRule(condition: condition, next: next, assign: assign, output: output)
    }

    private mutating func jsonataCondition(_ fields: Fields) -> Condition? {
        guard let value = fields["Condition"] else { return nil }
        if let flag = value.bool { return .constant(flag) }
        if let expression = expression(value, "Condition", of: fields) { return .query(expression) }
        if holdsPlaceholder(value) { return .constant(false) }
        report("Value must be a boolean or a JSONata expression", at: fields.path("Condition"))
        return nil
    }

    /// - Parameter isRule: false inside And, Or and Not, where there is no `Next` and no `Assign`.
    private mutating func jsonPathCondition(_ fields: Fields, isRule: Bool) -> Condition? {
        let operators = fields.object.members.map(\.key.text).filter { Self.comparison(named: $0) != nil }
        let combiners = ["And", "Or", "Not"].filter { fields.has($0) }
        var known = ["Comment"] + (isRule ? ["Next", "Assign"] : [])
        known += combiners.isEmpty ? ["Variable"] + operators : combiners
        let suggestions = known + Self.comparisonNames + ["And", "Or", "Not", "Variable"]
        for member in fields.object.members where !known.contains(member.key.text) {
            let name = member.key.text
            report(
                "Field '\(name)' is not supported", at: fields.path, exactly: fields.path(name),
                hint: SpellingSuggestion.hint(for: name, among: suggestions.filter { $0 != name }))
        }
        let choices = combiners + operators
        if combiners.count > 1 || (combiners.isEmpty && operators.count > 1) {
            report(
                "Only one of these fields is allowed: [\(choices.joined(separator: ", "))]", at: fields.path,
                exactly: fields.path(choices[1]))
            return nil
        }
        if let combiner = combiners.first { return combination(combiner, of: fields) }
        if !fields.has("Variable") { requireFields(["Variable"], of: fields) }
        guard let name = operators.first else {
            report("A comparison operator is required", at: fields.path)
            return nil
        }
        return comparison(name, of: fields)
    }

    private mutating func combination(_ name: String, of fields: Fields) -> Condition? {
        if name == "Not" {
            guard let object = object(name, of: fields) else { return nil }
            return jsonPathCondition(Fields(object: object, path: fields.path(name), in: fields), isRule: false)
                .map { .not($0) }
        }
        guard let elements = array(name, of: fields) else { return nil }
        if elements.isEmpty { report("Value cannot be empty", at: fields.path(name)) }
        var conditions: [Condition] = []
        for (index, element) in elements.enumerated() {
            let path = fields.path(name).appending(index)
            guard let object = element.object else {
                reportType("OBJECT", of: element, at: path)
                continue
            }
            let inner = Fields(object: object, path: path, in: fields)
            if let condition = jsonPathCondition(inner, isRule: false) { conditions.append(condition) }
        }
        guard conditions.count == elements.count, !conditions.isEmpty else { return nil }
        return name == "And" ? .and(conditions) : .or(conditions)
    }

    private mutating func comparison(_ name: String, of fields: Fields) -> Condition? {
        let variable = path("Variable", of: fields)
        guard let (comparison, isPath) = Self.comparison(named: name), let value = fields[name] else { return nil }
        let operand: Condition.Operand?
        if isPath {
            operand = path(name, of: fields).map { .path($0) }
        } else {
            operand = isOperand(value, of: comparison, at: fields.path(name)) ? .value(value) : nil
            if comparison.hasPathForm, let text = value.string { warnOfPath(text, at: fields.path(name)) }
        }
        guard let variable, let operand else { return nil }
        return .comparison(variable: variable, comparison, operand)
    }

    /// Reports an operand of another type than the operator's.
    private mutating func isOperand(
        _ value: JSONValue, of comparison: ComparisonOperator, at path: DefinitionPath
    ) -> Bool {
        let expected: String
        switch (comparison.operandType, value) {
        case (.text, .string), (.number, .number), (.flag, .bool): return true
        case (.timestamp, .string(let text)):
            if Timestamp(rfc3339: text) != nil || holdsPlaceholder(value) { return true }
            report("String does not match RFC3339 timestamp", at: path)
            return false
        case (.text, _), (.timestamp, _): expected = "STRING"
        case (.number, _): expected = "NUMBER"
        case (.flag, _): expected = "BOOLEAN"
        }
        reportType(expected, of: value, at: path)
        return comparison.operandType == .number && holdsPlaceholder(value)
    }

    /// - Returns: the operator and whether it compares with the value at a path; nil for any other name.
    static func comparison(named name: String) -> (ComparisonOperator, isPath: Bool)? {
        if let comparison = ComparisonOperator(rawValue: name) { return (comparison, false) }
        guard name.hasSuffix("Path"), let comparison = ComparisonOperator(rawValue: String(name.dropLast(4))),
            comparison.hasPathForm
        else { return nil }
        return (comparison, true)
    }

    private static let comparisonNames = ComparisonOperator.allCases.flatMap {
        $0.hasPathForm ? [$0.rawValue, $0.rawValue + "Path"] : [$0.rawValue]
    }
}

extension ComparisonOperator {
    enum OperandType {
        case text
        case number
        case flag
        case timestamp
    }

    /// What stands beside the operator in a definition.
    var operandType: OperandType {
        switch self {
        case .stringEquals, .stringLessThan, .stringGreaterThan, .stringLessThanEquals, .stringGreaterThanEquals,
            .stringMatches:
            .text
        case .numericEquals, .numericLessThan, .numericGreaterThan, .numericLessThanEquals, .numericGreaterThanEquals:
            .number
        case .timestampEquals, .timestampLessThan, .timestampGreaterThan, .timestampLessThanEquals,
            .timestampGreaterThanEquals:
            .timestamp
        case .booleanEquals, .isNull, .isPresent, .isNumeric, .isString, .isBoolean, .isTimestamp:
            .flag
        }
    }

    /// Whether there is an operator of the same name with `Path` at its end. Source: States Language § Choice State.
    var hasPathForm: Bool {
        switch self {
        case .stringMatches, .isNull, .isPresent, .isNumeric, .isString, .isBoolean, .isTimestamp: false
        case .booleanEquals, .stringEquals, .stringLessThan, .stringGreaterThan, .stringLessThanEquals,
            .stringGreaterThanEquals,
            .numericEquals, .numericLessThan, .numericGreaterThan, .numericLessThanEquals, .numericGreaterThanEquals,
            .timestampEquals, .timestampLessThan, .timestampGreaterThan, .timestampLessThanEquals,
            .timestampGreaterThanEquals:
            true
        }
    }
}
