import JSON

/// `| pattern | update, deletions |`: a function that changes a copy of its argument.
final class TransformNode: Node {
    private let pattern: any Node
    private let update: any Node
    private let updatePosition: Int
    private let deletion: (any Node)?
    private let deletionPosition: Int
    /// The variable `$clone`, which an expression may replace.
    private let cloneName: Int

    init(
        pattern: any Node, update: any Node, updatePosition: Int, deletion: (any Node)?, deletionPosition: Int,
        cloneName: Int
    ) {
        self.pattern = pattern
        self.update = update
        self.updatePosition = updatePosition
        self.deletion = deletion
        self.deletionPosition = deletionPosition
        self.cloneName = cloneName
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) -> Value {
        .function(
            Function(arity: 1, signature: Signatures.transform, keeping: frame.nesting) {
                [self] arguments, call throws(JSONataError) in
                try transform(arguments.first ?? .undefined, frame, call.context)
            })
    }

    private func transform(_ value: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        guard !value.isUndefined else { return .undefined }
        var result = value
        if let clone = frame.lookup(cloneName) {
            guard case .function = clone else { throw JSONataError("T2013") }
            result = try context.apply(clone, [value], input: .null)
        }
        result = try result.cloned(context)
        let matches = try pattern.evaluate(result, frame, context)
        guard !matches.isUndefined else { return result }
        for match in matches.items {
            let changes = try update.evaluate(match, frame, context)
            if !changes.isUndefined {
                guard let members = changes.members else {
                    throw JSONataError("T2011", position: updatePosition, [("value", changes.json ?? .null)])
                }
                if case .record(let record) = match {
                    for member in members { record[member.key] = member.value }
                }
            }
            if let deletion { try delete(deletion, from: match, frame, context) }
        }
        return result
    }

    private func delete(
        _ deletion: any Node, from match: Value, _ frame: Frame, _ context: EvaluationContext
    ) throws(JSONataError) {
        let deletions = try deletion.evaluate(match, frame, context)
        guard !deletions.isUndefined else { return }
        for item in deletions.items {
            guard case .string(let key) = item else {
                throw JSONataError("T2012", position: deletionPosition, [("value", deletions.json ?? .null)])
            }
            if case .record(let record) = match { record[key] = .undefined }
        }
    }
}
