import CommandGateway
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
    private let executor = DirectedExecutor()
    private let gate: AppendGate
    private var ticketCount = 0
    /// The requests that no answer was read to, by their id.
    private var waiting: [String: Asked] = [:]

    /// A command that the gateway was given.
    struct Sent {
        /// Of the request.
        var id: String
        /// Its sender was told that it failed. It may stand on the log nevertheless.
        var hasFailed: Bool
    }

    private struct Asked {
        var ticket: Int
        /// Whom it is about: an execution, a state machine, an activity.
        var entity: String
        var isOfRegistry = false
    }

    private var sender: CommandSender
    private var projection: Projection
    private var gatewayProcess: SimulatedProcess
    private var projectionProcess: SimulatedProcess
    private let path: String?
    /// What the log holds of histories, as far as it was read.
    private var histories: [String: [String]] = [:]
    private var historiesRead: [Int: Int64] = [:]

    init(_ simulation: Simulation) throws {
        self.simulation = simulation
        path =
            simulation.scenario.seed % 8 == 0
            ? Self.folder + "/simulated-\(UUID().uuidString).sqlite" : nil
        gate = AppendGate(simulation.drama)
        (sender, gatewayProcess) = try Self.startGateway(simulation, gate)
        (projection, projectionProcess) = try Self.startProjection(simulation, path)
    }

    /// In memory where there is such a folder: the simulated crashes are those of processes, which need no disk to be waited for.
    private static let folder =
        FileManager.default.isWritableFile(atPath: "/dev/shm")
        ? "/dev/shm" : FileManager.default.temporaryDirectory.path

    private static func startGateway(
        _ simulation: Simulation, _ gate: AppendGate
    ) throws -> (CommandSender, SimulatedProcess) {
        let process = SimulatedProcess("gateway", .gateway, arrived: simulation.arrived)
        let view = SimulatedLog(simulation.log, process, simulation.drama, gate: gate)
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

    /// Sends commands at the same time, as the API does: the first goes to the log by itself, the others gather meanwhile.
    func send(_ records: [CommandRecord], _ watch: LogWatch) -> [Sent] {
        guard let first = records.first else { return [] }
        let tickets = [ask(first)]
        executor.runAll()
        guard gate.awaitArrival() else { return refuse(records, "wrote nothing", watch) }
        let others = records.dropFirst().map { ask($0) }
        executor.runAll()
        var sent = finish(gate.open(), tickets, records.prefix(1), watch)
        guard !others.isEmpty else { return sent }
        guard gate.awaitArrival() else { return refuse(records, "wrote only one of several commands", watch) }
        sent += finish(gate.open(), others, records.dropFirst(), watch)
        return sent
    }

    /// - Returns: the request's ticket.
    private func ask(_ record: CommandRecord) -> Int {
        ticketCount += 1
        let (sender, box, ticket) = (sender, box, ticketCount)
        // Nobody awaits it: it ends with the answer, or with the gateway.
        Task(executorPreference: executor) {
            do {
                box.note(ticket, .success(try await sender.send(record)))
            } catch {
                box.note(ticket, .failure(error))
            }
        }
        return ticket
    }

    private func refuse(_ records: [CommandRecord], _ what: String, _ watch: LogWatch) -> [Sent] {
        watch.report("the gateway \(what)")
        return []
    }

    private func finish(
        _ group: AppendGate.Group, _ tickets: [Int], _ records: ArraySlice<CommandRecord>, _ watch: LogWatch
    ) -> [Sent] {
        guard group.ids.count == tickets.count else {
            watch.report("the gateway put \(group.ids.count) of \(tickets.count) commands on the log")
            return []
        }
        if group.hasFailed {
            let areTold = executor.run { tickets.allSatisfy { box.outcome($0) != nil } }
            if !areTold { watch.report("the gateway does not tell that an append failed") }
            return group.ids.map { Sent(id: $0, hasFailed: true) }
        }
        for ((ticket, id), record) in zip(zip(tickets, group.ids), records) {
            waiting[id] = Asked(ticket: ticket, entity: record.executionArn)
        }
        return group.ids.map { Sent(id: $0, hasFailed: false) }
    }

    /// After the gateway has read replies: those who asked have been told the same.
    func settle(_ records: [PartitionRecords], _ watch: LogWatch) throws {
        executor.runAll()
        for partition in records {
            for batch in partition.batches {
                for record in batch {
                    let reply = try ReplyRecord(decoding: Array(record.value ?? []))
                    guard let asked = waiting.removeValue(forKey: reply.id) else { continue }
                    if case .accepted(let sequence, _) = reply.outcome { readBack(asked, sequence) }
                    let told = try? box.outcome(asked.ticket)?.get()
                    if told == reply.outcome { continue }
                    watch.report("a request was answered \(reply.outcome), and its sender told \(told as Any)")
                }
            }
        }
    }

    /// Sends a command for a state machine or an activity. - Returns: the request's id; nil when its sender was told that it failed.
    func send(_ command: RegistryCommand, _ watch: LogWatch) -> String? {
        ticketCount += 1
        let (sender, box, ticket) = (sender, box, ticketCount)
        // Nobody awaits it: it ends with the answer, or with the gateway.
        Task(executorPreference: executor) {
            do {
                box.note(ticket, .success(try await sender.send(command)))
            } catch {
                box.note(ticket, .failure(error))
            }
        }
        executor.runAll()
        guard gate.awaitArrival() else {
            watch.report("the gateway wrote nothing")
            return nil
        }
        let group = gate.open()
        guard !group.hasFailed, let id = group.ids.first else {
            if !executor.run(until: { box.outcome(ticket) != nil }) {
                watch.report("the gateway does not tell that an append failed")
            }
            return nil
        }
        waiting[id] = Asked(ticket: ticket, entity: command.arn, isOfRegistry: true)
        return id
    }

    /// Who was told that something has happened to an entity finds it in the read model.
    /// - Parameter sequence: of the entity's last event, as the answer says.
    private func readBack(_ asked: Asked, _ sequence: Int64) {
        let (projection, box, arn) = (projection, box, asked.entity)
        // Nobody awaits it: it ends when the projection is where it should be, or with the projection.
        Task(executorPreference: executor) {
            do {
                try await projection.catchUp(with: arn)
            } catch {
                return
            }
            let isThere =
                asked.isOfRegistry
                ? projection.registry.sequence(of: arn) >= sequence
                : try projection.execution(arn, includesData: false) != nil
            if !isThere { box.report("\(arn) was accepted, waited for, and is not in the read model") }
        }
        executor.runAll()
    }

    /// After the projection has gone on: those who waited for it look, and now and then all of it is compared with the log.
    func lookBack(_ watch: LogWatch) throws {
        executor.runAll()
        for problem in box.takeProblems() { watch.report(problem) }
        if simulation.drama.chance(Self.looksPerThousand), try isCaughtUp() { try checkModel(watch) }
    }

    private static let looksPerThousand = 100

    /// Gateway or projection die and come back.
    func restart() throws {
        if simulation.drama.below(2) == 0 {
            stopGateway()
            (sender, gatewayProcess) = try Self.startGateway(simulation, gate)
        } else {
            stopProjection()
            (projection, projectionProcess) = try Self.startProjection(simulation, path)
        }
    }

    private func stopGateway() {
        simulation.processes.removeAll { $0 === gatewayProcess }
        gatewayProcess.kill(isAwaited: false)
        sender.stop()
        executor.runAll()
        waiting = [:]
    }

    private func stopProjection() {
        simulation.processes.removeAll { $0 === projectionProcess }
        projectionProcess.kill(isAwaited: false)
        projection.stop()
        executor.runAll()
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
        if !waiting.isEmpty { watch.report("the gateway waits for \(waiting.count) answers that it should have read") }
        guard projection.isWorking else { return watch.report("the projection has stopped") }
        guard try isCaughtUp() else { return watch.report("the projection is behind: \(projection.projectedTo)") }
        try checkModel(watch)
    }

    private func checkModel(_ watch: LogWatch) throws {
        for arn in watch.registryArns
        where projection.registry.checkpoint(of: arn) != watch.registry.checkpoint(of: arn) {
            watch.report("the read model's \(arn) is not what its events say")
        }
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
            for event in page.events { shown.append(String(decoding: event.json, as: UTF8.self)) }
            guard page.hasMore, let last = page.events.last else { return shown }
            after = last.id
        }
    }

    /// The histories on the log, as text. What was read before is not read again.
    private func recordedHistories() throws -> [String: [String]] {
        let layout = simulation.layout
        for number in 0..<layout.partitions {
            let from = historiesRead[number] ?? 0
            let place = TopicPartition(layout.names.events, number)
            guard try simulation.log.endOffset(of: place) > from else { continue }
            historiesRead[number] = try simulation.log.readToEnd(place, from: .offset(from)) { record in
                guard record.key.map({ RegistryRecord.isKey($0) }) != true,
                    case .object(let object) = try JSONParser.parse(Array(record.value ?? [])),
                    let arn = object["executionArn"]?.string, object["id"]?.number?.int64 ?? 0 != 0
                else { return }
                var event = JSONObject()
                for member in object where !["executionArn", "sequence", "steplog"].contains(member.key.text) {
                    event.append(member.key, member.value)
                }
                histories[arn, default: []].append(JSONWriter.text(.object(event)))
            }
        }
        return histories
    }
}
