/// The members of a JSON object, in order, each key once.
///
/// Flat pairs: faster than a Dictionary to build, walk and compare at every size, and to search up to `indexedFrom` members;
/// above that a key index is kept beside them.
public struct JSONObject: Sendable {
    public struct Member: Sendable {
        public var key: JSONString
        public var value: JSONValue

        public init(key: JSONString, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    public private(set) var members: [Member]
    /// Position by key, once there are more than `indexedFrom` members.
    private var positions: [JSONString: Int]?

    /// Above this many members a search through the pairs costs more than an index (design/MEASURED-COSTS §5b).
    static let indexedFrom = 16

    public init(minimumCapacity: Int = 0) {
        members = []
        members.reserveCapacity(minimumCapacity)
    }

    public var count: Int { members.count }
    public var isEmpty: Bool { members.isEmpty }
    public var keys: [JSONString] { members.map(\.key) }

    /// The position of `key` in `members`, from 0.
    public func position(of key: JSONString) -> Int? {
        if let positions { return positions[key] }
        for index in members.indices where members[index].key == key { return index }
        return nil
    }

    /// Setting an existing key keeps its place; a new key goes last; nil removes.
    public subscript(key: JSONString) -> JSONValue? {
        get {
            guard let index = position(of: key) else { return nil }
            return members[index].value
        }
        set {
            switch (position(of: key), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): remove(at: index)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// Appends a member; the caller knows that the key is new.
    public mutating func append(_ key: consuming JSONString, _ value: consuming JSONValue) {
        guard positions == nil, members.count < Self.indexedFrom else { return appendIndexed(key, value) }
        members.append(Member(key: key, value: value))
    }

    private mutating func appendIndexed(_ key: JSONString, _ value: JSONValue) {
        members.append(Member(key: key, value: value))
        if positions == nil {
            buildIndex()
        } else {
            positions?[key] = members.count - 1
        }
    }

    /// Replaces the value at a position in place.
    public mutating func setValue(_ value: JSONValue, at index: Int) {
        members[index].value = value
    }

    private mutating func remove(at index: Int) {
        members.remove(at: index)
        if positions != nil { buildIndex() }
    }

    private mutating func buildIndex() {
        guard members.count > Self.indexedFrom else {
            positions = nil
            return
        }
        var index: [JSONString: Int] = [:]
        index.reserveCapacity(members.count)
        for position in members.indices { index[members[position].key] = position }
        positions = index
    }
}

extension JSONObject {
    /// Equal are objects with the same members in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        for index in left.members.indices {
            let member = left.members[index]
            if right.members[index].key == member.key {
                if right.members[index].value != member.value { return false }
            } else if right[member.key] != member.value {
                return false
            }
        }
        return true
    }
}

extension JSONObject: Hashable {
    /// The order of members makes no difference, as in equality.
    public func hash(into hasher: inout Hasher) {
        var sum = count
        for member in members {
            var hasher = Hasher()
            hasher.combine(member.key)
            hasher.combine(member.value)
            sum ^= hasher.finalize()
        }
        hasher.combine(sum)
    }
}

extension JSONObject: Sequence {
    public func makeIterator() -> IndexingIterator<[Member]> { members.makeIterator() }
    public var underestimatedCount: Int { members.count }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral members: (JSONString, JSONValue)...) {
        self.init(minimumCapacity: members.count)
        for (key, value) in members { self[key] = value }
    }
}
