import AccessPolicy
import BatchStore
import CommandGateway
import Engine
import EventLog
import EventLogEmbedded
import Foundation
import KafkaListener
import LocalService
import PartitionProcessor
import ReadModel
import StepFunctionsAPI
import TaskWorkers
import Terminal

/// What `steplog dev` runs: log, engine, workers, projection and API in one process.
struct DevService: Sendable {
    private let storage: ObservedStorage
    private let kafka: KafkaServer?
    private let service: LocalEngine
    private let gateway: CommandSender
    private let readModel: Projection
    private let server: StepFunctionsServer
    private let banner: String
    private let maintenance: MaintenanceThread
    private let tasks: ServiceTasks

    private static let accountDefault = "000000000000"
    /// How long TestState may take on AWS.
    private static let stateTestTimeout = Duration.seconds(300)
    private static let maintenanceInterval = Duration.seconds(60)

    /// - Throws: `BadInput` for what can't be used, `EventLogError` for a log that can't.
    init(_ options: DevCommand) throws {
        let configuration =
            try SteplogConfiguration(file: options.config, environment: ProcessInfo.processInfo.environment)
        let region = options.region ?? configuration.region
        let account = options.account ?? (options.config == nil ? Self.accountDefault : configuration.accountID)
        let mocks = try options.mockConfig.map { try MockConfiguration(file: $0) }
        let users = try AccessFile.users(options.credentials, account: account, host: options.host)
        if let log = options.log { try RunPlaces.checkFolder(of: log) }
        storage = ObservedStorage(
            try options.log.map { try SQLiteBatchStorage(path: $0, durability: .device) } ?? MemoryBatchStorage())
        let places = try RunPlaces(log: options.log, tasks: configuration.tasksDirectory)
        let limits: Limits = options.compatibility == .aws ? .aws : .standard
        let layout = TopicLayout(partitions: 1)
        let log = EmbeddedLog(storage)
        kafka = try options.kafka.serve(storage, log, layout.names) { Self.say($0) }
        let now: @Sendable () -> Int64 = { SystemTime.epochMilliseconds }
        maintenance = MaintenanceThread(log, every: Self.maintenanceInterval, now: now) { error in
            Self.say("The log could not be tidied: \(error)")
        }

        tasks = ServiceTasks(
            configuration, region: region, account: account,
            ownAPI: options.port == 0 ? nil : "http://\(options.host):\(options.port)", isOwnAPIOpen: users == nil,
            else: try LocalTaskRunner(
                LocalTaskConfiguration(
                    configuration, tasks: places.tasks, taskDefinitions: options.taskDefinitions,
                    folder: FileManager.default.currentDirectoryPath, region: region, account: account)),
            say: { Self.say($0) })
        var runner: any TaskRunner = tasks.runner
        if let mocks { runner = MockedTaskRunner(MockedTasks(mocks) { $0.testCase }, else: tasks.runner) }
        var processing = ProcessorConfiguration(
            layout: layout, settings: Decider.Settings(region: region, limits: limits, tokenKey: places.tokenKey),
            now: now, randomBits: { UInt64.random(in: 0 ... .max) }, report: { Self.say("\($0)") },
            checkpointTailBytes: configuration.checkpointTailBytes,
            checkpointTailMilliseconds: configuration.checkpointTailMilliseconds)
        processing.watchdog = WatchdogSettings(configuration)
        service = try LocalEngine(
            log: log, configuration: processing, runner: runner,
            failed: { error in
                Self.say("The engine has ended: \(error)")
                exit(1)
            })
        gateway = try CommandSender(log: log, layout: layout, now: now)
        readModel = try Projection(
            log: log, topic: layout.names.events, partitionCount: layout.partitions,
            path: places.log.map { $0 + ".read-model" },
            retention: configuration.readModelRetention.map { ReadModelRetention(period: $0, now: now) },
            report: { Self.say($0) })
        var settings = StepFunctionsServer.Settings()
        settings.address = options.host
        settings.port = options.port
        server = StepFunctionsServer(
            services: APIServices(
                gateway: gateway, readModel: readModel,
                definition: { [service] in try service.definitions.text(hash: $0) },
                isDefinitionOnLog: { [service] in service.definitions.isOnLog(hash: $0) }, region: region,
                account: account,
                limits: limits, tokenKey: places.tokenKey, now: now,
                hasTestCase: { mocks?.hasTestCase($1, machine: $0) ?? false },
                runTask: { [runner] in await runner.outcome(of: $0, timeout: Self.stateTestTimeout) }),
            access: users.map { AccessControl($0) }, settings: settings, log: { Self.say($0) })
        let guarding =
            users.map { "Requests must be signed by one of \($0.count) users." }
            ?? "Requests are not authenticated; only this machine can reach it."
        banner =
            "Step Functions API on http://\(options.host):\(options.port), account \(account), region \(region). \(guarding) "
            + "Log: \(places.log ?? "in memory, gone when this process ends")."
    }

    /// Serves until the process is asked to end.
    func serve() async throws {
        try tasks.start()
        service.start()
        gateway.start()
        readModel.start()
        // What the log held before is read before the first request.
        try await readModel.catchUp()
        let banner = banner
        try await server.run { Self.say(banner) }
    }

    /// Ends all threads; what was accepted stands on the log.
    func stop() {
        maintenance.stop()
        kafka?.stop()
        service.stop()
        tasks.end()
        gateway.stop()
        readModel.stop()
        storage.close()
    }

    private static func say(_ line: String) { ProgressView.write("steplog: \(line)\n", to: 2) }
}
