import EventLog

/// Fetches whose clients wait for records.
struct WaitingFetches {
    /// A fetch as it was asked for.
    struct Fetch {
        var identifier = 0
        let request: Request
        let places: [Place]
        let bytesMin: Int
        let bytesMax: Int
        let readsCommitted: Bool
        let waitMilliseconds: Int32
    }

    /// From where in which partition, and how much.
    struct Place {
        let partition: TopicPartition
        let offset: Int64
        let bytesMax: Int
    }

    private var waiting: [Int: Fetch] = [:]
    private var byPartition: [TopicPartition: Set<Int>] = [:]
    private var byConnection: [ConnectionID: Int] = [:]
    private var lastIdentifier = 0

    /// Nobody waits.
    var isEmpty: Bool { waiting.isEmpty }

    func waiting(_ identifier: Int) -> Fetch? { waiting[identifier] }
    func waiting(of connection: ConnectionID) -> Fetch? { byConnection[connection].flatMap { waiting[$0] } }

    /// Lets `fetch` wait; returns its number.
    mutating func add(_ fetch: Fetch) -> Int {
        lastIdentifier += 1
        var fetch = fetch
        fetch.identifier = lastIdentifier
        waiting[lastIdentifier] = fetch
        byConnection[fetch.request.connection] = lastIdentifier
        for place in fetch.places { byPartition[place.partition, default: []].insert(lastIdentifier) }
        return lastIdentifier
    }

    mutating func remove(_ identifier: Int) {
        guard let fetch = waiting.removeValue(forKey: identifier) else { return }
        if byConnection[fetch.request.connection] == identifier { byConnection[fetch.request.connection] = nil }
        for place in fetch.places {
            byPartition[place.partition]?.remove(identifier)
            if byPartition[place.partition]?.isEmpty == true { byPartition[place.partition] = nil }
        }
    }

    mutating func remove(of connection: ConnectionID) {
        if let identifier = byConnection[connection] { remove(identifier) }
    }

    /// Those that wait for any of `partitions`, in the order in which they came.
    func identifiers(of partitions: Set<TopicPartition>) -> [Int] {
        if byPartition.isEmpty { return [] }
        return partitions.reduce(into: Set<Int>()) { $0.formUnion(byPartition[$1] ?? []) }.sorted()
    }

    /// Those that wait for any partition of `topic`.
    func identifiers(of topic: String) -> [Int] {
        byPartition.filter { $0.key.topic == topic }.values.reduce(into: Set<Int>()) { $0.formUnion($1) }.sorted()
    }
}
