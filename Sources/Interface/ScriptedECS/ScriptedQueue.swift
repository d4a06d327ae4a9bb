/// An SQS queue of state-change events: at least once, in no certain order.
struct ScriptedQueue: Sendable {
    /// An event by reference; its text is made when it is received.
    struct Message: Sendable, Equatable {
        var id: String
        var taskID: String
        var step: Int
        /// How often it was received.
        var receiveCount = 0
    }

    private var waiting: [Message] = []
    private var head = 0
    /// Received and not deleted, by receipt handle, with the moment at which they are to be seen again.
    private var received: [String: (message: Message, visibleAt: Int64)] = [:]
    private var receiptNumber = 0
    /// No received message is to be seen again before.
    private var nextVisibleAt = Int64.max

    mutating func append(_ message: Message) { waiting.append(message) }

    var isEmpty: Bool { head == waiting.count }
    var waitingCount: Int { waiting.count - head }
    var receivedCount: Int { received.count }

    /// Puts back what was received and not deleted in time.
    mutating func restore(now: Int64) {
        guard now >= nextVisibleAt else { return }
        defer { nextVisibleAt = received.values.map(\.visibleAt).min() ?? .max }
        let late = received.filter { $0.value.visibleAt <= now }
        for (handle, entry) in late.sorted(by: { $0.key < $1.key }) {
            received[handle] = nil
            waiting.append(entry.message)
        }
    }

    /// Up to `countMax` messages with their receipt handles.
    mutating func receive(_ countMax: Int, visibleAt: Int64) -> [(handle: String, message: Message)] {
        nextVisibleAt = min(nextVisibleAt, visibleAt)
        var taken: [(handle: String, message: Message)] = []
        while taken.count < countMax, head < waiting.count {
            var message = waiting[head]
            head += 1
            message.receiveCount += 1
            receiptNumber += 1
            let handle = "receipt-\(receiptNumber)"
            received[handle] = (message, visibleAt)
            taken.append((handle, message))
        }
        if head > 4096, head * 2 > waiting.count {
            waiting.removeFirst(head)
            head = 0
        }
        return taken
    }

    /// - Returns: false for a receipt handle that is not known any more.
    mutating func delete(_ handle: String) -> Bool { received.removeValue(forKey: handle) != nil }

    mutating func changeVisibility(_ handle: String, visibleAt: Int64) {
        received[handle]?.visibleAt = visibleAt
        nextVisibleAt = min(nextVisibleAt, visibleAt)
    }
}
