import BatchStore
import Dispatch
import Engine
import EngineTestKit
import EventLog
import EventLogEmbedded
import JSON
import PartitionProcessor
import StatesLanguage
import TaskWorkers

/// The whole system in one process on virtual time: production code on a log, a clock, dice and tasks that are simulated, one thread
/// at a time. The same scenario gives the same story.
public final class Simulation {
    /// What came of it.
    public struct Outcome: Sendable {
        /// Sentences; empty when all is well.
        public var problems: [String]
        /// One line for each thing that happened, if it was asked for.
        public var story: [String]
        public var eventCount: Int
        /// How many outputs were compared with the straight-line reading.
        public var comparedCount: Int
    }

    /// 2026-11-22T12:41:30Z, in epoch milliseconds.
    static let startOfTime: Int64 = 1_795_351_290_000
    static let tokenKey: [UInt8] = [1, 2, 3]
    /// Steps in which somebody did something, and steps of the clock alone: of these a lane whose clock is behind takes one a millisecond.
    private static let stepsMax = 30_000
    private static let waitsMax = 300_000

    let scenario: Scenario
    let drama: Drama
    let faults: FaultInjector
    let log: EmbeddedLog
    let layout: TopicLayout
    let tasks: SimulatedTasks
    let watch: LogWatch
    let client: SimulatedClient
    let arrived = DispatchSemaphore(value: 0)
    var processes: [SimulatedProcess] = []
    var steps = 0
    private var waits = 0
    /// Processes whose partitions were taken from them.
    var zombies: [SimulatedProcess] = []
    private(set) var story: [String] = []
    private let keepsStory: Bool
    private var bornCount = 0
    var readers: SimulatedReaders?

    public init(_ scenario: Scenario, keepsStory: Bool = false) throws {
        self.scenario = scenario
        self.keepsStory = keepsStory
        let drama = Drama(seed: scenario.seed, time: Self.startOfTime)
        self.drama = drama
        faults = FaultInjector(seed: scenario.seed) { duration in
            drama.advance(milliseconds: Int64(duration / .milliseconds(1)))
        }
        log = EmbeddedLog(
            MemoryBatchStorage(), faults: faults, elapsed: { .milliseconds(drama.time - Simulation.startOfTime) })
        layout = TopicLayout(partitions: scenario.partitions, poolPartitions: scenario.workerCount)
        try layout.create(in: log)
        tasks = SimulatedTasks(log: log, layout: layout, drama: drama, keepsStory: keepsStory)
        client = try SimulatedClient(scenario, log: log, layout: layout, drama: drama)
        watch = LogWatch(
            log: log, layout: layout, drama: drama, machines: client.machines, isPeaceful: scenario.isPeaceful,
            keepsStory: keepsStory
        ) { task in
            !RandomMachine.answer(input: task.input).isEmpty
        }
        setRates(areOn: true)
    }

    private func setRates(areOn: Bool) {
        var rates = FaultRates()
        let faultRate = areOn ? scenario.commitFaults : 0
        (rates.retriablePerThousand, rates.abortedPerThousand) = (faultRate, faultRate)
        (rates.lostBeforePerThousand, rates.lostAfterPerThousand) = (faultRate / 3, faultRate / 3)
        rates.reorderPerThousand = areOn ? 200 : 0
        rates.slowPerThousand = areOn ? scenario.slowCommits / 4 : 0
        faults.setRates(rates)
        drama.setStops(
            before: areOn ? scenario.slowCommits : 0, after: areOn ? scenario.slowCommits / 2 : 0,
            appendFaults: faultRate)
    }

    func tell(_ line: @autoclosure () -> String) {
        if keepsStory { story.append("\(steps) +\(drama.time - Self.startOfTime)ms \(line())") }
    }

    // MARK: - Running

    public func run() throws -> Outcome {
        for _ in 0..<scenario.laneCount { startLane() }
        for _ in 0..<scenario.workerCount { startWorker() }
        if scenario.hasReaders { readers = try SimulatedReaders(self) }
        while steps - waits < Self.stepsMax, waits < Self.waitsMax, watch.problems.isEmpty {
            steps += 1
            if steps == scenario.calmAfter { calm() }
            if steps < scenario.calmAfter { try stage() }
            let hasWorked = try step()
            try look()
            if hasWorked { continue }
            if steps < scenario.calmAfter, watch.followed.values.allSatisfy(\.execution.isClosed) {
                endTroubles()
            } else if try wait() {
                waits += 1
            } else if steps < scenario.calmAfter {
                // All may wait for one that has lost its partitions and does not notice, which it does sooner or later.
                endTroubles()
            } else {
                break
            }
        }
        if watch.problems.isEmpty { try checkEnd() }
        try look()
        readers?.stop()
        for process in processes where process.kind == .lane || process.kind == .worker { process.kill() }
        tasks.end()
        return Outcome(
            problems: watch.problems, story: story,
            eventCount: Int(watch.followed.values.reduce(0) { $0 + $1.eventCount }),
            comparedCount: client.comparedCount)
    }

    /// The rest is calm.
    private func endTroubles() {
        steps = scenario.calmAfter
        idleFrom = nil
        calm()
    }

    private func calm() {
        setRates(areOn: false)
        endZombies()
    }

    /// Lets one of those who can do something do it. - Returns: false when nobody can.
    private func step() throws -> Bool {
        if try operate() { return true }
        let first = drama.below(4)
        for offset in 0..<4 {
            switch (first + offset) % 4 {
            case 0: if tasks.deliverOne() { return true }
            case 1:
                if try client.act(tasks.takeTokenMessages(), watch, isCalm: steps >= scenario.calmAfter, readers) {
                    return true
                }
            default: if try resumeOne() { return true }
            }
        }
        return false
    }

    private func resumeOne() throws -> Bool {
        let start = drama.below(processes.count)
        for offset in processes.indices {
            let process = processes[(start + offset) % processes.count]
            guard process.heldUntil <= steps, let parking = process.parking,
                let answer = try answer(to: parking, process)
            else { continue }
            if process.kind == .lane, case .polled = answer {
                process.commandsEnds = try (0..<layout.partitions).map {
                    try log.endOffset(of: TopicPartition(layout.names.commands, $0))
                }
            }
            tell("\(process.name) goes on")
            process.resume(answer)
            if process.kind == .gateway, case .read(let records) = answer { try readers?.settle(records, watch) }
            if process.kind == .projection { try readers?.lookBack(watch) }
            if process.isDone { replace(process) }
            return true
        }
        return false
    }

    /// What a process that stands still is told; nil when there is nothing to tell yet.
    private func answer(
        to parking: SimulatedProcess.Parking, _ process: SimulatedProcess
    ) throws
        -> SimulatedProcess.Answer?
    {
        switch parking {
        case .commit: return .goOn
        case .poll(let consumer, let until):
            let result = try consumer.poll(timeout: .zero)
            return result.isEmpty && drama.time + process.skew < until + process.skew ? nil : .polled(result)
        case .read(let reader, let until):
            let records = try reader.read(timeout: .zero)
            return records.isEmpty && drama.time < until ? nil : .read(records)
        }
    }

    /// Moves the clock to where something is due. - Returns: false when all is done, or nothing ever will be due.
    private func wait() throws -> Bool {
        let open = watch.followed.values.filter { !$0.execution.isClosed }
        if client.isDone(watch), tasks.nextAt == nil, open.isEmpty, tasks.inflight.isEmpty { return false }
        var due: [Int64] = open.compactMap(\.execution.nextDeadline)
        if let next = tasks.nextAt { due.append(next) }
        // The others have nothing to do when their wait is over.
        for process in processes where process.kind == .lane {
            switch process.parking {
            case .poll(_, let until), .read(_, let until): due.append(until)
            case .commit, nil: break
            }
        }
        if let idleFrom, drama.time - idleFrom > Self.idleMax {
            return false
        }
        if idleFrom == nil || watch.followed.values.reduce(0, { $0 + $1.eventCount }) != idleCount {
            idleFrom = drama.time
            idleCount = watch.followed.values.reduce(0) { $0 + $1.eventCount }
        }
        // Those who wait for records are alive: the log hears of them more often than it gives members up.
        let time = max(min(due.min() ?? drama.time + 1_000, drama.time + Self.jumpMax), drama.time + 1)
        drama.advance(milliseconds: time - drama.time)
        return true
    }

    /// Longer than anything a machine waits for.
    private static let idleMax: Int64 = 3_600_000
    /// Less than `ConsumerConfiguration.pollIntervalMax`.
    private static let jumpMax: Int64 = 200_000
    private var idleFrom: Int64?
    private var idleCount: Int64 = 0

    func look() throws {
        for line in try watch.advance() { tell("log: " + line) }
        for problem in tasks.takeProblems() { watch.report(problem) }
        for line in tasks.takeStory() { tell("tasks: " + line) }
    }

    // MARK: - Processes

    /// - Parameter process: whose clock it has; nil: that of an onlooker.
    func configuration(of process: SimulatedProcess?) -> ProcessorConfiguration {
        var limits = Limits.standard
        limits.eventsPerDecisionMax = scenario.eventsPerDecisionMax
        let drama = drama
        var configuration = ProcessorConfiguration(
            layout: layout, settings: Decider.Settings(region: "us-east-1", limits: limits, tokenKey: Self.tokenKey),
            now: { drama.time + (process?.skew ?? 0) },
            randomBits: { process == nil ? 0 : drama.next() }, idleWait: .seconds(600),
            checkpointTailBytes: scenario.checkpointTailBytes,
            checkpointTailMilliseconds: scenario.checkpointTailMilliseconds)
        // Here the pools' workers claim the tasks of activities.
        configuration.hasPolledActivities = false
        guard let process else { return configuration }
        configuration.decided = { (execution: Execution) in drama.noteDecided(execution, by: process) }
        return configuration
    }

    /// Read from the log as ever; but what was compiled once is not compiled again.
    func definitions(on log: any TransactionalLog) -> DefinitionStore {
        let compiled = client.machinesByText
        return DefinitionStore(log: log, names: layout.names) { compiled[$0] }
    }

    func startLane() {
        bornCount += 1
        let process = SimulatedProcess("lane\(bornCount)", .lane, arrived: arrived)
        let view = SimulatedLog(log, process, drama)
        let configuration = self.configuration(of: process)
        let definitions = definitions(on: view)
        process.start { [configuration] in
            let lane = try Lane(log: view, configuration: configuration, definitions: definitions)
            return (lane.stop, lane.run)
        }
        processes.append(process)
        tell("\(process.name) is born")
        if process.isDone { replace(process) }
    }

    func startWorker() {
        bornCount += 1
        let process = SimulatedProcess("worker\(bornCount)", .worker, arrived: arrived)
        let view = SimulatedLog(log, process, drama)
        process.start { [layout, tasks, drama, scenario] in
            let worker = TaskPoolWorker(
                log: view, layout: layout, pool: "default", runner: SimulatedRunner(tasks: tasks, process: process),
                tasksMax: scenario.tasksMax, now: { drama.time })
            let run: @Sendable () throws -> Void = {
                while true {
                    do {
                        return try worker.run()
                    } catch {
                        // The same process begins anew, with what it has in memory, or it ends.
                        if process.isKilled || drama.chance(500) { throw error }
                    }
                }
            }
            return (worker.stop, run)
        }
        processes.append(process)
        tell("\(process.name) is born")
        if process.isDone { replace(process) }
    }

    /// Another one takes the place of one that has ended, as a supervisor of processes does.
    func replace(_ process: SimulatedProcess) {
        processes.removeAll { $0 === process }
        tell("\(process.name) has ended: \(process.failure ?? "in peace")")
        if process.isKilled, let membership = process.consumer?.membership {
            // Its group notices, soon or late: `loseOwnership` is the end of its session.
            log.loseOwnership(of: membership, unnoticed: false)
        }
        let (lanes, workers) = (processes.count { $0.kind == .lane }, processes.count { $0.kind == .worker })
        if process.kind == .lane, lanes < scenario.laneCount { startLane() }
        if process.kind == .worker, workers < scenario.workerCount { startWorker() }
    }
}
