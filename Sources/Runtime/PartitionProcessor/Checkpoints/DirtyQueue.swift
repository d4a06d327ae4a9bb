/// What has changed since it was last written to `checkpoints`, in the order in which it began to change. The oldest entry says from
/// where on `events` must be folded again.
struct DirtyQueue {
    enum Subject {
        case execution(ExecutionEntry)
        /// A state machine or activity, by ARN.
        case registryEntity(String)
        /// It has ended and left nothing on `checkpoints`.
        case none
    }

    struct Item {
        var subject: Subject
        /// All its changes stand on `events` at this offset or behind it.
        var eventsOffset: Int64
        /// Epoch milliseconds, when it began to change.
        var time: Int64
        /// Bytes of events up to then.
        var eventBytes: Int
    }

    private static let keptCapacity = 4_096
    private var items: [Item] = []
    private var head = 0
    /// The number of `items[0]`; numbers go up from 1.
    private var firstNumber = 1
    /// The oldest change of what has ended and whose name is not written yet.
    private(set) var oldestClosed: Item?
    /// Registry entities that stand in the queue.
    private var registryEntities: Set<String> = []

    var first: Item? { head < items.count ? items[head] : nil }

    var isEmpty: Bool { head == items.count && oldestClosed == nil }

    /// The oldest of all.
    var oldest: Item? {
        guard let first else { return oldestClosed }
        guard let oldestClosed, oldestClosed.eventsOffset < first.eventsOffset else { return first }
        return oldestClosed
    }

    /// - Returns: the item's number.
    mutating func append(_ item: Item) -> Int {
        if case .registryEntity(let arn) = item.subject { registryEntities.insert(arn) }
        items.append(item)
        return firstNumber + items.count - 1
    }

    func contains(registryEntity arn: String) -> Bool { registryEntities.contains(arn) }

    /// - Parameter number: of an item that was not taken yet.
    func item(_ number: Int) -> Item { items[number - firstNumber] }

    /// Its subject needs no checkpoint any more.
    mutating func clear(_ number: Int) {
        items[number - firstNumber].subject = .none
        if number - firstNumber == head { dropEmpty() }
    }

    mutating func noteClosed(_ item: Item) {
        if let oldestClosed, oldestClosed.eventsOffset <= item.eventsOffset { return }
        oldestClosed = item
        oldestClosed?.subject = .none
    }

    mutating func closedAreWritten() { oldestClosed = nil }

    mutating func removeFirst() -> Item? {
        guard head < items.count else { return nil }
        let item = items[head]
        if case .registryEntity(let arn) = item.subject { registryEntities.remove(arn) }
        items[head].subject = .none
        head += 1
        dropEmpty()
        return item
    }

    private mutating func dropEmpty() {
        while head < items.count, case .none = items[head].subject { head += 1 }
        if head == items.count {
            // After many at once their room is not held for ever.
            items.removeAll(keepingCapacity: items.capacity <= Self.keptCapacity)
        } else {
            guard head > 1_024, head * 2 > items.count else { return }
            items.removeFirst(head)
        }
        firstNumber += head
        head = 0
    }
}
