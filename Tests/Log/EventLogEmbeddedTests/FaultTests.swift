import BatchStore
import EventLog
import EventLogEmbedded
import Synchronization
import Testing

@Suite("Injected faults")
struct FaultTests {
    private let partition = TopicPartition("t", 0)

    private func transaction(_ values: [String], consumed: ConsumedOffsets? = nil) -> Transaction {
        var builder = RecordBatchBuilder()
        for value in values { builder.append(key: nil, value: Array(value.utf8), timestamp: 0) }
        var transaction = Transaction(consumed: consumed)
        transaction.append(builder.finish(), to: partition)
        return transaction
    }

    private func values(_ log: EmbeddedLog) throws -> [String] {
        var values: [String] = []
        try log.readToEnd(partition) { values.append(String(decoding: $0.value ?? [], as: UTF8.self)) }
        return values
    }

    private func makeLog(_ faults: FaultInjector, elapsed: (@Sendable () -> Duration)? = nil) throws -> EmbeddedLog {
        let log = EmbeddedLog(MemoryBatchStorage(), faults: faults, elapsed: elapsed ?? EmbeddedLog.machineClock())
        try log.createTopic("t", TopicConfiguration(partitions: 1))
        return log
    }

    @Test(
        "A commit that fails so that it can be repeated leaves nothing, and the same transaction goes through later",
        arguments: [(CommitFault.retriable, EventLogError.Kind.retriable), (.aborted, .abortable)])
    func repeatable(fault: CommitFault, kind: EventLogError.Kind) throws {
        let faults = FaultInjector(seed: 1)
        let log = try makeLog(faults)
        let producer = try log.makeProducer(transactionalID: "p")
        let transaction = transaction(["a"])
        faults.plan(fault)
        let error = #expect(throws: EventLogError.self) { try producer.commit(transaction) }
        #expect(error?.kind == kind)
        #expect(try values(log) == [])
        _ = try producer.commit(transaction)
        #expect(try values(log) == ["a"])
        #expect(faults.count(of: fault.kind) == 1)
    }

    @Test(
        "A commit without an answer may have happened or not",
        arguments: [(CommitFault.lostBefore, 0), (.lostAfter, 1)])
    func unknownOutcome(fault: CommitFault, written: Int) throws {
        let faults = FaultInjector(seed: 1)
        let log = try makeLog(faults)
        faults.plan(fault)
        let producer = try log.makeProducer(transactionalID: "p")
        let error = #expect(throws: EventLogError.self) { try producer.commit(transaction(["a"])) }
        #expect(error?.kind == .fatal)
        #expect(try values(log).count == written)
    }

    @Test("A slow commit takes its time and happens")
    func slow() throws {
        let taken = Mutex<[Duration]>([])
        let faults = FaultInjector(seed: 1) { duration in taken.withLock { $0.append(duration) } }
        let log = try makeLog(faults)
        faults.plan(.slow(.seconds(3)))
        _ = try log.makeProducer(transactionalID: "p").commit(transaction(["a"]))
        #expect(taken.withLock { $0 } == [.seconds(3)])
        #expect(try values(log) == ["a"])
    }

    @Test("A zombie is handed the records that the new owner gets too, until its commit is refused")
    func zombie() throws {
        let log = try makeLog(FaultInjector(seed: 1))
        let configuration = ConsumerConfiguration(group: "g", topics: ["t"])
        let zombie = try log.makeConsumer(configuration)
        #expect(try zombie.poll(timeout: .zero).assigned == [partition])
        let membership = zombie.membership
        log.loseOwnership(of: membership, unnoticed: true)
        let owner = try log.makeConsumer(configuration)
        #expect(try owner.poll(timeout: .zero).assigned == [partition])
        _ = try log.makeAppender().append(transaction(["a"]).batches)
        for consumer in [zombie, owner] {
            #expect(try consumer.poll(timeout: .zero).records.first?.batches.first?.count == 1)
        }
        let producer = try log.makeProducer(transactionalID: "p")
        let consumed = ConsumedOffsets(membership: membership, offsets: [partition: 1])
        let error = #expect(throws: EventLogError.self) { try producer.commit(transaction(["b"], consumed: consumed)) }
        #expect(error?.code == .notOwner)
        #expect(try zombie.poll(timeout: .zero).lost == [partition])
        #expect(try values(log) == ["a"])
    }

    @Test("A member that does not poll for longer than it may loses its partitions and is told so")
    func expiry() throws {
        let now = Mutex(Duration.zero)
        let log = try makeLog(FaultInjector(seed: 1), elapsed: { now.withLock { $0 } })
        let configuration = ConsumerConfiguration(group: "g", topics: ["t"], pollIntervalMax: .seconds(6))
        let idle = try log.makeConsumer(configuration)
        #expect(try idle.poll(timeout: .zero).assigned == [partition])
        let other = try log.makeConsumer(configuration)
        #expect(try other.poll(timeout: .zero).isEmpty)
        now.withLock { $0 = .seconds(5) }
        #expect(try other.poll(timeout: .zero).isEmpty)
        now.withLock { $0 = .seconds(7) }
        #expect(try other.poll(timeout: .zero).assigned == [partition])
        #expect(throws: EventLogError.self) { try idle.commit([partition: 0]) }
        #expect(try idle.poll(timeout: .zero).lost == [partition])
        #expect(idle.assignment.isEmpty)
    }

    @Test("A power cut takes whole commits, the last ones, and nothing that was synced")
    func crash() throws {
        let storage = MemoryBatchStorage(commitsPerSync: 4)
        let log = EmbeddedLog(storage)
        try log.createTopic("t", TopicConfiguration(partitions: 1))
        let producer = try log.makeProducer(transactionalID: "p")
        for index in 0..<5 { _ = try producer.commit(transaction(["\(index)", "+"])) }
        let survivor = EmbeddedLog(storage.crash())
        // Creating the topic and opening the producer were two commits; the fourth and the eighth were synced.
        #expect(try values(survivor) == ["0", "+", "1", "+"])
        #expect(throws: EventLogError.self) { try producer.commit(transaction(["late"])) }
    }

    @Test(
        "Under faults by chance, read-process-write is exactly once, and the same with the same seed",
        arguments: [1, 2, 3])
    func exactlyOnce(seed: UInt64) throws {
        let first = try copyUnderFaults(seed: seed)
        let second = try copyUnderFaults(seed: seed)
        #expect(first.output == first.input, "seed \(seed)")
        #expect(first.faults > 0)
        #expect(first == second, "seed \(seed)")
    }

    private struct Run: Equatable {
        var input: [Int: [String]] = [:]
        var output: [Int: [String]] = [:]
        var faults = 0
        var polls = 0
    }

    private func copyUnderFaults(seed: UInt64) throws -> Run {
        var rates = FaultRates()
        rates.retriablePerThousand = 100
        rates.abortedPerThousand = 100
        rates.lostBeforePerThousand = 100
        rates.lostAfterPerThousand = 100
        rates.reorderPerThousand = 500
        let faults = FaultInjector(seed: seed, rates: rates)
        let log = EmbeddedLog(MemoryBatchStorage(), faults: faults)
        for topic in ["in", "out"] { try log.createTopic(topic, TopicConfiguration(partitions: 3)) }
        var run = Run()
        let appender = try log.makeAppender()
        for index in 0..<90 {
            let partition = TopicPartition("in", index % 3)
            run.input[index % 3, default: []].append("\(index)")
            _ = try appender.append(
                transaction(["\(index)"]).batches.map { PartitionBatch(partition: partition, batch: $0.batch) })
        }
        let consumer = try log.makeConsumer(ConsumerConfiguration(group: "g", topics: ["in"], pollBytesMax: 200))
        var producers = try (0..<3).map { try log.makeProducer(transactionalID: "\($0)") }
        while run.output.values.joined().count < 90, run.polls < 5_000 {
            run.polls += 1
            for records in try consumer.poll(timeout: .zero).records {
                let number = records.partition.partition
                var builder = RecordBatchBuilder()
                for record in records.batches.joined() {
                    builder.append(key: nil, value: record.value.map(Array.init), timestamp: 0)
                }
                var transaction = Transaction(
                    consumed: ConsumedOffsets(
                        membership: consumer.membership, offsets: [records.partition: records.nextOffset]))
                transaction.append(builder.finish(), to: TopicPartition("out", number))
                do {
                    _ = try producers[number].commit(transaction)
                } catch {
                    run.faults += 1
                    // Known not to have happened, or unknown: what the log says is where to go on.
                    if error.kind == .fatal { producers[number] = try log.makeProducer(transactionalID: "\(number)") }
                    let committed = try log.committedOffsets(of: "g", for: [records.partition])
                    try consumer.seek(records.partition, to: committed[records.partition] ?? 0)
                }
            }
            run.output = [:]
            for number in 0..<3 {
                try log.readToEnd(TopicPartition("out", number)) { record in
                    run.output[number, default: []].append(String(decoding: record.value ?? [], as: UTF8.self))
                }
            }
        }
        return run
    }
}
