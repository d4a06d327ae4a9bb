import BatchStore
import EventLog
import Testing

@testable import KafkaListener

/// Transactions as their producers and readers see them, each on memory and on a file that a dead broker left.
struct TransactionTests {
    @Test("Open records are hidden from readers of committed ones, and so are aborted ones")
    func isolation() throws {
        let rig = try BrokerRig()
        _ = try rig.createTopic("t")
        let producer = TransactionalClient(rig, "x")
        try producer.initialize()
        #expect(try rig.produce(["plain"], to: "t").1 == 0)
        try producer.begin("t")
        #expect(try producer.produce(["a"], to: "t") == (ErrorCode.none, 1))
        #expect(try rig.produce(["later"], to: "t").1 == 2)
        #expect(try rig.fetch("t")?.committedValues == ["plain"])
        #expect(try rig.fetch("t")?.stableOffset == 1)
        #expect(try rig.fetch("t", committed: false)?.batches.count == 3)
        #expect(try producer.end(commit: false) == ErrorCode.none)
        #expect(try rig.fetch("t")?.committedValues == ["plain", "later"])
        try producer.begin("t")
        #expect(try producer.produce(["b"], to: "t") == (ErrorCode.none, 4))
        #expect(try producer.end(commit: true) == ErrorCode.none)
        #expect(try rig.fetch("t")?.committedValues == ["plain", "later", "b"])
        // Behind the marker nothing of the aborted range is told any more: it would hide what the producer wrote next.
        #expect(try rig.fetch("t", from: 4)?.aborted.isEmpty == true)
        #expect(try rig.fetch("t", from: 4)?.committedValues == ["b"])
    }

    @Test("A new producer of the same transactional id aborts and fences the old one")
    func fencing() throws {
        let rig = try BrokerRig()
        _ = try rig.createTopic("t")
        let old = TransactionalClient(rig, "x")
        try old.initialize()
        try old.begin("t")
        _ = try old.produce(["zombie"], to: "t")
        let new = TransactionalClient(rig, "x")
        try new.initialize()
        #expect(new.producer.id == old.producer.id)
        #expect(new.producer.epoch == old.producer.epoch + 1)
        #expect(try old.produce(["zombie"], to: "t").0 == .invalidProducerEpoch)
        #expect(try old.end(commit: true) == .invalidProducerEpoch)
        try new.begin("t")
        _ = try new.produce(["new"], to: "t")
        #expect(try new.end(commit: true) == ErrorCode.none)
        #expect(try rig.fetch("t")?.committedValues == ["new"])
    }

    @Test("A transaction that outlives its timeout is aborted and its producer fenced")
    func timeout() throws {
        let rig = try BrokerRig()
        _ = try rig.createTopic("t")
        let producer = TransactionalClient(rig, "x")
        try producer.initialize(timeoutMilliseconds: 2_000)
        try producer.begin("t")
        _ = try producer.produce(["a"], to: "t")
        rig.pass(milliseconds: 1_999)
        #expect(try rig.fetch("t")?.stableOffset == 0)
        rig.pass(milliseconds: 1)
        #expect(try rig.fetch("t")?.stableOffset == 2)
        #expect(try rig.fetch("t")?.committedValues == [])
        #expect(try producer.end(commit: true) == .invalidProducerEpoch)
    }

    @Test("The end of a transaction may be asked for again, but not the other end")
    func endIsRepeatable() throws {
        let rig = try BrokerRig()
        _ = try rig.createTopic("t")
        let producer = TransactionalClient(rig, "x")
        try producer.initialize()
        #expect(try producer.end(commit: true) == .invalidTransactionState)
        try producer.begin("t")
        _ = try producer.produce(["a"], to: "t")
        #expect(try producer.end(commit: true) == ErrorCode.none)
        #expect(try producer.end(commit: true) == ErrorCode.none)
        #expect(try producer.end(commit: false) == .invalidTransactionState)
        #expect(try rig.fetch("t")?.highWatermark == 2)
        #expect(try producer.produce(["b"], to: "t").0 == .invalidTransactionState)
    }

    @Test("Offsets of a transaction are the group's when it commits, not before and not when it aborts")
    func offsets() throws {
        let rig = try BrokerRig()
        _ = try rig.createTopic("t")
        let producer = TransactionalClient(rig, "x")
        try producer.initialize()
        for (offset, isCommit, after) in [(4, false, -1), (6, true, 6), (9, true, 9)] as [(Int64, Bool, Int64)] {
            try producer.addOffsets(of: "g")
            #expect(try producer.commitOffset(offset, of: "g", in: "t") == ErrorCode.none)
            #expect(try rig.committedOffset(of: "g", in: "t", stable: true).0 == .unstableOffsetCommit)
            #expect(try rig.committedOffset(of: "g", in: "t", stable: false).0 == ErrorCode.none)
            #expect(try producer.end(commit: isCommit) == ErrorCode.none)
            #expect(try rig.committedOffset(of: "g", in: "t", stable: true) == (ErrorCode.none, after))
        }
    }

    @Test("A generation that is over may not commit offsets in a transaction")
    func staleGeneration() throws {
        let rig = try BrokerRig()
        _ = try rig.createTopic("t")
        let producer = TransactionalClient(rig, "x")
        try producer.initialize()
        try producer.addOffsets(of: "g")
        #expect(try producer.commitOffset(1, of: "g", in: "t", generation: 3, memberID: "m") == .illegalGeneration)
        #expect(try producer.commitOffset(1, of: "g", in: "t") == ErrorCode.none)
    }

    @Test("A broker that died in the middle goes on where it was: open, aborted and committed, sequences and offsets")
    func recovery() throws {
        let storage = MemoryBatchStorage()
        let before = try BrokerRig(storage)
        _ = try before.createTopic("t")
        let producer = TransactionalClient(before, "x")
        try producer.initialize()
        try producer.begin("t")
        _ = try producer.produce(["aborted"], to: "t")
        _ = try producer.end(commit: false)
        try producer.begin("t")
        _ = try producer.produce(["open"], to: "t")
        try producer.addOffsets(of: "g")
        _ = try producer.commitOffset(5, of: "g", in: "t")
        let idempotent = TestProducer(id: 99, epoch: 0, sequence: 0)
        _ = try before.produce(["once"], to: "t", as: idempotent)

        let after = try BrokerRig(storage.crash())
        #expect(try after.fetch("t")?.committedValues == [])
        #expect(try after.fetch("t")?.stableOffset == 2)
        #expect(try after.committedOffset(of: "g", in: "t", stable: true).0 == .unstableOffsetCommit)
        #expect(try after.produce(["once"], to: "t", as: idempotent) == (ErrorCode.none, 3))
        let same = TransactionalClient(after, "x", continuing: producer)
        #expect(try same.produce(["more"], to: "t") == (ErrorCode.none, 4))
        #expect(try same.end(commit: true) == ErrorCode.none)
        #expect(try after.fetch("t")?.committedValues == ["open", "once", "more"])
        #expect(try after.committedOffset(of: "g", in: "t", stable: true) == (ErrorCode.none, 5))
        let other = TransactionalClient(after, "y")
        try other.initialize()
        #expect(other.producer.id > same.producer.id)
    }

    @Test("A producer that goes on after an error gets the next epoch, once however often it asks")
    func epochBump() throws {
        let rig = try BrokerRig()
        let producer = TransactionalClient(rig, "x")
        try producer.initialize()
        let first = producer.producer
        try producer.initialize(continuing: first)
        #expect(producer.producer.epoch == 1)
        try producer.initialize(continuing: first)
        #expect(producer.producer.epoch == 1)
        try producer.initialize(continuing: producer.producer)
        #expect(producer.producer.epoch == 2)
        #expect(throws: RefusedByBroker.self) { try producer.initialize(continuing: first) }
    }
}
