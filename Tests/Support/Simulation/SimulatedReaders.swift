import CommandGateway
import Dispatch
import Engine
import EngineTestKit
import EventLog
import EventLogEmbedded
import Foundation
import JSON
import PartitionProcessor
import ReadModel

/// Gateway and read model of the simulated system, as the API uses them, and what must hold of them.
final class SimulatedReaders {
    private unowned let simulation: Simulation
    private let box = AnswerBox()
    private let answered = DispatchSemaphore(value: 0)
    private let appended = AppendedRequests()
    private var waiting: [String] = []
    private var sender: CommandSender
    private var projection: Projection
    private var gatewayProcess: SimulatedProcess
    private var projectionProcess: SimulatedProcess
    private let path: String?

    init(_ simulation: Simulation) throws {
        self.simulation = simulation
        path =
            simulation.scenario.seed % 32 == 0
            ? FileManager.default.temporaryDirectory.appending(path: "simulated-\(UUID().uuidString).sqlite").path : nil
        (sender, gatewayProcess) = try Self.startGateway(simulation, appended)
        (projection, projectionProcess) = try Self.startProjection(simulation, path)
    }

    private static func startGateway(
        _ simulation: Simulation, _ appended: AppendedRequests
    ) throws -> (CommandSender, SimulatedProcess) {
        let process = SimulatedProcess("gateway", .gateway, arrived: simulation.arrived)
        let view = SimulatedLog(simulation.log, process, simulation.drama, appended: appended)
        let drama = simulation.drama
        let sender = try CommandSender(log: view, layout: simulation.layout, now: { drama.time })
        process.begin { sender.start() }
        simulation.processes.append(process)
        return (sender, process)
    }

    private static func startProjection(
        _ simulation: Simulation, _ path: String?
    ) throws -> (Projection, SimulatedProcess) {
        let process = SimulatedProcess("projection", .projection, arrived: simulation.arrived)
        let view = SimulatedLog(simulation.log, process, simulation.drama)
        let layout = simulation.layout
        let projection = try Projection(
            log: view, topic: layout.names.events, partitionCount: layout.partitions, path: path)
        process.begin { projection.start() }
        simulation.processes.append(process)
        return (projection, process)
    }

    // MARK: - The gateway

    /// Sends a command as the API does. - Returns: the id that the gateway gave the request.
    func send(_ record: CommandRecord) -> String? {
        let (sender, box, answered, appended) = (sender, box, answered, appended)
        let ticket = appended.next()
        // Awaited by `settle` and `stopGateway`, which wait for `answered`.
        Task {
            let result: Result<ReplyRecord.Outcome, any Error>
            do { result = .success(try await sender.send(record)) } catch { result = .failure(error) }
            box.note(appended.id(of: ticket), result)
            answered.signal()
        }
        let id = appended.wait(for: ticket)
        waiting.append(id)
        return id
    }

    /// After the gateway has read replies: waits until those who asked have been told, and compares.
    func settle(_ records: [PartitionRecords], _ watch: LogWatch) throws {
        var told: [String: ReplyRecord.Outcome] = [:]
        for partition in records {
            for batch in partition.batches {
                for record in batch {
                    let reply = try ReplyRecord(decoding: Array(record.value ?? []))
                    if waiting.contains(reply.id) { told[reply.id] = reply.outcome }
                }
            }
        }
        for id in told.keys.sorted() {
            waiting.removeAll { $0 == id }
            guard answered.wait(timeout: .now() + 5) == .success else {
                watch.report("the gateway does not tell the answer to \(id)")
                return
            }
        }
        for (id, outcome) in told where box.outcome(id) != outcome {
            watch.report("\(id) was answered \(outcome), and its sender told \(String(describing: box.outcome(id)))")
        }
    }

    /// Gateway or projection die and come back.
    func restart() throws {
        if simulation.drama.below(2) == 0 {
            stopGateway()
            (sender, gatewayProcess) = try Self.startGateway(simulation, appended)
        } else {
            stopProjection()
            (projection, projectionProcess) = try Self.startProjection(simulation, path)
        }
    }

    private func stopGateway() {
        simulation.processes.removeAll { $0 === gatewayProcess }
        gatewayProcess.kill(isAwaited: false)
        sender.stop()
        for _ in waiting { answered.wait() }
        waiting = []
    }

    private func stopProjection() {
        simulation.processes.removeAll { $0 === projectionProcess }
        projectionProcess.kill(isAwaited: false)
        projection.stop()
    }

    func stop() {
        stopGateway()
        stopProjection()
        guard let path else { return }
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    // MARK: - The read model

    /// True when the projection has taken in all that is on the log.
    private func isCaughtUp() throws -> Bool {
        let layout = simulation.layout
        return try (0..<layout.partitions).allSatisfy { number in
            try projection.projectedTo[number]
                == simulation.log.endOffset(of: TopicPartition(layout.names.events, number))
        }
    }

    /// What the read model answers is what folding the log gives.
    func check(_ watch: LogWatch) throws {
        guard projection.isWorking else { return watch.report("the projection has stopped") }
        guard try isCaughtUp() else { return watch.report("the projection is behind: \(projection.projectedTo)") }
        let histories = try recordedHistories()
        for (arn, one) in watch.followed.sorted(by: { $0.key < $1.key }) {
            let execution = one.execution
            guard let summary = try projection.execution(arn) else {
                watch.report("\(arn) is not in the read model")
                continue
            }
            let shown = [
                summary.status, "\(summary.startedAt)", "\(summary.stoppedAt ?? 0)", summary.output ?? "-",
                summary.error ?? "-", summary.cause ?? "-", "\(summary.redriveCount)", "\(summary.redrivenAt ?? 0)",
                summary.input, summary.stateMachineArn, summary.name,
            ]
            let folded = [
                execution.status.rawValue, "\(execution.startedAt)", "\(execution.stoppedAt ?? 0)",
                execution.output?.text ?? "-", execution.error ?? "-", execution.cause ?? "-",
                "\(execution.redriveCount)", "\(execution.redrivenAt ?? 0)", execution.start.input,
                execution.start.stateMachineArn, execution.start.name,
            ]
            if shown != folded { watch.report("the read model shows \(shown), the log gives \(folded)") }
            checkHistory(arn, histories[arn] ?? [], try pages(arn), watch)
            if try projection.lastEventID(of: arn) != execution.lastEventID {
                watch.report("the read model's last event of \(arn) is not \(execution.lastEventID)")
            }
            let listed = try projection.executions(.init(machine: execution.start.stateMachineArn), limit: 10)
            if listed.map(\.arn) != [arn] { watch.report("\(arn) is listed as \(listed.map(\.arn))") }
        }
    }

    private func checkHistory(_ arn: String, _ recorded: [String], _ shown: [String], _ watch: LogWatch) {
        guard recorded != shown else { return }
        let place = zip(recorded, shown).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        watch.report(
            "the history of \(arn) has \(shown.count) events, the log \(recorded.count); they differ at \(String(describing: place))"
        )
    }

    private func pages(_ arn: String) throws -> [String] {
        var shown: [String] = []
        var after: Int64?
        while true {
            let page = try projection.history(
                of: arn, after: after, isReversed: false, limit: 7, bytesMax: 1 << 20)
            for event in page.events { shown.append(RandomMachine.canonical(try JSONParser.parse(Array(event.json)))) }
            guard page.hasMore, let last = page.events.last else { return shown }
            after = last.id
        }
    }

    private func recordedHistories() throws -> [String: [String]] {
        var histories: [String: [String]] = [:]
        let layout = simulation.layout
        for number in 0..<layout.partitions {
            try simulation.log.readToEnd(TopicPartition(layout.names.events, number)) { record in
                guard case .object(let object) = try JSONParser.parse(Array(record.value ?? [])),
                    let arn = object["executionArn"]?.string, object["id"]?.number?.int64 ?? 0 != 0
                else { return }
                var event = JSONObject()
                for member in object where !["executionArn", "sequence", "steplog"].contains(member.key.text) {
                    event.append(member.key, member.value)
                }
                histories[arn, default: []].append(RandomMachine.canonical(.object(event)))
            }
        }
        return histories
    }
}
