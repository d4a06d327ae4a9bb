import JSON

/// AWS's HistoryEvent out of a record of `events`: without the envelope and without what only folding needs.
enum HistoryEvent {
    /// For a record that is not in the engine's own form.
    static func bytes(of record: JSONValue) -> [UInt8] {
        guard case .object(let object) = record else { return [] }
        var event = JSONObject(minimumCapacity: object.count)
        for member in object where !["executionArn", "sequence", "steplog"].contains(member.key) {
            event.append(member.key, member.value)
        }
        return JSONWriter.bytes(.object(event))
    }
}
