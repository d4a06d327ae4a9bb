/// A deadline of an execution. Entries are never searched: one whose frame has moved on is dropped when it comes up.
struct Timer: Sendable, Equatable {
    /// Epoch milliseconds.
    var deadline: Int64
    /// nil: the execution as a whole.
    var frame: FrameID?
    /// Entries of the same deadline fire in the order in which they were set.
    var order: Int64

    static func < (left: Timer, right: Timer) -> Bool {
        (left.deadline, left.order) < (right.deadline, right.order)
    }
}

/// A binary heap of timers, the earliest first.
struct TimerHeap: Sendable {
    private var entries: [Timer] = []
    private var nextOrder: Int64 = 0

    var first: Timer? { entries.first }

    /// All entries, the earliest first.
    var inOrder: [Timer] { entries.sorted(by: <) }

    /// Removes those with a deadline up to a time that nobody needs any more.
    mutating func removeFirst(upTo time: Int64, where isOver: (Timer) -> Bool) {
        var kept: [Timer] = []
        while let first, first.deadline <= time {
            removeFirst()
            if !isOver(first) { kept.append(first) }
        }
        for timer in kept { insert(timer) }
    }

    mutating func insert(deadline: Int64, frame: FrameID?) {
        insert(Timer(deadline: deadline, frame: frame, order: nextOrder))
        nextOrder += 1
    }

    private mutating func insert(_ timer: Timer) {
        entries.append(timer)
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child] < entries[parent] else { break }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    mutating func removeFirst() {
        guard let last = entries.popLast(), !entries.isEmpty else { return }
        entries[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count && entries[child] < entries[least]
            {
                least = child
            }
            if least == parent { return }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}
