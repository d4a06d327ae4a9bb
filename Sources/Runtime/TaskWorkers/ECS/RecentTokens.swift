/// The latest client tokens of some kind, so many at most.
struct RecentTokens: Sendable {
    private let countMax: Int
    private var order: [String] = []
    private var known: Set<String> = []

    init(countMax: Int) { self.countMax = countMax }

    func contains(_ token: String) -> Bool { known.contains(token) }

    mutating func insert(_ token: String) {
        guard known.insert(token).inserted else { return }
        order.append(token)
        guard order.count > countMax else { return }
        for old in order.prefix(countMax / 2) { known.remove(old) }
        order.removeFirst(countMax / 2)
    }
}
