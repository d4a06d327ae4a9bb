import CommandGateway
import EventLog
import EventLogKafka
import Foundation
import PartitionProcessor
import ReadModel
import StepFunctionsAPI
import TaskWorkers
import Terminal

/// The API in one process among many: a gateway, a read model of its own, and the server over both.
struct APIRole: Sendable {
    private let gateway: CommandSender
    private let readModel: Projection
    private let server: StepFunctionsServer
    private let say: @Sendable (String) -> Void
    private let banner: String

    /// How long the API waits for what the engine decides, and for its read model: AWS's clients give up after 60 s.
    private static let patience = Duration.seconds(15)
    /// How long TestState may take on AWS.
    private static let stateTestTimeout = Duration.seconds(300)

    /// - Parameters:
    ///   - log: one whose patience is short.
    ///   - absence: why the brokers can't be used; nil while they answer.
    ///   - unreadiness: why the process is not ready; nil when it is.
    init(
        _ settings: ServerSettings, _ layout: TopicLayout, _ log: KafkaLog, runner: any TaskRunner,
        now: @escaping @Sendable () -> Int64, absence: @escaping @Sendable () -> String?,
        unreadiness: @escaping @Sendable () -> String?, say: @escaping @Sendable (String) -> Void
    ) throws {
        self.say = say
        // Gateways may share a partition of `replies`; the more they are spread, the less each reads for others.
        let partition = Int.random(in: 0..<layout.partitions)
        gateway = try CommandSender(
            log: log, layout: layout, partition: partition, patience: Self.patience, now: now)
        readModel = try Projection(
            log: log, topic: layout.names.events, partitionCount: layout.partitions, path: settings.readModel,
            retention: settings.configuration.readModelRetention.map { ReadModelRetention(period: $0, now: now) },
            markersAtEnd: 1, patience: Self.patience, report: say)
        let definitions = DefinitionStore(log: log, names: layout.names)
        var services = APIServices(
            gateway: gateway, readModel: readModel, definition: { try definitions.text(hash: $0) },
            isDefinitionOnLog: { definitions.isOnLog(hash: $0) }, region: settings.region,
            account: settings.account, limits: settings.limits, tokenKey: settings.tokenKey, now: now,
            hasTestCase: { [mocks = settings.mocks] in mocks?.hasTestCase($1, machine: $0) ?? false },
            runTask: { await runner.outcome(of: $0, timeout: Self.stateTestTimeout) })
        services.unavailability = absence
        var serverSettings = StepFunctionsServer.Settings()
        serverSettings.address = settings.host
        serverSettings.port = settings.port
        serverSettings.unreadiness = unreadiness
        server = StepFunctionsServer(
            services: services, access: settings.users.map { AccessControl($0) }, settings: serverSettings, log: say)
        banner =
            "Step Functions API on http://\(settings.host):\(settings.port), account \(settings.account), region \(settings.region)."
    }

    /// Serves until the process is asked to end. What the log held before is read before the first request.
    /// - Parameter stop: asks for the end.
    func serve(until stop: AsyncStream<Void>) async throws {
        gateway.start()
        readModel.start()
        while !Task.isCancelled {
            do {
                try await readModel.catchUp()
                break
            } catch ReadModelError.late {
                say("The read model is being made from the log.")
            } catch ReadModelError.logAway(let reason) {
                say("The read model waits for the brokers: \(reason)")
            }
        }
        try Task.checkCancellation()
        try await server.run(stop: stop) { [say, banner] in say(banner) }
    }

    func stop() {
        gateway.stop()
        readModel.stop()
    }
}
