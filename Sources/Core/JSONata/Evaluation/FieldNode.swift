import JSON

/// A name: the member of that name, of an array those of its elements.
final class FieldNode: Node {
    let key: JSONString
    /// Where the context keeps the place at which the key was found the last time.
    let hint: Int

    /// The key where it is ASCII. Swift's `==` of such a text and one of as many bytes is equality by bytes: what is
    /// canonically equivalent to ASCII without being it is longer.
    private let asciiKey: String?

    init(key: JSONString, hint: Int) {
        self.key = key
        self.hint = hint
        asciiKey = Text.isASCII(key) ? key.text : nil
    }

    @inline(__always)
    private func isKey(_ other: JSONString) -> Bool {
        guard let asciiKey, !other.hasLoneSurrogate else { return other == key }
        let text = other.text
        return text.utf8.count == asciiKey.utf8.count && text == asciiKey
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try read(input, context).collapsed()
    }

    /// The member before the rule of sequences is applied.
    @inline(__always)
    func read(_ input: Value, _ context: EvaluationContext) throws(JSONataError) -> Value {
        guard case .object(let object) = input else { return try input.member(key, context) }
        return read(object, context)
    }

    @inline(__always)
    func read(_ object: JSONObject, _ context: EvaluationContext) -> Value {
        let known = context.hints[hint]
        if known < object.members.count, isKey(object.members[known].key) { return Value(object.members[known].value) }
        guard let position = object.position(of: key) else { return .undefined }
        context.hints[hint] = position
        return Value(object.members[position].value)
    }

    /// The member of one value that is not one of many alike.
    @inline(__always)
    func readOnce(_ input: Value, _ context: EvaluationContext) throws(JSONataError) -> Value {
        guard case .object(let object) = input else { return try input.member(key, context).collapsed() }
        if asciiKey != nil, object.count <= 16 {
            for index in 0..<object.members.count where isKey(object.members[index].key) {
                return Value(object.members[index].value)
            }
            return .undefined
        }
        guard let position = object.position(of: key) else { return .undefined }
        return Value(object.members[position].value)
    }
}

/// A path of one name: on an array it reads each element, as every path does.
final class FieldPathNode: Node {
    let field: FieldNode

    init(_ field: FieldNode) { self.field = field }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        guard !input.isArray else {
            var collector = StepCollector(expectedCount: min(input.count, 1_024))
            switch input {
            case .list(let items):
                for item in items { collector.add(try field.evaluate(Value(item), frame, context)) }
            case .array(let elements):
                for item in elements.items { collector.add(try field.evaluate(item, frame, context)) }
            case .undefined, .null, .bool, .number, .string, .object, .record, .function, .tuples: break
            }
            return collector.finished(isLast: true).value.collapsed()
        }
        return try field.evaluate(input, frame, context)
    }
}
