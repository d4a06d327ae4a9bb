import BatchStore
import CommandGateway
import Engine
import EventLog
import EventLogEmbedded
import Foundation
import JSON
import LocalService
import PartitionProcessor
import ReadModel
import Synchronization
import TaskWorkers

@testable import StepFunctionsAPI

/// The API on an engine in memory; a second one on the same storage is the same installation after a restart.
final class APIHarness: Sendable {
    private let service: LocalEngine
    private let gateway: CommandSender
    private let readModel: Projection
    private let dispatcher: APIDispatcher

    /// Offsets from which the read model went on.
    let resumedAt: [Int64]

    init(
        _ storage: MemoryBatchStorage = MemoryBatchStorage(), access: AccessControl? = nil,
        readModelPath: String? = nil,
        retention: Duration? = nil, clock: AdjustableClock = AdjustableClock()
    ) throws {
        let log = EmbeddedLog(storage)
        let layout = TopicLayout(partitions: 2)
        let now: @Sendable () -> Int64 = { clock.now }
        let key: [UInt8] = [1, 2, 3]
        service = try LocalEngine(
            log: log,
            configuration: ProcessorConfiguration(
                layout: layout, settings: Decider.Settings(region: "us-east-1", limits: .aws, tokenKey: key), now: now,
                randomBits: { UInt64.random(in: 0 ... .max) }), runner: NoTasks(), failed: { _ in })
        gateway = try CommandSender(log: log, layout: layout, now: now)
        readModel = try Projection(
            log: log, topic: layout.names.events, partitionCount: layout.partitions, path: readModelPath,
            retention: retention.map { ReadModelRetention(period: $0, now: now) })
        resumedAt = readModel.projectedTo
        dispatcher = APIDispatcher(
            services: APIServices(
                gateway: gateway, readModel: readModel,
                definition: { [service] in try service.definitions.text(hash: $0) },
                isDefinitionOnLog: { [service] in service.definitions.isOnLog(hash: $0) }, region: "us-east-1",
                account: "000000000000", limits: .aws, tokenKey: key, now: now,
                hasTestCase: { _, _ in false },
                runTask: { .succeeded(output: $0.input) }), access: access)
        service.start()
        gateway.start()
        readModel.start()
    }

    func stop() {
        service.stop()
        gateway.stop()
        readModel.stop()
    }

    /// - Returns: the status and the body.
    func call(_ operation: String, _ body: JSONValue) async throws -> (status: Int, body: JSONValue) {
        try await raw(operation, JSONWriter.text(body))
    }

    func raw(_ operation: String, _ body: String) async throws -> (status: Int, body: JSONValue) {
        try await send(
            WireRequest(fields: [.init(name: "x-amz-target", value: "AWSStepFunctions.\(operation)")]),
            Array(body.utf8))
    }

    func send(_ wire: WireRequest, _ body: [UInt8]) async throws -> (status: Int, body: JSONValue) {
        let answer = await dispatcher.answer(wire) { () async throws(APIError) -> [UInt8] in body }
        return (answer.status, try JSONParser.parse(answer.body))
    }

    /// Does no task: its workflows have only activities.
    private struct NoTasks: TaskRunner {
        func start(_ request: TaskRequest, report: @escaping @Sendable (TaskReport) -> Void) {}
        func cancel(taskID: String, executionArn: String) {}
        func acknowledge(taskID: String) {}
    }
}

/// The time of day, and what a test has added to it.
final class AdjustableClock: Sendable {
    private let added = Mutex<Int64>(0)

    /// Epoch milliseconds.
    var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) + added.withLock { $0 } }

    func advance(milliseconds: Int64) { added.withLock { $0 += milliseconds } }
}
