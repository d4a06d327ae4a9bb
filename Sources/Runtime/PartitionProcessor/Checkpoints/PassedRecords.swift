/// Records on `events` that are no events, and that a retry of their entity has passed over: a new owner does so too.
struct PassedRecords {
    static let keyPrefix = "@passed/"

    /// By entity, the offset behind the last such record.
    private var ends: [String: Int64] = [:]

    static func key(_ entity: String) -> [UInt8] { Array((keyPrefix + entity).utf8) }

    func contains(_ offset: Int64, of entity: String) -> Bool { ends[entity].map { offset < $0 } ?? false }

    /// - Returns: what is now written under `key`.
    mutating func note(_ offset: Int64, of entity: String) -> [UInt8] {
        let end = max(ends[entity] ?? 0, offset + 1)
        ends[entity] = end
        return Array(String(end).utf8)
    }

    /// Forgets those that lie before what a new owner folds. - Returns: their entities, in order.
    mutating func drop(before eventsOffset: Int64) -> [String] {
        guard !ends.isEmpty else { return [] }
        let dropped = ends.keys.filter { ends[$0].map { $0 <= eventsOffset } ?? true }.sorted()
        for entity in dropped { ends[entity] = nil }
        return dropped
    }

    mutating func restore(_ entity: String, _ value: [UInt8]?) {
        ends[entity] = value.flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
    }
}
