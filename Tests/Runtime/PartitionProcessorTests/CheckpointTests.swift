import BatchStore
import Engine
import EventLog
import EventLogEmbedded
import PartitionProcessor
import Testing

@Suite("Checkpoints")
struct CheckpointTests {
    /// Nothing waits for its checkpoint.
    private static let atOnce: (bytes: Int, milliseconds: Int64) = (0, -1)

    /// The words of the last `@p/0`.
    private func position(_ rig: ProcessorRig) throws -> [String] {
        var last: [String] = []
        try rig.log.readToEnd(TopicPartition(rig.layout.names.checkpoints, 0)) { record in
            guard record.key?.elementsEqual("@p/0".utf8) == true else { return }
            last = String(decoding: record.value ?? [], as: UTF8.self).split(separator: " ").map(String.init)
        }
        return last
    }

    @Test(
        "With commits that fail at any moment the checkpoints tell what the events tell",
        arguments: [UInt64(5), 6, 7, 8])
    func faults(seed: UInt64) throws {
        let bytes = [0, 2_000, 20_000][Int(seed % 3)]
        let rig = try ProcessorRig(seed: seed, partitions: 2, tail: (bytes, 500))
        try RecoveryTests.survives(rig, jobs: 8)
        #expect(try rig.digests().areEqual)
    }

    @Test("A new owner folds only what stands behind the checkpoints, and comes to the same end")
    func tail() throws {
        let rig = try ProcessorRig(tail: Self.atOnce)
        let first = rig.startLane()
        for number in 0..<20 { try rig.start("w\(number)", Machines.wait, input: "{\"n\":\(number)}") }
        #expect(try rig.wait { try $0.events().values.count { $0.count >= 3 } == 20 })
        first.stop()
        let words = try position(rig)
        let end = try rig.log.endOffset(of: TopicPartition(rig.layout.names.events, 0))
        #expect(words.last == "released")
        #expect(words[3] == "20")
        #expect(Int64(words[4]) == end)
        #expect(try rig.digests().areEqual)
        rig.advance(milliseconds: 60_000)
        rig.forgetDefinitions()
        let second = rig.startLane()
        #expect(try rig.wait { try $0.ends().count == 20 })
        second.stop()
        #expect(try rig.digests().areEqual)
    }

    @Test("Without a position on checkpoints everything is built from the events")
    func rebuilt() throws {
        let rig = try ProcessorRig(tail: Self.atOnce)
        let first = rig.startLane()
        try rig.start("w", Machines.wait)
        try rig.start("p", Machines.pass)
        #expect(try rig.wait { try $0.events().count == 2 && $0.ends().count == 1 })
        first.stop()
        try rig.append(rig.layout.names.checkpoints, key: Array("@p/0".utf8), nil)
        rig.advance(milliseconds: 60_000)
        let second = rig.startLane()
        #expect(try rig.wait { try $0.ends().count == 2 })
        second.stop()
        #expect(try rig.digests().areEqual)
    }

    @Test(
        "A position or names that a newer release wrote halt the partition, which says so",
        arguments: [("@p/0", "2 a b"), ("@closed/0", "\u{7}")])
    func newerForm(key: String, value: String) throws {
        let rig = try ProcessorRig()
        try rig.append(rig.layout.names.checkpoints, key: Array(key.utf8), Array(value.utf8))
        let lane = rig.startLane(restarts: false)
        #expect(try rig.wait { !$0.failed.isEmpty })
        #expect(rig.failed.first?.contains("a newer one may have written") == true, "\(rig.failed)")
        lane.stop()
    }

    @Test("A name stays used up under a new owner, and is free again after 90 days")
    func names() throws {
        let rig = try ProcessorRig(tail: Self.atOnce)
        let first = rig.startLane()
        try rig.start("p", Machines.pass, input: "1", replyID: "a")
        #expect(try rig.wait { try $0.replies()["a"] != nil })
        first.stop()
        let second = rig.startLane()
        try rig.start("p", Machines.pass, input: "1", replyID: "b")
        #expect(try rig.wait { try $0.replies()["b"] != nil })
        guard case .rejected(let code, _)? = try rig.replies()["b"] else {
            Issue.record("the second start was taken")
            return
        }
        #expect(code == "ExecutionAlreadyExists")
        second.stop()
        rig.advance(milliseconds: 92 * 86_400_000)
        let third = rig.startLane()
        try rig.start("p", Machines.pass, input: "1", replyID: "c")
        #expect(try rig.wait { try $0.replies()["c"] != nil })
        guard case .accepted? = try rig.replies()["c"] else {
            Issue.record("the third start was refused")
            return
        }
        third.stop()
    }

    @Test(
        "A name that was used stays used up for 90 days: as the checkpoints alone tell it, and as the events do when that topic was deleted",
        arguments: [false, true])
    func namesElsewhere(isDeleted: Bool) throws {
        let storage = MemoryBatchStorage()
        let first = try ProcessorRig(storage, tail: Self.atOnce)
        let lane = first.startLane()
        // More than one segment of names.
        for number in 0..<600 { try first.start("p\(number)", Machines.pass, replyID: number == 599 ? "last" : nil) }
        #expect(try first.wait { try $0.replies()["last"] != nil && $0.ends().count == 600 })
        lane.stop()
        // A new owner folds no event behind this position.
        #expect(try Int64(position(first)[4]) == first.log.endOffset(of: TopicPartition(first.layout.names.events, 0)))
        if isDeleted {
            var change = StorageChange()
            change.deletedTopics = [first.layout.names.checkpoints]
            _ = try storage.apply(change)
        }
        // Another process, which makes the topic again if it is not there.
        let second = try ProcessorRig(storage, tail: Self.atOnce)
        #expect(try position(second).isEmpty == isDeleted)
        second.advance(milliseconds: 89 * 86_400_000)
        let owner = second.startLane()
        for name in ["p0", "p511", "p512", "p599"] { try second.start(name, Machines.pass, input: "1", replyID: name) }
        #expect(try second.wait { try $0.replies()["p599"] != nil })
        for name in ["p0", "p511", "p512", "p599"] {
            guard case .rejected("ExecutionAlreadyExists", _)? = try second.replies()[name] else {
                Issue.record("\(name) was started again")
                continue
            }
        }
        owner.stop()
        second.advance(milliseconds: 3 * 86_400_000)
        let later = second.startLane()
        try second.start("p0", Machines.pass, input: "1", replyID: "free")
        #expect(try second.wait { try $0.replies()["free"] != nil })
        guard case .accepted? = try second.replies()["free"] else {
            Issue.record("a name that is free again was refused")
            return
        }
        later.stop()
    }

    @Test("A state that is too big for one record is split and comes back")
    func big() throws {
        let rig = try ProcessorRig(tail: Self.atOnce)
        let first = rig.startLane()
        let input = "\"" + String(repeating: "0123456789", count: 200_000) + "\""
        try rig.start("w", Machines.wait, input: input)
        #expect(try rig.wait { try $0.events().values.contains { $0.count >= 3 } })
        first.stop()
        #expect(try rig.digests().areEqual)
        #expect(try position(rig)[4] != "0")
        rig.advance(milliseconds: 60_000)
        let second = rig.startLane()
        #expect(try rig.wait { try $0.ends().count == 1 })
        second.stop()
        #expect(try rig.digests().areEqual)
    }

    @Test("Lanes that come and go lose nothing and repeat nothing")
    func rebalances() throws {
        let rig = try ProcessorRig(partitions: 4, tail: (1_000, 1_000))
        let (stable, worker) = (rig.startLane(), rig.startWorker())
        for round in 0..<4 {
            for number in 0..<4 { try rig.start("j\(round)-\(number)", Machines.job, input: "{\"items\":[1,2]}") }
            let guest = rig.startLane()
            #expect(
                try rig.wait { rig in
                    rig.advance(milliseconds: 2_000)
                    return try rig.ends().count >= round * 4
                })
            guest.stop()
        }
        #expect(
            try rig.wait { rig in
                rig.advance(milliseconds: 2_000)
                return try rig.ends().count == 16
            })
        stable.stop()
        worker.stop()
        #expect(rig.failed.isEmpty, "\(rig.failed)")
        #expect(rig.script.launched.count == 16 * 5)
        #expect(try rig.digests().areEqual)
    }
}
