/// Ids of tasks in the order in which they came.
struct TaskQueue: Sendable {
    private var ids: [String] = []
    private var start = 0

    /// How many of those in front are dropped before the memory is given back.
    private static let droppedMax = 1_024

    var count: Int { ids.count - start }
    var first: String? { start < ids.count ? ids[start] : nil }

    mutating func append(_ id: String) { ids.append(id) }

    /// Drops the first one; there must be one.
    mutating func dropFirst() {
        start += 1
        guard start > Self.droppedMax, start * 2 > ids.count else { return }
        ids.removeFirst(start)
        start = 0
    }
}
