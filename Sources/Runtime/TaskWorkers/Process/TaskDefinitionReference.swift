/// How RunTask names a task definition: `family`, `family:revision`, or its ARN.
struct TaskDefinitionReference: Sendable, Equatable {
    var family: String
    /// nil for the highest.
    var revision: Int64?

    init(_ text: String) {
        var name = Substring(text)
        if let marker = text.range(of: ":task-definition/") { name = text[marker.upperBound...] }
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        family = parts.first.map(String.init) ?? ""
        revision = parts.count == 2 ? Int64(parts[1]) : nil
        // A revision that is no number belongs to no family: the whole text is the name that is not found.
        if parts.count == 2, revision == nil { family = String(name) }
    }
}

extension String {
    /// Where `text` occurs first.
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
