import JSON

/// The groups of an object that is made of items, in the order of their first items.
struct Groups {
    /// The items that have one key.
    struct Group {
        let key: JSONString
        /// Which pair of the object made the group.
        let pair: Int
        private var items: [Value]
        /// Only one item: the context is that item itself, even if it is an array.
        private var isSingle = true

        init(_ item: Value, _ key: JSONString, pair: Int) {
            items = [item]
            self.key = key
            self.pair = pair
        }

        /// What the pair's value is evaluated on.
        var context: Value { isSingle ? items[0] : .array(Elements(items)) }

        mutating func add(_ item: Value) {
            if isSingle {
                isSingle = false
                if items[0].isArray { items = items[0].items }
            }
            if item.isArray {
                item.flatten(into: &items)
            } else {
                items.append(item)
            }
        }
    }

    private(set) var all: [Group] = []
    /// Position by key, once there are more groups than a search is good for.
    private var places: [JSONString: Int] = [:]

    private static let indexedFrom = 9

    /// - Returns: false where another pair has made a group of this key.
    mutating func add(_ item: Value, _ key: JSONString, pair: Int) -> Bool {
        guard let place = place(of: key) else {
            if !places.isEmpty { places[key] = all.count }
            all.append(Group(item, key, pair: pair))
            if all.count == Self.indexedFrom {
                for index in all.indices { places[all[index].key] = index }
            }
            return true
        }
        guard all[place].pair == pair else { return false }
        all[place].add(item)
        return true
    }

    private func place(of key: JSONString) -> Int? {
        guard places.isEmpty else { return places[key] }
        for index in all.indices where all[index].key == key { return index }
        return nil
    }
}
