import Engine
import EventLog
import PartitionProcessor
import Testing

@Suite("Partitions that can't be taken over")
struct HaltedPartitionTests {
    private let position = Array("of a later form".utf8)

    @Test("A position that can't be read halts its partition, and the others go on")
    func unreadablePosition() throws {
        let rig = try ProcessorRig(partitions: 2)
        let halted = rig.layout.partition(ofEntity: ProcessorRig.arn("a"))
        let name = try #require(
            (0..<50).map { "n\($0)" }.first { rig.layout.partition(ofEntity: ProcessorRig.arn($0)) != halted })
        try rig.append(rig.layout.names.checkpoints, partition: halted, key: Array("@p/\(halted)".utf8), position)
        let lane = rig.startLane(restarts: false)
        try rig.start("a", Machines.pass)
        try rig.start(name, Machines.pass)
        #expect(try rig.wait { try $0.ends()[name] != nil })
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
        try rig.append(rig.layout.names.checkpoints, key: Array("@p/0".utf8), position)
        let lane = rig.startLane(restarts: false)
        #expect(try rig.wait { !$0.failed.isEmpty })
        #expect(rig.failed.first?.contains("offset 0 can't be read") == true)
        lane.stop()
    }
}
