/// Something that happens by itself at a moment.
struct Due: Sendable {
    enum What: Sendable {
        /// A task comes to its next step, if its life is still the one of this generation.
        case step(String, Int)
        /// An event of a task's step gets to the queues; the last number tells duplicates apart.
        case event(String, Int, Int)
    }

    var at: Int64
    var what: What
}

/// What is due, earliest first.
struct DueHeap: Sendable {
    private var items: [Due] = []

    var first: Due? { items.first }

    mutating func insert(_ item: Due) {
        items.append(item)
        var index = items.count - 1
        while index > 0, items[(index - 1) / 2].at > items[index].at {
            items.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func removeFirst() {
        guard let last = items.popLast(), !items.isEmpty else { return }
        items[0] = last
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < items.count && items[child].at < items[least].at {
                least = child
            }
            if least == index { return }
            items.swapAt(index, least)
            index = least
        }
    }
}
