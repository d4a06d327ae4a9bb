import ArgumentParser
import Engine
import EventLog
import EventLogKafka
import Foundation
import Hosting
import PartitionProcessor
import StepFunctionsAPI
import Synchronization
import TaskWorkers
import Terminal

/// What `steplog server` runs: the roles of one process, on Kafka.
struct ServerService: Sendable {
    private let settings: ServerSettings
    private let layout: TopicLayout
    private let log: KafkaLog
    /// For what must not wait long: the API, and whether the brokers are there.
    private let hastyLog: KafkaLog
    private let watch: BrokerWatch
    private let tasks: ServiceTasks
    private let engine: EngineRole?
    private let worker: WorkerRole?
    private let api: APIRole?
    private let routes: SharedRoutes

    private static let patience = Duration.seconds(10)
    static let hastyPatience = Duration.seconds(2)
    private static let retryMilliseconds = 1_000
    /// How long lanes and workers go on for the sake of API requests under way, once the process is asked to end.
    private static let drainMilliseconds = 150

    private static let engineStage = "handing over the engine's partitions"
    private static let workerStage = "handing over the workers' partitions"
    private static let apiStage = "answering the API's requests under way"

    /// How long the API may take to answer requests under way.
    private static let drainSecondsMax = 30.0

    /// Waits for the brokers, checks the topics, and puts the roles together.
    /// - Returns: nil when the process was asked to end before the brokers answered.
    /// - Throws: `BadInput` for topics that are not as they should be, `EventLogError` for settings that librdkafka refuses.
    static func make(_ settings: ServerSettings, until signals: StopSignals) throws -> ServerService? {
        let log = try settings.makeLog(patience: patience)
        let hastyLog = try settings.makeLog(patience: hastyPatience)
        var pools = settings.routes.pools
        for pool in settings.pools where !pools.contains(pool) { pools.append(pool) }
        let wanted = TopicLayout(names: settings.names, pools: pools)
        var isTold = false
        while !signals.isStopping {
            do {
                let layout = try TopicVerification.adopt(wanted, in: hastyLog)
                let problems = try TopicVerification.problems(layout, in: hastyLog)
                guard problems.isEmpty else { throw refusal(problems, settings, pools) }
                return try ServerService(settings, layout, log, hastyLog)
            } catch let error as EventLogError where error.kind == .retriable {
                if let refusal = hastyLog.refusal { throw BadInput("The brokers can't be used: \(refusal)") }
                if !isTold { say("Waiting for the brokers \(settings.brokers.joined(separator: ", ")): \(error)") }
                isTold = true
                _ = signals.wait(milliseconds: retryMilliseconds)
            }
        }
        return nil
    }

    private static func refusal(_ problems: [String], _ settings: ServerSettings, _ pools: [String]) -> BadInput {
        let poolFlags = pools == [PoolRoutes.defaultPool] ? "" : pools.map { " --pool \($0)" }.joined()
        return BadInput(
            "The topics are not as Steplog needs them:\n" + problems.map { "  \($0)\n" }.joined()
                + "Missing topics are made, and retention is put right, by: steplog topics apply --brokers "
                + "\(settings.brokers.joined(separator: ",")) --prefix \(settings.names.prefix)\(poolFlags)")
    }

    private init(_ settings: ServerSettings, _ layout: TopicLayout, _ log: KafkaLog, _ hastyLog: KafkaLog) throws {
        self.settings = settings
        self.layout = layout
        self.log = log
        self.hastyLog = hastyLog
        let now: @Sendable () -> Int64 = { SystemTime.epochMilliseconds }
        let clock = BrokerClock(log: hastyLog, topic: layout.names.clock, now: now)
        let watch = BrokerWatch(
            log: hastyLog, partition: TopicPartition(layout.names.commands, 0),
            clock: { try clock.millisecondsAhead() }, report: { Self.say($0) })
        self.watch = watch
        let routes = SharedRoutes(settings.routes)
        self.routes = routes
        tasks = ServiceTasks(
            settings.configuration, region: settings.region, account: settings.account, ownAPI: settings.ownAPI,
            isOwnAPIOpen: settings.users == nil, else: try LocalTaskRunner(settings.tasks), say: { Self.say($0) })
        var runner: any TaskRunner = tasks.runner
        if let mocks = settings.mocks {
            runner = MockedTaskRunner(MockedTasks(mocks) { $0.testCase }, else: tasks.runner)
        }
        var processing = ProcessorConfiguration(
            layout: layout,
            settings: Decider.Settings(region: settings.region, limits: settings.limits, tokenKey: settings.tokenKey),
            now: now, randomBits: { UInt64.random(in: 0 ... .max) }, routes: { routes.current },
            report: { Self.say("\($0)") },
            checkpointTailBytes: settings.configuration.checkpointTailBytes,
            checkpointTailMilliseconds: settings.configuration.checkpointTailMilliseconds)
        processing.instanceID = settings.instanceID
        processing.watchdog = WatchdogSettings(settings.configuration)
        engine =
            settings.roles.contains(.engine)
            ? EngineRole(
                log: log, configuration: processing,
                laneCount: settings.laneCount, report: { Self.say($0) }) : nil
        worker =
            settings.roles.contains(.worker)
            ? WorkerRole(
                log: log, layout: layout, pools: settings.pools, runner: runner, tasksMax: settings.tasksMax,
                instanceID: settings.instanceID, now: now, report: { Self.say($0) }) : nil
        api =
            settings.roles.contains(.api)
            ? try APIRole(
                settings, layout, hastyLog, runner: runner, now: now,
                absence: { watch.absence }, unreadiness: { watch.unreadiness }, say: { Self.say($0) }) : nil
    }

    /// Works until the process is asked to end, then hands everything over.
    /// - Throws: when API or health can't be served.
    func run(until signals: StopSignals) throws {
        watch.start()
        if worker != nil || api != nil { try tasks.start() }
        let isDisplaced = Atomic<Bool>(false)
        let displaced: @Sendable () -> Void = { [name = settings.instanceID ?? ""] in
            guard !isDisplaced.exchange(true, ordering: .acquiringAndReleasing) else { return }
            Self.say(
                "Another process runs under the instance id \"\(name)\": this one ends. Each process needs its own.")
            signals.stop()
        }
        engine?.start(displaced: displaced)
        worker?.start(displaced: displaced)
        signals.onReload { [self] in reload() }
        let failure = Mutex<(any Error)?>(nil)
        let served = DispatchSemaphore(value: 0)
        let (stopRequests, stopAPI) = AsyncStream.makeStream(of: Void.self)
        // `served` awaits it below.
        let serving = Task.detached { [self] in
            do {
                try await serve(until: stopRequests)
            } catch is CancellationError {
            } catch {
                failure.withLock { $0 = error }
                signals.stop()
            }
            served.signal()
        }
        let roles = settings.roles.map(\.rawValue).sorted().joined(separator: ", ")
        Self.say("Started: \(roles), on \(settings.brokers.joined(separator: ", ")), prefix \(layout.names.prefix).")
        _ = signals.wait()
        let limit = EndLimit(watch) { Self.say($0) }
        limit.start(
            (engine == nil ? [] : [Self.engineStage]) + (worker == nil ? [] : [Self.workerStage])
                + (api == nil ? [] : [Self.apiStage]))
        // Requests under way may still be decided here; then lanes and workers end side by side.
        stopAPI.finish()
        let isServed = api != nil && served.wait(timeout: .now() + .milliseconds(Self.drainMilliseconds)) == .success
        engine?.stop()
        worker?.stop()
        engine?.join()
        limit.finish(Self.engineStage)
        worker?.join()
        limit.finish(Self.workerStage)
        tasks.end()
        if api == nil { serving.cancel() }
        if !isServed, served.wait(timeout: .now() + Self.drainSecondsMax) == .timedOut { serving.cancel() }
        api?.stop()
        limit.finish(Self.apiStage)
        log.close()
        hastyLog.close()
        watch.stop()
        limit.finish()
        if let error = failure.withLock({ $0 }) {
            throw BadInput("\(settings.host) can't be listened on: \(error)")
        }
        if isDisplaced.load(ordering: .acquiring) {
            throw BadInput("Another process has joined under this one's --instance-id.")
        }
        Self.say("Ended; partitions are handed over.")
    }

    /// Serves the API, or health alone, or nothing.
    private func serve(until stop: AsyncStream<Void>) async throws {
        if let api { return try await api.serve(until: stop) }
        guard let port = settings.healthPort else { return }
        try await HealthServer(address: settings.host, port: port) { [watch] in watch.unreadiness }.run()
    }

    /// Takes over the routes of the configuration as it is now. Other settings need a restart.
    private func reload() {
        guard let file = settings.configurationFile else { return }
        do {
            let fresh = ServerSettings.routes(
                try SteplogConfiguration(
                    file: file, environment: ProcessInfo.processInfo.environment))
            var wanted = layout
            wanted.pools = fresh.pools
            let problems = try TopicVerification.problems(wanted, in: hastyLog)
            guard problems.isEmpty else {
                throw Self.refusal(problems, settings, fresh.pools)
            }
            routes.replace(fresh)
            Self.say("The routes of \(file) hold from now on; pools: \(fresh.pools.joined(separator: ", ")).")
        } catch {
            Self.say("The configuration was not taken over: \(error)")
        }
    }

    static func say(_ line: String) { ProgressView.write("steplog: \(line)\n", to: 2) }
}

/// The routes as they are now, read by lanes and replaced by a reload.
final class SharedRoutes: Sendable {
    private let routes: Mutex<PoolRoutes>

    init(_ routes: PoolRoutes) { self.routes = Mutex(routes) }

    var current: PoolRoutes { routes.withLock { $0 } }

    func replace(_ fresh: PoolRoutes) { routes.withLock { $0 = fresh } }
}
