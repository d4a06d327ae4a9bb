import AccessPolicy
import Engine
import EventLogKafka
import Foundation
import PartitionProcessor
import TaskWorkers
import Terminal

/// What a server is told by flags and configuration, put together and checked.
struct ServerSettings: Sendable {
    let roles: Set<ServerCommand.Role>
    let brokers: [String]
    let properties: [String: String]
    let recordBytesMax: Int
    let names: TopicNames
    /// This process's name in its consumer groups, if it has one.
    let instanceID: String?
    let laneCount: Int
    let pools: [String]
    let routes: PoolRoutes
    let tasksMax: Int
    let host: String
    let port: Int
    let healthPort: Int?
    let users: Users?
    let tokenKey: [UInt8]
    let readModel: String
    let configuration: SteplogConfiguration
    let tasks: LocalTaskConfiguration
    let mocks: MockConfiguration?
    let limits: Limits
    let region: String
    let account: String
    /// The configuration's file, which is read again on SIGHUP.
    let configurationFile: String?

    typealias Users = [AccessUser]

    /// - Throws: `BadInput` for what can't be used.
    init(_ options: ServerCommand) throws {
        let configuration =
            try SteplogConfiguration(file: options.config, environment: ProcessInfo.processInfo.environment)
        self.configuration = configuration
        configurationFile = options.config
        let all: Set<ServerCommand.Role> = [.engine, .worker, .api]
        let asked = Set(options.role)
        roles = asked.isEmpty || asked.contains(.all) ? all : asked
        let given = options.kafkaBootstrap.map { $0.split(separator: ",").map(String.init) }
        brokers = given ?? configuration.kafka.brokers
        guard !brokers.isEmpty else {
            throw BadInput(
                "There is no broker to ask: give --kafka-bootstrap HOST:PORT, or kafka.brokers in the configuration.")
        }
        properties = configuration.kafka.properties.merging(try KafkaProperties.parse(options.kafkaProperty)) { $1 }
        recordBytesMax = configuration.kafka.recordBytesMax ?? 8 << 20
        names = TopicNames(prefix: options.prefix ?? configuration.kafka.prefix ?? "steplog")
        instanceID = options.instanceID ?? configuration.kafka.instanceID
        laneCount = options.lanes ?? ProcessInfo.processInfo.activeProcessorCount
        pools = options.pool.isEmpty ? [PoolRoutes.defaultPool] : options.pool
        routes = Self.routes(configuration)
        tasksMax = options.tasksMax
        (host, port, healthPort) = (options.host, options.port, options.healthPort)
        region = options.region ?? configuration.region
        account = options.account ?? configuration.accountID
        limits = options.compatibility == .aws ? .aws : .standard
        users = try AccessFile.users(
            options.credentials, account: account, host: roles.contains(.api) ? options.host : nil)
        let folder = URL(filePath: options.data).standardizedFileURL.path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw BadInput("--data \(options.data): the folder can't be made: \(error.localizedDescription)")
        }
        // Without it, no token of another process is known here; a worker has no use for it.
        let needsKey = roles.contains(.engine) || roles.contains(.api)
        tokenKey = needsKey ? try TokenKeyFile.key(in: options.tokenKey ?? folder + "/token.key") : []
        readModel = options.readModel ?? folder + "/read-model-\(options.port).sqlite"
        mocks = try options.mockConfig.map { try MockConfiguration(file: $0) }
        tasks = LocalTaskConfiguration(
            configuration, tasks: configuration.tasksDirectory ?? folder + "/tasks",
            taskDefinitions: options.taskDefinitions, folder: FileManager.default.currentDirectoryPath, region: region,
            account: account)
    }

    /// Where this process's own API listens; nil: it has none.
    var ownAPI: String? {
        guard roles.contains(.api), port != 0 else { return nil }
        return "http://\(["0.0.0.0", "::"].contains(host) ? "127.0.0.1" : host):\(port)"
    }

    /// The log for the engine and the workers, which wait for brokers that are away, or for the API, whose clients don't.
    ///
    /// What librdkafka logs of its own is for those who ask: it goes to standard error when `debug` or `log_level` is set.
    func makeLog(patience: Duration) throws -> KafkaLog {
        var configuration = KafkaConfiguration(
            brokers: brokers, properties: properties, recordBytesMax: recordBytesMax, patience: patience)
        if properties["debug"] != nil || properties["log_level"] != nil {
            configuration.report = { notice in ServerService.say("librdkafka: \(notice)") }
        }
        return try KafkaLog(configuration)
    }

    static func routes(_ configuration: SteplogConfiguration) -> PoolRoutes {
        PoolRoutes(
            configuration.routes.map {
                PoolRoutes.Route(
                    pool: $0.pool, integration: $0.integration, cluster: $0.cluster, stateMachine: $0.stateMachine)
            })
    }
}
