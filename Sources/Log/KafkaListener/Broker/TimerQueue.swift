/// Deadlines in order. What a deadline was set for may have changed by the time it comes: the one who set it looks again.
struct TimerQueue<Subject> {
    private var heap: [(deadline: Int64, subject: Subject)] = []

    /// The earliest deadline; nil when there is none.
    var next: Int64? { heap.first?.deadline }

    mutating func add(_ subject: Subject, at deadline: Int64) {
        heap.append((deadline, subject))
        var index = heap.count - 1
        while index > 0, heap[(index - 1) / 2].deadline > heap[index].deadline {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// Takes out one whose deadline is `now` or earlier.
    mutating func popDue(_ now: Int64) -> Subject? {
        guard let first = heap.first, first.deadline <= now else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var index = 0
        while true {
            let children = [2 * index + 1, 2 * index + 2].filter { $0 < heap.count }
            guard let least = children.min(by: { heap[$0].deadline < heap[$1].deadline }),
                heap[least].deadline < heap[index].deadline
            else { return first.subject }
            heap.swapAt(index, least)
            index = least
        }
    }
}

/// What the broker sets deadlines for.
enum TimerSubject {
    /// A fetch waits no longer.
    case fetch(Int)
    /// A member has not been heard of, or has not synced.
    case member(group: String, memberID: String)
    /// A rebalance waits no longer for members to join; of the rebalance with this number.
    case join(group: String, rebalance: Int)
    /// A transaction takes too long.
    case transaction(transactionalID: String)
    /// An answer, or a request, was held back by a fault.
    case fault(Int)
}
