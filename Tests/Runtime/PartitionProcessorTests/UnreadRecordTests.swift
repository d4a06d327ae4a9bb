import Engine
import EventLog
import JSON
import PartitionProcessor
import Testing

@Suite("Executions of which a record can't be read")
struct UnreadRecordTests {
    private static let waiting = """
        {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":600,"Next":"P"},"P":{"Type":"Pass","End":true}}}
        """

    /// A rig in which `e` waits and `other` has ended, and no lane runs.
    private func waiting(tail: (bytes: Int, milliseconds: Int64) = (16 << 20, 10_000)) throws -> ProcessorRig {
        let rig = try ProcessorRig(tail: tail)
        let lane = rig.startLane()
        try rig.start("e", Self.waiting)
        try rig.start("other", Machines.pass)
        #expect(try rig.wait { try $0.ends()["other"] != nil && $0.events()[ProcessorRig.arn("e")]?.count == 3 })
        lane.stop()
        return rig
    }

    private func key(_ name: String) -> [UInt8] { Array(ProcessorRig.arn(name).utf8) }

    private func desk(_ rig: ProcessorRig) -> DeadLetterDesk { DeadLetterDesk(log: rig.log, layout: rig.layout) }

    private func stop(_ name: String, _ rig: ProcessorRig) throws {
        try rig.submit(
            CommandRecord(executionArn: ProcessorRig.arn(name), command: .stopExecution(error: "E", cause: nil)))
    }

    /// An event of `e`, with members of one's choice.
    private func event(type: String = "PassStateEntered", sequence: String = "4", more: String = "") -> [UInt8] {
        Array(
            """
            {"executionArn":"\(ProcessorRig.arn("e"))","sequence":\(sequence),"previousEventId":0,"timestamp":1,"type":"\(type)",\
            "stateEnteredEventDetails":{"name":"P","input":"{}"},"steplog":{\(more)}}
            """.utf8)
    }

    @Test("An event that can't be read parks its execution with place and reason, and the others go on")
    func parked() throws {
        let rig = try waiting()
        let offset = try rig.log.endOffset(of: TopicPartition(rig.layout.names.events, 0))
        try rig.append(rig.layout.names.events, key: key("e"), event(type: "FromTheFuture"))
        let lane = rig.startLane(restarts: false)
        try stop("e", rig)
        try rig.start("later", Machines.pass)
        #expect(try rig.wait { try $0.ends()["later"] != nil && desk($0).letters().count == 2 })
        let letters = try desk(rig).letters()
        #expect(letters.map(\.key) == [key("e"), key("e")])
        #expect(letters.map(\.topic) == [rig.layout.names.events, rig.layout.names.commands])
        #expect(letters[0].offset == offset)
        #expect(letters[0].reason.contains("FromTheFuture"), "\(letters[0].reason)")
        #expect(letters[0].value == event(type: "FromTheFuture"))
        // Timers of what is not known do not fire.
        rig.advance(milliseconds: 700_000)
        try rig.start("last", Machines.pass)
        #expect(try rig.wait { try $0.ends()["last"] != nil })
        #expect(try rig.ends()["e"] == nil)
        lane.stop()
        // The next owner knows, and says nothing again.
        let second = rig.startLane(restarts: false)
        try rig.start("more", Machines.pass)
        #expect(try rig.wait { try $0.ends()["more"] != nil })
        #expect(try desk(rig).letters().count == 2)
        second.stop()
        #expect(rig.failed.isEmpty)
    }

    @Test(
        "A damaged history parks its execution and does not crash",
        arguments: [
            "\"sequence\":9", "\"sequence\":1", "\"frame\":7", "\"retrier\":5", "\"retrier\":-1", "\"length\":-4",
            "\"length\":9000000000000",
        ])
    func damage(member: String) throws {
        let rig = try waiting()
        let name = member.split(separator: "\"").first.map(String.init) ?? ""
        var damaged = event()
        switch name {
        case "sequence": damaged = event(sequence: String(member.dropFirst(11)))
        case "frame": damaged = event(more: member)
        case "retrier": damaged = event(type: "steplog.internal.retryScheduled", more: member + ",\"deadline\":1")
        default:
            let text = String(decoding: event(type: "MapStateStarted"), as: UTF8.self)
            damaged = Array(
                text.replacing("\"stateEnteredEventDetails\":{", with: "\"mapStateStartedEventDetails\":{\(member),")
                    .utf8)
        }
        try rig.append(rig.layout.names.events, key: key("e"), damaged)
        let lane = rig.startLane(restarts: false)
        try rig.start("later", Machines.pass)
        #expect(try rig.wait { try $0.ends()["later"] != nil })
        lane.stop()
        #expect(rig.failed.isEmpty)
        let letters = try desk(rig).letters()
        // What was folded before changes nothing.
        guard member != "\"sequence\":1" else { return }
        #expect(letters.map(\.key) == [key("e")], "\(letters.map(\.reason))")
    }

    @Test("A definition that vanished parks its executions; once it is back they go on where they were")
    func vanishedDefinition() throws {
        let rig = try waiting()
        let hash = Array(ProcessorRig.hash(Self.waiting).utf8)
        try rig.append(rig.layout.names.definitions, key: hash, Array("{\"StartAt\":1}".utf8))
        rig.forgetDefinitions()
        let lane = rig.startLane(restarts: false)
        try stop("e", rig)
        try rig.start("later", Machines.pass)
        #expect(try rig.wait { try $0.ends()["later"] != nil && desk($0).letters().count == 2 })
        #expect(try desk(rig).letters()[0].reason.contains(ProcessorRig.hash(Self.waiting)))
        // It is not back yet.
        #expect(try desk(rig).retry(key: key("e")) == 2)
        #expect(try rig.wait { try desk($0).letters().count == 2 })
        #expect(try rig.ends()["e"] == nil)
        try rig.append(rig.layout.names.definitions, key: hash, Array(Self.waiting.utf8))
        #expect(try desk(rig).retry(key: key("e")) == 2)
        #expect(try rig.wait { try $0.ends()["e"] != nil })
        guard case .executionAborted = try rig.ends()["e"] else {
            Issue.record("\(String(describing: try rig.ends()["e"]))")
            return
        }
        lane.stop()
        #expect(try desk(rig).letters().isEmpty)
        #expect(rig.failed.isEmpty)
        #expect(try rig.digests().areEqual)
    }

    @Test(
        "What no release wrote is passed over by a retry, and the execution's timers are set again",
        arguments: [false, true])
    func garbage(hasCheckpoint: Bool) throws {
        let rig = try waiting(tail: hasCheckpoint ? (0, 0) : (16 << 20, 10_000))
        try rig.append(rig.layout.names.events, key: key("e"), Array("\u{1}\u{2}".utf8))
        let lane = rig.startLane(restarts: false)
        #expect(try rig.wait { try desk($0).letters().count == 1 })
        lane.stop()
        let second = rig.startLane(restarts: false)
        #expect(try desk(rig).retry(key: key("e")) == 1)
        rig.advance(milliseconds: 700_000)
        #expect(try rig.wait { try $0.ends()["e"] != nil })
        second.stop()
        #expect(try desk(rig).letters().isEmpty)
        // A new owner, which folds what the last one left.
        let third = rig.startLane(restarts: false)
        try rig.start("e", Self.waiting, input: "{\"again\":1}", replyID: "again")
        #expect(try rig.wait { try $0.replies()["again"] != nil })
        third.stop()
        guard case .rejected("ExecutionAlreadyExists", _) = try rig.replies()["again"] else {
            Issue.record("\(try rig.replies())")
            return
        }
        #expect(rig.failed.isEmpty)
    }

    @Test(
        "A checkpoint that can't be read parks its execution; a retry builds it from the events",
        arguments: [("\u{9}", "a newer one may have written"), ("\u{0}3", "parts of the checkpoint are missing")])
    func checkpoint(value: String, reason: String) throws {
        let rig = try waiting(tail: (0, 0))
        try rig.append(rig.layout.names.checkpoints, key: key("e"), Array(value.utf8))
        let lane = rig.startLane(restarts: false)
        try rig.start("later", Machines.pass)
        #expect(try rig.wait { try $0.ends()["later"] != nil && desk($0).letters().count == 1 })
        let letter = try #require(try desk(rig).letters().first)
        #expect(letter.topic == rig.layout.names.checkpoints)
        #expect(letter.reason.contains(reason), "\(letter.reason)")
        #expect(try desk(rig).retry(key: key("e")) == 1)
        #expect(try rig.wait { try desk($0).letters().isEmpty })
        lane.stop()
        let second = rig.startLane(restarts: false)
        rig.advance(milliseconds: 700_000)
        #expect(try rig.wait { try $0.ends()["e"] != nil })
        second.stop()
        #expect(rig.failed.isEmpty)
        #expect(try rig.digests().areEqual)
    }

    @Test("A retry of an execution that has ended behind what can't be read keeps its name used up")
    func ended() throws {
        let rig = try waiting()
        let end = """
            {"executionArn":"\(ProcessorRig.arn("e"))","sequence":4,"previousEventId":0,"timestamp":1795351290000,\
            "type":"ExecutionAborted","executionAbortedEventDetails":{},"steplog":{}}
            """
        try rig.append(rig.layout.names.events, key: key("e"), Array("garbage".utf8))
        try rig.append(rig.layout.names.events, key: key("e"), Array(end.utf8))
        let lane = rig.startLane(restarts: false)
        #expect(try rig.wait { try desk($0).letters().count == 1 })
        #expect(try desk(rig).retry(key: key("e")) == 1)
        try rig.start("e", Self.waiting, input: "{\"again\":1}", replyID: "again")
        #expect(try rig.wait { try $0.replies()["again"] != nil })
        lane.stop()
        let second = rig.startLane(restarts: false)
        try rig.start("e", Self.waiting, input: "{\"again\":2}", replyID: "later")
        #expect(try rig.wait { try $0.replies()["later"] != nil })
        second.stop()
        for id in ["again", "later"] {
            guard case .rejected("ExecutionAlreadyExists", _) = try rig.replies()[id] else {
                Issue.record("\(id): \(try rig.replies())")
                return
            }
        }
        #expect(rig.failed.isEmpty)
    }
}
