/// The entities whose commands go to the dead letters: behind one that has ended the process again and again, or because a record of
/// theirs can't be read.
struct ParkedEntities {
    struct Parked: Equatable {
        /// How many of its records are dead letters.
        var count: Int64
        /// Where on `events` that begins what its checkpoint lacks, if it could not be read; nil: its state is known.
        var unreadFrom: Int64?

        /// What stands under the entity's key.
        var encoded: [UInt8] { Array((unreadFrom.map { "\(count) \($0)" } ?? "\(count)").utf8) }
    }

    static let keyPrefix = "@parked/"

    private var entities: [String: Parked] = [:]
    private var unreadCount = 0

    var isEmpty: Bool { entities.isEmpty }
    var hasUnread: Bool { unreadCount > 0 }

    static func key(_ entity: String) -> [UInt8] { Array((keyPrefix + entity).utf8) }

    subscript(entity: String) -> Parked? {
        get { entities[entity] }
        set {
            if entities[entity]?.unreadFrom != nil { unreadCount -= 1 }
            if newValue?.unreadFrom != nil { unreadCount += 1 }
            entities[entity] = newValue
        }
    }

    /// Those whose state is not known, in order.
    var unread: [String] { hasUnread ? entities.keys.filter { entities[$0]?.unreadFrom != nil }.sorted() : [] }

    /// - Parameter unreadFrom: as `Parked` has it, when a record could not be read.
    /// - Returns: what is now written under `key`.
    mutating func divert(_ entity: String, unreadFrom: Int64? = nil) -> [UInt8] {
        var parked = self[entity] ?? Parked(count: 0)
        parked.count += 1
        parked.unreadFrom = parked.unreadFrom ?? unreadFrom
        self[entity] = parked
        return parked.encoded
    }

    /// One of its records is back. - Returns: what is now written under `key`; nil when it was the last and the entity runs again.
    mutating func takeBack(_ entity: String) -> [UInt8]? {
        guard var parked = self[entity], parked.count > 1 else {
            self[entity] = nil
            return nil
        }
        parked.count -= 1
        self[entity] = parked
        return parked.encoded
    }

    mutating func restore(_ entity: String, _ value: [UInt8]?) {
        self[entity] = value.map { value in
            let numbers = String(decoding: value, as: UTF8.self).split(separator: " ").map { Int64($0) }
            return Parked(count: (numbers.first ?? nil) ?? 1, unreadFrom: numbers.count > 1 ? numbers[1] : nil)
        }
    }
}
