import Engine
import EventLog
import PartitionProcessor
import Testing

@Suite("Commands that end the process")
struct PoisonTests {
    /// Leaves the log as an owner does that has died twice at the next command.
    private func suspect(_ rig: ProcessorRig, offset: Int64, attempt: Int) throws {
        try rig.append(
            rig.layout.names.checkpoints, key: Array("@p/0".utf8), Array("1 a 1 \(offset) 0 held".utf8))
        try rig.append(
            rig.layout.names.checkpoints, key: Array("@suspect/0".utf8), Array("\(offset) \(attempt)".utf8))
    }

    private func deadLetters(_ rig: ProcessorRig) throws -> [(offset: String, reason: String)] {
        var found: [(offset: String, reason: String)] = []
        try rig.log.readToEnd(TopicPartition(rig.layout.names.deadletter, 0)) { record in
            found.append(
                (
                    record.headers.text(DeadLetterHeader.offset) ?? "",
                    record.headers.text(DeadLetterHeader.reason) ?? ""
                ))
        }
        return found
    }

    @Test("The third attempt is not made: command and later ones of its entity become dead letters, others go on")
    func parked() throws {
        let rig = try ProcessorRig()
        try suspect(rig, offset: 0, attempt: 2)
        try rig.start("poison", Machines.pass)
        try rig.start("other", Machines.pass)
        try rig.submit(
            CommandRecord(executionArn: ProcessorRig.arn("poison"), command: .stopExecution(error: "E", cause: nil)))
        let lane = rig.startLane()
        #expect(try rig.wait { try $0.ends()["other"] != nil && self.deadLetters($0).count == 2 })
        lane.stop()
        #expect(try deadLetters(rig).map(\.offset) == ["0", "2"])
        #expect(try rig.ends()["poison"] == nil)
        // The next owner knows that it is parked.
        let second = rig.startLane()
        try rig.submit(
            CommandRecord(executionArn: ProcessorRig.arn("poison"), command: .stopExecution(error: "F", cause: nil)))
        #expect(try rig.wait { try self.deadLetters($0).count == 3 })
        let desk = DeadLetterDesk(log: rig.log, layout: rig.layout)
        #expect(try desk.letters().count == 3)
        #expect(try desk.retry(key: Array(ProcessorRig.arn("poison").utf8)) == 3)
        #expect(try rig.wait { try $0.ends()["poison"] != nil })
        #expect(try desk.letters().isEmpty)
        try rig.start("after", Machines.pass)
        #expect(try rig.wait { try $0.ends()["after"] != nil })
        second.stop()
        #expect(try deadLetters(rig).count { !$0.reason.isEmpty } == 3)
    }

    @Test("A second attempt is made one command a transaction, and clears the suspicion", arguments: [1, 0, 7])
    func single(attempt: Int) throws {
        let rig = try ProcessorRig()
        try suspect(rig, offset: 0, attempt: attempt == 7 ? 1 : attempt)
        for number in 0..<5 { try rig.start("e\(number)", Machines.pass) }
        let lane = rig.startLane()
        #expect(try rig.wait { try $0.ends().count == 5 })
        lane.stop()
        #expect(try deadLetters(rig).isEmpty)
        #expect(try rig.digests().areEqual)
    }

    @Test("A record that can't be read becomes a dead letter with its place, and stops nothing")
    func unreadable() throws {
        let rig = try ProcessorRig()
        try rig.append(rig.layout.names.commands, key: Array("k".utf8), Array("garbage".utf8))
        try rig.start("e", Machines.pass)
        let lane = rig.startLane()
        #expect(try rig.wait { try $0.ends()["e"] != nil })
        lane.stop()
        let letter = try #require(try DeadLetterDesk(log: rig.log, layout: rig.layout).letters().first)
        #expect(letter.topic == rig.layout.names.commands)
        #expect(letter.partition == 0)
        #expect(letter.offset == 0)
        #expect(String(decoding: letter.value, as: UTF8.self) == "garbage")
        #expect(!letter.reason.isEmpty)
    }
}
