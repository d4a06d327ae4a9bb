import Engine
import EventLog
import PartitionProcessor
import Testing

@Suite("Partitions that can't be folded")
struct HaltedPartitionTests {
    @Test("An event that can't be read halts its partition, with its offset, and the others go on")
    func unreadableEvent() throws {
        let rig = try ProcessorRig(partitions: 2)
        let halted = rig.layout.partition(ofEntity: ProcessorRig.arn("a"))
        let names = try #require(
            (0..<50).map { "n\($0)" }.first { rig.layout.partition(ofEntity: ProcessorRig.arn($0)) != halted })
        try rig.append(rig.layout.names.events, partition: halted, Array("{\"type\":\"FromTheFuture\"}".utf8))
        let lane = rig.startLane(restarts: false)
        try rig.start("a", Machines.pass)
        try rig.start(names, Machines.pass)
        #expect(try rig.wait { try $0.ends()[names] != nil })
        #expect(try rig.ends()["a"] == nil)
        let notice = try #require(rig.noted.first)
        guard case .partitionHalted(halted, let reason) = notice else {
            Issue.record("the notice is \(notice)")
            return
        }
        #expect(reason.contains("offset 0"))
        lane.stop()
        #expect(rig.failed.isEmpty)
    }

    @Test("A lane whose only partition is halted ends with the reason")
    func onlyPartition() throws {
        let rig = try ProcessorRig()
        try rig.append(rig.layout.names.events, Array("[]".utf8))
        let lane = rig.startLane(restarts: false)
        #expect(try rig.wait { !$0.failed.isEmpty })
        #expect(rig.failed.first?.contains("offset 0 can't be read") == true)
        lane.stop()
    }

    @Test(
        "A damaged history halts its partition and does not crash",
        arguments: [
            "\"sequence\":9", "\"sequence\":1", "\"frame\":7", "\"retrier\":5", "\"retrier\":-1", "\"length\":-4",
            "\"length\":9000000000000",
        ])
    func damage(member: String) throws {
        let rig = try ProcessorRig()
        let lane = rig.startLane()
        try rig.start("e", Machines.wait)
        #expect(try rig.wait { try $0.events().values.contains { $0.count >= 3 } })
        lane.stop()
        let name = member.split(separator: "\"").first.map(String.init) ?? ""
        let isEngine = ["frame", "retrier"].contains(name)
        let type =
            name == "retrier"
            ? "steplog.internal.retryScheduled" : name == "length" ? "MapStateStarted" : "PassStateEntered"
        let sequence = name == "sequence" ? member : "\"sequence\":4"
        let details =
            name == "length"
            ? "\"mapStateStartedEventDetails\":{\(member)}"
            : "\"stateEnteredEventDetails\":{\"name\":\"P\",\"input\":\"{}\"}"
        let engine = isEngine ? member + ",\"deadline\":1" : ""
        let event =
            "{\"executionArn\":\"\(ProcessorRig.arn("e"))\",\(sequence),\"previousEventId\":0,\"timestamp\":1,\"type\":\"\(type)\",\(details),"
            + "\"steplog\":{\(engine)}}"
        try rig.append(rig.layout.names.events, Array(event.utf8))
        let second = rig.startLane(restarts: false)
        #expect(try rig.wait { !$0.failed.isEmpty })
        #expect(rig.failed.first?.contains("can't be read") == true, "\(rig.failed)")
        second.stop()
    }

    @Test("A definition that no longer compiles halts its partition and is named")
    func unfitDefinition() throws {
        let rig = try ProcessorRig()
        let lane = rig.startLane()
        try rig.start("e", Machines.wait)
        #expect(try rig.wait { try $0.events().values.contains { $0.count >= 3 } })
        lane.stop()
        try rig.append(
            rig.layout.names.definitions, key: Array(ProcessorRig.hash(Machines.wait).utf8),
            Array("{\"StartAt\":1}".utf8))
        rig.forgetDefinitions()
        let second = rig.startLane(restarts: false)
        #expect(try rig.wait { !$0.failed.isEmpty })
        #expect(rig.failed.first?.contains("hash") == true)
        second.stop()
    }
}
