import BatchStore
import Engine
import EventLog
import EventLogEmbedded
import PartitionProcessor
import Testing

@Suite("Redrive on a log")
struct RedriveCommandTests {
    private static func command(_ name: String, _ command: Command, _ id: String) -> CommandRecord {
        CommandRecord(
            executionArn: ProcessorRig.arn(name), command: command, replyTo: ReplyAddress(partition: 0, id: id))
    }

    private static func outcome(_ rig: ProcessorRig, _ id: String) throws -> ReplyRecord.Outcome? {
        guard try rig.wait(until: { try $0.replies()[id] != nil }) else { return nil }
        return try rig.replies()[id]
    }

    @Test("An execution that failed runs again, in the batch that ended it, later, and under another lane")
    func redriven() throws {
        let rig = try ProcessorRig(script: TaskScript { _ in [.started] })
        let worker = rig.startWorker()
        try rig.start("e", Machines.task)
        try rig.submit(Self.command("e", .stopExecution(error: nil, cause: nil), "stop"))
        try rig.submit(Self.command("e", .redriveExecution(clientToken: "a"), "first"))
        let first = rig.startLane()
        guard case .accepted(_, let time) = try #require(try Self.outcome(rig, "first")) else {
            Issue.record("the redrive was refused")
            return
        }
        rig.advance(milliseconds: 1_000)
        try rig.submit(Self.command("e", .redriveExecution(clientToken: "a"), "again"))
        guard case .accepted(_, let repeated) = try #require(try Self.outcome(rig, "again")) else {
            Issue.record("the repeated redrive was refused")
            return
        }
        #expect(repeated == time)
        try rig.submit(Self.command("e", .stopExecution(error: nil, cause: nil), "stop again"))
        _ = try Self.outcome(rig, "stop again")
        first.stop()
        rig.forgetDefinitions()
        let second = rig.startLane()
        try rig.submit(Self.command("e", .redriveExecution(clientToken: nil), "second"))
        _ = try Self.outcome(rig, "second")
        #expect(try rig.wait { $0.script.launched.count >= 1 && $0.script.launched.last?.invocation == 2 })
        rig.script.complete(rig.script.launched.last?.taskID ?? "", .succeeded(output: "7"))
        #expect(try rig.wait { try $0.ends()["e"] == .executionSucceeded(output: Payload(text: "7")) })
        try rig.submit(Self.command("e", .redriveExecution(clientToken: nil), "third"))
        let refusal = RedriveRefusal.succeeded.rawValue
        #expect(try Self.outcome(rig, "third") == .rejected(code: "ExecutionNotRedrivable", message: refusal))
        second.stop()
        worker.stop()
        let third = rig.startLane()
        try rig.submit(Self.command("e", .redriveExecution(clientToken: "a"), "last"))
        guard case .accepted(_, time) = try #require(try Self.outcome(rig, "last")) else {
            Issue.record("the redrive's time was forgotten")
            return
        }
        third.stop()
        #expect(rig.failed.isEmpty)
    }

    @Test("One that ended long ago is folded again from the log, before and after a new start")
    func forgotten() throws {
        let rig = try ProcessorRig(script: TaskScript { _ in [.started] })
        let count = 600
        for number in 0..<count {
            try rig.start("e\(number)", Machines.wait)
            try rig.submit(
                CommandRecord(
                    executionArn: ProcessorRig.arn("e\(number)"), command: .stopExecution(error: nil, cause: nil)))
        }
        #expect(try rig.run { try $0.ends().count == count })
        for name in ["e0", "e1", "e599"] {
            let lane = rig.startLane()
            try rig.submit(Self.command(name, .redriveExecution(clientToken: nil), name))
            guard case .accepted = try Self.outcome(rig, name) else {
                Issue.record("\(name) was not redriven")
                return
            }
            lane.stop()
        }
        rig.advance(milliseconds: 60_000)
        #expect(
            try rig.run { rig in
                let ends = try rig.ends()
                return ["e0", "e1", "e599"].allSatisfy { ends[$0]?.typeName == "ExecutionSucceeded" }
            })
        #expect(rig.failed.isEmpty)
    }

    @Test("An execution that nobody started does not exist")
    func unknown() throws {
        let rig = try ProcessorRig()
        let lane = rig.startLane()
        try rig.submit(Self.command("none", .redriveExecution(clientToken: nil), "r"))
        let message = "Execution Does Not Exist: '\(ProcessorRig.arn("none"))'"
        #expect(try Self.outcome(rig, "r") == .rejected(code: "ExecutionDoesNotExist", message: message))
        lane.stop()
    }
}
