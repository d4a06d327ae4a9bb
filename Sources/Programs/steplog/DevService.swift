import BatchStore
import CommandGateway
import Engine
import EventLog
import EventLogEmbedded
import Foundation
import LocalService
import PartitionProcessor
import ReadModel
import StepFunctionsAPI
import Synchronization
import TaskWorkers

/// What `steplog dev` runs: log, engine, workers, projection and API in one process.
struct DevService {
    private let storage: any BatchStorage
    private let embedded: EmbeddedLog
    private let service: LocalService
    private let gateway: CommandGateway
    private let readModel: ReadModel
    private let server: StepFunctionsServer
    private let banner: String

    init(_ options: DevCommand) throws {
        storage = try options.log.map { try SQLiteBatchStorage(path: $0, durability: .device) } ?? MemoryBatchStorage()
        embedded = EmbeddedLog(storage)
        let limits = options.compatibility == "aws" ? Limits.aws : Limits.standard
        let tokenKey = try TokenKey.load(beside: options.log)
        let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1_000) }
        let layout = TopicLayout(partitions: 4)

        let testCases = SharedTable()
        let mocks = try options.mockConfig.map { path in
            do {
                return try MockConfiguration(String(contentsOfFile: path, encoding: .utf8))
            } catch let error as MockConfigurationError {
                throw DevError.unreadable("\(path): \(error)")
            }
        }
        let tasksDirectory =
            options.log.map { $0 + ".tasks" }
            ?? NSTemporaryDirectory() + "/steplog-tasks-\(ProcessInfo.processInfo.processIdentifier)"
        let local = try LocalTaskRunner(
            LocalTaskConfiguration(
                tasksDirectory: URL(fileURLWithPath: tasksDirectory).path,
                taskDefinitionsDirectory: URL(fileURLWithPath: options.taskDefinitions).path,
                workingDirectory: FileManager.default.currentDirectoryPath, configurationFile: options.config,
                region: options.region, accountID: options.account))
        let activities = ActivityTasks(else: local)
        let runner: any TaskRunner =
            mocks.map { configuration in
                MockedTaskRunner(MockedTasks(configuration) { request in testCases[request.executionArn] }, else: activities)
            } ?? activities
        service = try LocalService(
            log: embedded,
            configuration: ProcessorConfiguration(
                layout: layout, settings: Decider.Settings(region: options.region, limits: limits, tokenKey: tokenKey), now: now,
                randomBits: { UInt64.random(in: 0 ... .max) }, report: { DevService.complain("\($0)") }),
            runner: runner,
            failed: { error in
                DevService.complain("The engine ended: \(error)")
                exit(1)
            })
        gateway = try CommandGateway(log: embedded, layout: layout, now: now)
        readModel = try ReadModel(log: embedded, layout: layout, path: options.log.map { $0 + ".read-model" })
        server = StepFunctionsServer(
            services: APIServices(
                gateway: gateway, readModel: readModel, definitions: service.definitions, region: options.region,
                account: options.account, limits: limits, tokenKey: tokenKey, now: now,
                takeActivityTask: { activities.take(activityArn: $0) }, taskEnded: { activities.end(taskID: $0) },
                chooseTestCase: { machine, testCase, executionArn in
                    guard mocks?.hasTestCase(testCase, machine: machine) ?? false else { return false }
                    testCases[executionArn] = testCase
                    return true
                }),
            port: options.port, log: { DevService.complain($0) }, isReady: { true })
        banner = """
            Step Functions API on http://127.0.0.1:\(options.port), account \(options.account), region \(options.region). \
            Requests are not authenticated; only this machine can reach it. \
            Log: \(options.log ?? "in memory, gone when this process ends").
            """
    }

    /// Runs until the process is asked to end.
    func run() async throws {
        service.start()
        gateway.start()
        readModel.start()
        defer {
            service.stop()
            gateway.stop()
            readModel.stop()
            embedded.close()
        }
        let banner = banner
        try await server.run { DevService.complain(banner) }
    }

    static func complain(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}

/// Why the service can't begin.
enum DevError: Error, CustomStringConvertible {
    case unreadable(String)

    var description: String {
        switch self {
        case .unreadable(let message): message
        }
    }
}

/// A table behind a lock, shared by reference.
final class SharedTable: Sendable {
    private let entries = Mutex<[String: String]>([:])

    subscript(key: String) -> String? {
        get { entries.withLock { $0[key] } }
        set { entries.withLock { $0[key] = newValue } }
    }
}

/// Signs task tokens; kept beside the log, so that tokens outlive the process as the log does.
enum TokenKey {
    static func load(beside log: String?) throws -> [UInt8] {
        let fresh = (0..<32).map { _ in UInt8.random(in: 0...255) }
        guard let log else { return fresh }
        let path = log + ".token-key"
        if let data = FileManager.default.contents(atPath: path), data.count == 32 { return Array(data) }
        guard
            FileManager.default.createFile(atPath: path, contents: Data(fresh), attributes: [.posixPermissions: 0o600])
        else { throw DevError.unreadable("The key of task tokens can't be written to \(path)") }
        return fresh
    }
}
