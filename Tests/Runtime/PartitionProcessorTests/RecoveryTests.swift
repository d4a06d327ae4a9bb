import BatchStore
import Engine
import EventLog
import EventLogEmbedded
import PartitionProcessor
import Testing

@Suite("Recovery")
struct RecoveryTests {
    /// Runs jobs while commits fail by chance, and checks that nothing is lost and nothing happens twice.
    static func survives(_ rig: ProcessorRig, jobs: Int) throws {
        var rates = FaultRates()
        (rates.lostBeforePerThousand, rates.lostAfterPerThousand) = (50, 50)
        (rates.retriablePerThousand, rates.abortedPerThousand) = (40, 40)
        for number in 0..<jobs { try rig.start("job\(number)", Machines.job, input: "{\"items\":[1,2,3]}") }
        rig.faults.setRates(rates)
        let isDone = try rig.run { rig in
            rig.advance(milliseconds: 1_000)
            return try rig.ends().count == jobs
        }
        rig.faults.setRates(FaultRates())
        #expect(isDone, "lanes and workers ended with \(rig.failed.suffix(3))")
        for (arn, events) in try rig.events() {
            #expect(events.map(\.sequence) == Array(1...Int64(events.count)), "\(arn)")
            #expect(events.filter { $0.id != 0 }.map(\.id) == Array(1...(events.last?.id ?? 0)), "\(arn)")
            let scheduled = events.filter { $0.detail.typeName == "TaskScheduled" }
            #expect(scheduled.count == 6, "\(arn)")
        }
        for (name, end) in try rig.ends() {
            #expect(end == .executionSucceeded(output: Payload(text: "{\"first\":true,\"count\":3}")), "\(name)")
        }
        #expect(rig.script.launched.count == 6 * jobs)
    }

    @Test(
        "With commits that fail at any moment nothing is lost, nothing is repeated, and each task comes to run once",
        arguments: [UInt64(1), 2, 3, 4])
    func faults(seed: UInt64) throws {
        let rig = try ProcessorRig(seed: seed, partitions: 2)
        try Self.survives(rig, jobs: 8)
    }

    @Test("A second lane goes on with what the first one has left")
    func handOver() throws {
        let rig = try ProcessorRig(script: TaskScript { _ in [.started] })
        let (first, worker) = (rig.startLane(), rig.startWorker())
        try rig.start("e", Machines.task)
        #expect(try rig.wait { $0.script.launched.count == 1 })
        first.stop()
        rig.script.complete(rig.script.launched.first?.taskID ?? "", .succeeded(output: "7"))
        #expect(try rig.ends().isEmpty)
        rig.forgetDefinitions()
        let second = rig.startLane()
        #expect(try rig.wait { try $0.ends()["e"] == .executionSucceeded(output: Payload(text: "7")) })
        second.stop()
        worker.stop()
    }

    @Test("A worker that takes over goes on with the tasks under way")
    func workerHandOver() throws {
        let rig = try ProcessorRig(script: TaskScript { _ in [.started] })
        let (lane, first) = (rig.startLane(), rig.startWorker())
        try rig.start("e", Machines.task)
        #expect(try rig.wait { $0.script.launched.count == 1 })
        first.stop()
        #expect(try rig.inflight().count == 1)
        let second = rig.startWorker()
        rig.script.complete(rig.script.launched.first?.taskID ?? "", .succeeded(output: "8"))
        #expect(try rig.wait { try $0.ends()["e"] == .executionSucceeded(output: Payload(text: "8")) })
        #expect(try rig.wait { try $0.inflight().isEmpty })
        #expect(rig.script.launched.count == 1)
        lane.stop()
        second.stop()
    }

    @Test("A timer that came due while no lane ran fires after the start")
    func timers() throws {
        let rig = try ProcessorRig()
        try rig.start("e", Machines.wait)
        let first = rig.startLane()
        #expect(try rig.wait { try $0.events().values.contains { $0.count >= 3 } })
        first.stop()
        #expect(try rig.ends().isEmpty)
        rig.advance(milliseconds: 60_000)
        let second = rig.startLane()
        #expect(try rig.wait { try $0.ends()["e"] == .executionSucceeded(output: Payload(text: "\"woken\"")) })
        second.stop()
    }

    @Test("A result that is on the log before its timeout wins, however late it is read")
    func resultsWin() throws {
        let rig = try ProcessorRig(script: TaskScript { _ in [.started] })
        try rig.start("e", Machines.task)
        let (lane, worker) = (rig.startLane(), rig.startWorker())
        #expect(try rig.wait { $0.script.launched.count == 1 })
        lane.stop()
        let taskID = rig.script.launched.first?.taskID ?? ""
        try rig.submit(
            CommandRecord(
                executionArn: ProcessorRig.arn("e"), command: .reportTask(taskID: taskID, .succeeded(output: "1"))))
        rig.advance(milliseconds: 400_000)
        let second = rig.startLane()
        #expect(try rig.wait { try $0.ends()["e"] == .executionSucceeded(output: Payload(text: "1")) })
        second.stop()
        worker.stop()
    }

    @Test("A machine that never waits goes on after a restart, and can be stopped")
    func yields() throws {
        var limits = Limits.standard
        limits.eventsPerDecisionMax = 40
        let rig = try ProcessorRig(limits: limits)
        try rig.start("e", Machines.spin)
        let first = rig.startLane()
        #expect(try rig.wait { try $0.values($0.layout.names.events).count > 100 })
        first.stop()
        let count = try rig.values(rig.layout.names.events).count
        let second = rig.startLane()
        #expect(try rig.wait { try $0.values($0.layout.names.events).count > count + 100 })
        try rig.submit(
            CommandRecord(executionArn: ProcessorRig.arn("e"), command: .stopExecution(error: "E", cause: nil)))
        #expect(try rig.wait { try $0.ends()["e"] == .executionAborted(error: "E", cause: nil) })
        second.stop()
    }

    @Test("A definition whose transaction was lost is written by the next one")
    func definitionIsWritten() throws {
        let rig = try ProcessorRig()
        rig.faults.plan(.lostBefore)
        try rig.start("e", Machines.wait)
        let lane = rig.startLane()
        #expect(try rig.wait { try !$0.events().isEmpty })
        lane.stop()
        #expect(rig.failed.isEmpty)
        #expect(try rig.values(rig.layout.names.definitions) == [Array(Machines.wait.utf8)])
    }
}
