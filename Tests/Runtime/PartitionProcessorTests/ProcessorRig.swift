import BatchStore
import Dispatch
import Engine
import EventLog
import EventLogEmbedded
import Foundation
import PartitionProcessor
import Synchronization
import TaskWorkers

/// Lanes and workers on one log, with a clock that the test moves. What fails is started anew, as a supervisor of processes does.
final class ProcessorRig: Sendable {
    let log: any TransactionalLog
    let faults: FaultInjector
    let script: TaskScript
    let layout: TopicLayout
    private let limits: Limits
    private let skipsWaits: Bool
    private let watchdog: WatchdogSettings
    /// Bytes and milliseconds of events that may wait for their checkpoint.
    private let tail: (bytes: Int, milliseconds: Int64)
    private let clock = Mutex<Int64>(1_795_351_290_000)
    private let bits: Mutex<SeededBits>
    private let notices = Mutex<[ProcessorNotice]>([])
    private let failures = Mutex<[String]>([])
    private let definitionStore: Mutex<DefinitionStore>

    convenience init(
        _ storage: any BatchStorage = MemoryBatchStorage(), seed: UInt64 = 1, partitions: Int = 1,
        limits: Limits = .standard,
        skipsWaits: Bool = false, tail: (bytes: Int, milliseconds: Int64) = (16 << 20, 10_000),
        watchdog: WatchdogSettings = WatchdogSettings(),
        script: TaskScript = TaskScript { _ in [.started, .succeeded(output: "{\"done\":true}")] }
    ) throws {
        let faults = FaultInjector(seed: seed)
        try self.init(
            on: EmbeddedLog(storage, faults: faults), faults: faults, seed: seed, partitions: partitions,
            limits: limits, skipsWaits: skipsWaits, tail: tail, watchdog: watchdog, script: script)
    }

    /// On any log. `faults` are those of an embedded one.
    init(
        on log: any TransactionalLog, faults: FaultInjector = FaultInjector(seed: 1), seed: UInt64 = 1,
        partitions: Int = 1, limits: Limits = .standard, skipsWaits: Bool = false,
        tail: (bytes: Int, milliseconds: Int64) = (16 << 20, 10_000), watchdog: WatchdogSettings = WatchdogSettings(),
        script: TaskScript = TaskScript { _ in [.started, .succeeded(output: "{\"done\":true}")] }
    ) throws {
        self.watchdog = watchdog
        self.tail = tail
        self.faults = faults
        self.log = log
        layout = TopicLayout(partitions: partitions)
        try layout.create(in: log)
        self.script = script
        self.limits = limits
        self.skipsWaits = skipsWaits
        bits = Mutex(SeededBits(seed: seed))
        definitionStore = Mutex(DefinitionStore(log: log, names: layout.names))
    }

    var noted: [ProcessorNotice] { notices.withLock { $0 } }
    /// What lanes and workers have ended with.
    var failed: [String] { failures.withLock { $0 } }

    func advance(milliseconds: Int64) { clock.withLock { $0 += milliseconds } }

    /// From now on lanes know no definition but those on the log.
    func forgetDefinitions() { definitionStore.withLock { $0 = DefinitionStore(log: log, names: layout.names) } }

    /// What the log tells of each partition's state, and whether the checkpoints and the events tell the same.
    func digests() throws -> (digests: [String], areEqual: Bool) {
        var (checkpointed, folded): ([String], [String]) = ([], [])
        for partition in 0..<layout.partitions {
            let digest = PartitionDigest(log: log, configuration: configuration, partition: partition)
            checkpointed.append(try digest.text(usingCheckpoints: true))
            folded.append(try digest.text(usingCheckpoints: false))
        }
        return (checkpointed, checkpointed == folded)
    }

    private var configuration: ProcessorConfiguration {
        var configuration = ProcessorConfiguration(
            layout: layout,
            settings: Decider.Settings(
                region: "us-east-1", limits: limits, tokenKey: [1, 2, 3], skipsWaits: skipsWaits),
            now: { [self] in clock.withLock { $0 } }, randomBits: { [self] in bits.withLock { $0.next() } },
            report: { [self] notice in notices.withLock { $0.append(notice) } }, idleWait: .milliseconds(20),
            checkpointTailBytes: tail.bytes, checkpointTailMilliseconds: tail.milliseconds)
        configuration.watchdog = watchdog
        return configuration
    }

    // MARK: - Running

    /// A lane or worker on a thread of its own.
    final class Runner: Sendable {
        private let done = DispatchSemaphore(value: 0)
        private let stopping: @Sendable () -> Void

        init(stop: @escaping @Sendable () -> Void, _ body: @escaping @Sendable () -> Void) {
            stopping = stop
            let done = done
            let thread = Thread {
                body()
                done.signal()
            }
            thread.stackSize = 16 << 20
            thread.start()
        }

        func stop() {
            stopping()
            done.wait()
        }
    }

    /// - Parameter restarts: true: another one takes the place of one that has failed.
    func startLane(restarts: Bool = true) -> Runner {
        runner(restarts) { [self] in
            let lane = try Lane(log: log, configuration: configuration, definitions: definitionStore.withLock { $0 })
            return (lane.stop, lane.run)
        }
    }

    func startWorker(restarts: Bool = true) -> Runner {
        runner(restarts) { [self] in
            let worker = TaskPoolWorker(
                log: log, layout: layout, pool: "default", runner: ScriptedRunner(script: script),
                now: { [self] in clock.withLock { $0 } })
            return (worker.stop, worker.run)
        }
    }

    private func runner(
        _ restarts: Bool,
        _ make: @escaping @Sendable () throws -> (stop: @Sendable () -> Void, run: @Sendable () throws -> Void)
    ) -> Runner {
        let current = SharedValue<(isStopping: Bool, stop: (@Sendable () -> Void)?)>((false, nil))
        return Runner(stop: {
            let stop = current.value.withLock { value in
                value.isStopping = true
                return value.stop
            }
            stop?()
        }) { [self] in
            repeat {
                do {
                    let (stop, run) = try make()
                    let isStopping = current.value.withLock { value in
                        value.stop = stop
                        return value.isStopping
                    }
                    if isStopping { stop() }
                    try run()
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            } while restarts && !current.value.withLock { $0.isStopping }
        }
    }

    /// Runs one lane and one worker until `condition` holds. - Returns: false when it did not within a minute.
    func run(until condition: (ProcessorRig) throws -> Bool) throws -> Bool {
        let runners = [startLane(), startWorker()]
        defer { for runner in runners { runner.stop() } }
        return try wait(until: condition)
    }

    func wait(until condition: (ProcessorRig) throws -> Bool) throws -> Bool {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            if try condition(self) { return true }
            Thread.sleep(forTimeInterval: 0.004)
        }
        return false
    }

    // MARK: - The log

    func append(_ topic: String, partition: Int = 0, key: [UInt8]? = nil, _ value: [UInt8]?) throws {
        var builder = RecordBatchBuilder()
        builder.append(key: key, value: value, timestamp: clock.withLock { $0 })
        let appender = try log.makeAppender()
        defer { appender.close() }
        _ = try appender.append([PartitionBatch(partition: TopicPartition(topic, partition), batch: builder.finish())])
    }

    func submit(_ record: CommandRecord) throws {
        let partition = layout.partition(ofEntity: record.executionArn)
        try append(layout.names.commands, partition: partition, key: Array(record.executionArn.utf8), record.encoded())
    }

    static func arn(_ name: String) -> String { "arn:aws:states:us-east-1:123456789012:execution:M:\(name)" }

    /// Names a definition of these tests.
    static func hash(_ definition: String) -> String { "hash\(definition.utf8.count)" }

    /// Starts an execution. - Parameter replyID: asks for a reply under this id.
    func start(
        _ name: String, _ definition: String, hash: String? = nil, input: String = "{}", replyID: String? = nil
    ) throws {
        let start = StartExecution(
            executionArn: Self.arn(name), name: name,
            stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:M",
            roleArn: "arn:aws:iam::123456789012:role/r", definitionHash: hash ?? Self.hash(definition), input: input)
        try submit(
            CommandRecord(
                executionArn: Self.arn(name), command: .startExecution(start), definition: definition,
                replyTo: replyID.map { ReplyAddress(partition: 0, id: $0) }))
    }

    func values(_ topic: String, _ partition: Int = 0) throws -> [[UInt8]] {
        var values: [[UInt8]] = []
        try log.readToEnd(TopicPartition(topic, partition)) { values.append(Array($0.value ?? [])) }
        return values
    }

    /// The events of each execution, in the order of the log.
    func events() throws -> [String: [Event]] {
        var events: [String: [Event]] = [:]
        for partition in 0..<layout.partitions {
            for value in try values(layout.names.events, partition) {
                guard let (arn, event) = try? EventDecoder.decode(value) else { continue }
                events[arn, default: []].append(event)
            }
        }
        return events
    }

    /// The last event of each execution that has ended, by name.
    func ends() throws -> [String: EventDetail] {
        var ends: [String: EventDetail] = [:]
        for (arn, events) in try events() {
            guard let last = events.last?.detail, last.typeName.hasPrefix("Execution"),
                last.typeName != "ExecutionStarted"
            else { continue }
            ends[String(arn.split(separator: ":").last ?? "")] = last
        }
        return ends
    }

    func replies() throws -> [String: ReplyRecord.Outcome] {
        var replies: [String: ReplyRecord.Outcome] = [:]
        for value in try values(layout.names.replies) {
            let reply = try ReplyRecord(decoding: value)
            replies[reply.id] = reply.outcome
        }
        return replies
    }

    /// Ids of the tasks whose intents stand on `inflight`.
    func inflight() throws -> Set<String> {
        var tasks: Set<String> = []
        try log.readToEnd(TopicPartition(layout.names.inflight(pool: "default"), 0)) { record in
            let key = String(decoding: record.key ?? [], as: UTF8.self)
            if record.isTombstone { tasks.remove(key) } else { tasks.insert(key) }
        }
        return tasks
    }
}

/// A mutex that closures share.
private final class SharedValue<Value: Sendable>: Sendable {
    let value: Mutex<Value>
    init(_ value: Value) { self.value = Mutex(value) }
}
