import Engine
import EventLog

/// A read model that was built beside the one that is served, while it catches up with that one.
struct ReadModelSuccessor {
    let store: ReadModelStore
    let reader: any LogReader
    let file: String
    private(set) var registry: Registry
    private let partitions: [TopicPartition]

    /// - Throws: for a file that is no read model of this log, or when the log can't be asked.
    init(_ file: String, log: any TransactionalLog, partitions: [TopicPartition]) throws {
        store = try ReadModelStore(opening: file) { try $1.isOf(partitions[$0], log) }
        reader = try log.makeReader(try Self.begin(store, log, partitions))
        registry = store.registry
        self.file = file
        self.partitions = partitions
    }

    /// Where to read on behind what a store holds.
    static func begin(
        _ store: ReadModelStore, _ log: any TransactionalLog, _ partitions: [TopicPartition]
    ) throws -> [TopicPartition: ReadPosition] {
        var begin: [TopicPartition: ReadPosition] = [:]
        for (number, partition) in partitions.enumerated() {
            begin[partition] =
                try store.positions[number].map { .offset(max($0.next, try log.beginOffset(of: partition))) }
                ?? .beginning
        }
        return begin
    }

    /// Takes the next records.
    /// - Parameter timeout: how long to wait for the first.
    mutating func advance(timeout: Duration) throws {
        let records: [PartitionRecords]
        do throws(EventLogError) {
            records = try reader.read(timeout: timeout)
        } catch {
            guard error.kind == .retriable else { throw error }
            return
        }
        guard !records.isEmpty else { return }
        for event in try store.project(records).registryEvents { registry.evolve(event) }
    }

    /// The offset up to which each partition is read.
    var positions: [Int: Int64] {
        var positions: [Int: Int64] = [:]
        for (number, partition) in partitions.enumerated() { positions[number] = reader.position(of: partition) }
        return positions
    }
}
