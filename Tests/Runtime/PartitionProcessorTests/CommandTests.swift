import Engine
import EventLog
import PartitionProcessor
import Testing

@Suite("Commands of a partition")
struct CommandTests {
    @Test("Executions run through a lane and a worker on two partitions")
    func executions() throws {
        let rig = try ProcessorRig(partitions: 2, skipsWaits: true)
        for number in 0..<10 { try rig.start("e\(number)", Machines.job, input: "{\"items\":[1,2]}") }
        #expect(try rig.run { try $0.ends().count == 10 })
        #expect(try Set(rig.ends().values.map(\.typeName)) == ["ExecutionSucceeded"])
        #expect(try rig.inflight().isEmpty)
        #expect(Set(rig.script.acknowledged) == Set(rig.script.launched.map(\.taskID)))
        #expect(rig.failed.isEmpty)
    }

    @Test("A record that is no command goes to the dead letters, and the partition goes on")
    func poison() throws {
        let rig = try ProcessorRig()
        for poison in [
            "", "{", "{\"command\":\"dance\",\"executionArn\":\"a\"}", String(repeating: "[", count: 100_000),
        ] {
            try rig.append(rig.layout.names.commands, Array(poison.utf8))
        }
        try rig.append(rig.layout.names.commands, nil)
        try rig.start("e", Machines.pass)
        #expect(try rig.run { try $0.ends().count == 1 })
        #expect(try rig.values(rig.layout.names.deadletter).count == 5)
        #expect(rig.noted.count == 5)
    }

    @Test("A task record that can't be read goes to the dead letters, and the worker goes on")
    func poisonTask() throws {
        let rig = try ProcessorRig()
        let tasks = rig.layout.names.tasks(pool: "default")
        try rig.append(tasks, key: Array("t".utf8), Array("{}".utf8))
        try rig.start("e", Machines.task)
        #expect(try rig.run { try $0.ends().count == 1 })
        let desk = DeadLetterDesk(log: rig.log, layout: rig.layout)
        let letter = try #require(try desk.letters().first)
        #expect(letter.value == Array("{}".utf8))
        #expect(letter.topic == tasks && letter.offset == 0 && !letter.reason.isEmpty)
        #expect(try desk.retry(key: Array("t".utf8)) == 1)
        #expect(try rig.run { _ in try desk.letters().first?.number ?? 0 > letter.number })
    }

    @Test("A record in flight that can't be read becomes one dead letter, stays where it is, and the worker goes on")
    func poisonInflight() throws {
        let rig = try ProcessorRig()
        let inflight = rig.layout.names.inflight(pool: "default")
        for text in ["{}", "{", "{\"task\":\"from the future\"}"] {
            try rig.append(inflight, key: Array("lost".utf8), Array(text.utf8))
        }
        try rig.append(inflight, key: Array("gone".utf8), Array("{}".utf8))
        try rig.append(inflight, key: Array("gone".utf8), nil)
        for name in ["a", "b"] {
            try rig.start(name, Machines.task)
            #expect(try rig.run { try $0.ends()[name] != nil })
        }
        let letters = try DeadLetterDesk(log: rig.log, layout: rig.layout).letters()
        #expect(letters.map(\.topic) == [inflight])
        #expect(letters.map(\.offset) == [2])
        #expect(letters.first?.reason.contains("from the future") == true, "\(letters.map(\.reason))")
        #expect(try rig.inflight() == ["lost"])
        #expect(rig.failed.isEmpty)
    }

    @Test(
        "A start is answered; again under its name with the same input with the same answer, with another input refused"
    )
    func idempotentStart() throws {
        let rig = try ProcessorRig()
        let lane = rig.startLane()
        try rig.start("e", Machines.wait, replyID: "1")
        #expect(try rig.wait { try $0.replies().count == 1 })
        rig.advance(milliseconds: 5_000)
        try rig.start("e", Machines.wait, replyID: "2")
        try rig.start("e", Machines.wait, input: "{\"other\":1}", replyID: "3")
        try rig.start("bad", Machines.wait, input: "{", replyID: "4")
        try rig.start("odd", "{}", hash: "odd", replyID: "5")
        #expect(try rig.wait { try $0.replies().count == 5 })
        let replies = try rig.replies()
        #expect(replies["1"] == replies["2"])
        #expect(replies["3"].map(Self.code) == "ExecutionAlreadyExists")
        #expect(replies["4"].map(Self.code) == "InvalidExecutionInput")
        #expect(replies["5"].map(Self.code) == "InvalidDefinition")
        #expect(try rig.events().count == 1)
        #expect(try rig.values(rig.layout.names.definitions).count == 1)
        rig.advance(milliseconds: 60_000)
        #expect(try rig.wait { try $0.ends().count == 1 })
        try rig.start("e", Machines.wait, replyID: "6")
        #expect(try rig.wait { try $0.replies()["6"].map(Self.code) == "ExecutionAlreadyExists" })
        lane.stop()
    }

    private static func code(_ outcome: ReplyRecord.Outcome) -> String {
        switch outcome {
        case .accepted: "accepted"
        case .rejected(let code, _): code
        }
    }

    @Test("Commands to executions and tasks that are not there are answered with AWS's errors")
    func unknown() throws {
        let rig = try ProcessorRig()
        let lane = rig.startLane()
        let address = { (id: String) in ReplyAddress(partition: 0, id: id) }
        try rig.submit(
            CommandRecord(
                executionArn: ProcessorRig.arn("no"), command: .stopExecution(error: nil, cause: nil),
                replyTo: address("1")))
        try rig.start("e", Machines.pass)
        try rig.submit(
            CommandRecord(
                executionArn: ProcessorRig.arn("e"), command: .reportTask(taskID: "x-1", .heartbeat),
                replyTo: address("2")))
        try rig.submit(
            CommandRecord(
                executionArn: ProcessorRig.arn("e"), command: .stopExecution(error: nil, cause: nil),
                replyTo: address("3")))
        #expect(try rig.wait { try $0.replies().count == 3 })
        let codes = try rig.replies().mapValues(Self.code)
        #expect(codes == ["1": "ExecutionDoesNotExist", "2": "TaskTimedOut", "3": "accepted"])
        lane.stop()
    }

    @Test("A task that its token ends is let go by its worker")
    func token() throws {
        let rig = try ProcessorRig(script: TaskScript { _ in [.started, .submitted(output: "{}")] })
        let (lane, worker) = (rig.startLane(), rig.startWorker())
        try rig.start("e", Machines.token)
        #expect(try rig.wait { try $0.inflight().count == 1 && $0.script.launched.count == 1 })
        let token = rig.script.launched.first?.taskToken ?? ""
        let named = TaskToken.parse(token, key: [1, 2, 3])
        #expect(named?.executionArn == ProcessorRig.arn("e"))
        #expect(TaskToken.parse(token, key: [9]) == nil)
        try rig.submit(
            CommandRecord(
                executionArn: named?.executionArn ?? "",
                command: .reportTask(taskID: named?.taskID ?? "", .succeeded(output: "5"))))
        #expect(try rig.wait { try $0.ends()["e"] == .executionSucceeded(output: Payload(text: "5")) })
        #expect(try rig.wait { try $0.inflight().isEmpty && $0.script.acknowledged == [named?.taskID ?? ""] })
        #expect(rig.script.cancelled.isEmpty)
        lane.stop()
        worker.stop()
    }

    @Test("A task of a branch that another one's failure ends is cancelled")
    func cancel() throws {
        let rig = try ProcessorRig(script: TaskScript { _ in [.started] })
        let (lane, worker) = (rig.startLane(), rig.startWorker())
        try rig.start("e", Machines.aborted)
        #expect(try rig.wait { $0.script.launched.count == 1 })
        rig.advance(milliseconds: 5_000)
        #expect(try rig.wait { try $0.ends()["e"] == .executionFailed(error: "E", cause: nil) })
        #expect(try rig.wait { try $0.inflight().isEmpty && $0.script.cancelled == $0.script.launched.map(\.taskID) })
        lane.stop()
        worker.stop()
    }

    @Test("Skipping waits leaves the timeout of a running task alone")
    func skippedWaits() throws {
        let rig = try ProcessorRig(skipsWaits: true, script: TaskScript { _ in [.started] })
        let (lane, worker) = (rig.startLane(), rig.startWorker())
        try rig.start("w", Machines.wait)
        #expect(try rig.wait { try $0.ends()["w"] != nil })
        try rig.start("e", Machines.task)
        #expect(try rig.wait { $0.script.launched.count == 1 })
        rig.advance(milliseconds: 299_000)
        try rig.start("p", Machines.pass)
        #expect(try rig.wait { try $0.ends()["p"] != nil })
        #expect(try rig.ends()["e"] == nil)
        rig.advance(milliseconds: 1_000)
        #expect(try rig.wait { try $0.ends()["e"] == .executionFailed(error: "States.Timeout", cause: nil) })
        lane.stop()
        worker.stop()
    }
}
