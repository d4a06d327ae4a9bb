/// An expression that is no path, with predicates, a grouping or `[]` behind it.
final class FilteredNode: Node {
    let base: any Node
    let filters: [Filter]
    let group: GroupTerms?
    let keepsArray: Bool

    init(_ base: any Node, filters: [Filter], group: GroupTerms?, keepsArray: Bool) {
        self.base = base
        self.filters = filters
        self.group = group
        self.keepsArray = keepsArray
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        var result = try base.evaluate(input, frame, context)
        for filter in filters { result = try filter.apply(to: result, frame, context) }
        if keepsArray, !filters.isEmpty, !result.isArray, !result.isUndefined { result = .sequence([result]) }
        if let group { result = try group.evaluate(result, frame, context) }
        return result.collapsed(keepsArray: keepsArray)
    }
}
