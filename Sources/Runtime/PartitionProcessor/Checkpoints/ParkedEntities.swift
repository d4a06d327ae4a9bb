/// The entities whose commands go to the dead letters, behind one that has ended the process again and again.
struct ParkedEntities {
    static let keyPrefix = "@parked/"

    /// How many commands of each are there.
    private(set) var counts: [String: Int64] = [:]

    var isEmpty: Bool { counts.isEmpty }

    static func key(_ entity: String) -> [UInt8] { Array((keyPrefix + entity).utf8) }

    func contains(_ entity: String) -> Bool { counts[entity] != nil }

    /// - Returns: what is now written under `key`.
    mutating func divert(_ entity: String) -> [UInt8] {
        let count = (counts[entity] ?? 0) + 1
        counts[entity] = count
        return Array(String(count).utf8)
    }

    /// One of its commands is back. - Returns: what is now written under `key`; nil when it was the last and the entity runs again.
    mutating func takeBack(_ entity: String) -> [UInt8]? {
        guard let count = counts[entity], count > 1 else {
            counts[entity] = nil
            return nil
        }
        counts[entity] = count - 1
        return Array(String(count - 1).utf8)
    }

    mutating func restore(_ entity: String, _ value: [UInt8]?) {
        counts[entity] = value.map { Int64(String(decoding: $0, as: UTF8.self)) ?? 1 }
    }
}
