import Engine
import EventLog
import EventLogKafka
import KafkaTesting
import Testing

@Suite("Lanes on Kafka")
struct KafkaRecoveryTests {
    /// Rebalances, connections and answers that are lost, by chance.
    private static let troubles = """
        close any always percent 1 client steplog
        close-after endTxn always percent 5
        close-after produce always percent 3
        error endTxn always percent 5 code 51
        error addPartitionsToTxn always percent 3 code 29
        """

    @Test("Executions run through two lanes and a worker, each event once")
    func executions() throws {
        let broker = try TestBroker()
        let log = try KafkaLog(broker.configuration)
        let rig = try ProcessorRig(on: log, partitions: 4, skipsWaits: true)
        let second = rig.startLane()
        for number in 0..<20 { try rig.start("e\(number)", Machines.job, input: "{\"items\":[1,2]}") }
        #expect(try rig.run { try $0.ends().count == 20 }, "lanes and workers ended with \(rig.failed.suffix(3))")
        second.stop()
        try Self.expectNothingTwice(rig, tasks: 5)
        #expect(rig.failed.isEmpty)
        log.close()
    }

    @Test("A lane that ends leaves its executions to another one, which goes on with them")
    func handOver() throws {
        let broker = try TestBroker()
        let log = try KafkaLog(broker.configuration)
        let rig = try ProcessorRig(on: log, script: TaskScript { _ in [.started] })
        let (first, worker) = (rig.startLane(), rig.startWorker())
        try rig.start("e", Machines.task)
        #expect(try rig.wait { $0.script.launched.count == 1 })
        first.stop()
        rig.script.complete(rig.script.launched.first?.taskID ?? "", .succeeded(output: "7"))
        let second = rig.startLane()
        #expect(try rig.wait { try $0.ends()["e"] == .executionSucceeded(output: Payload(text: "7")) })
        #expect(rig.script.launched.count == 1)
        second.stop()
        worker.stop()
        log.close()
    }

    @Test("With a broker that loses connections, answers and transactions nothing is lost and nothing happens twice")
    func troubles() throws {
        let broker = try TestBroker(faults: Self.troubles, seed: 7)
        let log = try KafkaLog(broker.configuration)
        let rig = try ProcessorRig(on: log, partitions: 2, skipsWaits: true)
        for number in 0..<8 { try rig.start("e\(number)", Machines.job, input: "{\"items\":[1,2,3]}") }
        #expect(try rig.run { try $0.ends().count == 8 }, "lanes and workers ended with \(rig.failed.suffix(3))")
        try Self.expectNothingTwice(rig, tasks: 6)
        log.close()
    }

    private static func expectNothingTwice(_ rig: ProcessorRig, tasks: Int) throws {
        let executions = try rig.events()
        for (arn, events) in executions {
            #expect(events.map(\.sequence) == Array(1...Int64(events.count)), "\(arn)")
            #expect(events.filter { $0.detail.typeName == "TaskScheduled" }.count == tasks, "\(arn)")
        }
        #expect(try Set(rig.ends().values.map(\.typeName)) == ["ExecutionSucceeded"])
        #expect(rig.script.launched.count == tasks * executions.count)
    }
}
