import JSON

/// An object that an expression makes or changes: shared by reference, in the order of its members, each key once.
final class Record {
    private(set) var members: [(key: JSONString, value: Value)] = []
    /// Position by key, once there are more members than a search is good for.
    private var positions: [JSONString: Int]?

    /// Arrays and objects within one another, as far as the expression made them.
    private(set) var nesting = 1

    private static let indexedFrom = 16

    init() {}

    init(_ members: [(key: JSONString, value: Value)]) {
        for member in members { self[member.key] = member.value }
    }

    /// The member `key`; setting nothing removes it.
    subscript(key: JSONString) -> Value {
        get { position(of: key).map { members[$0].value } ?? .undefined }
        set {
            guard !newValue.isUndefined else { return remove(key) }
            nesting = max(nesting, min(newValue.nesting, Int(UInt16.max)) + 1)
            if let position = position(of: key) {
                members[position].value = newValue
            } else {
                members.append((key, newValue))
                positions?[key] = members.count - 1
                if positions == nil, members.count > Self.indexedFrom { buildIndex() }
            }
        }
    }

    private func position(of key: JSONString) -> Int? {
        if let positions { return positions[key] }
        return members.firstIndex { $0.key == key }
    }

    private func remove(_ key: JSONString) {
        guard let position = position(of: key) else { return }
        members.remove(at: position)
        if positions != nil { buildIndex() }
    }

    private func buildIndex() {
        var index: [JSONString: Int] = [:]
        for position in members.indices { index[members[position].key] = position }
        positions = index
    }
}
