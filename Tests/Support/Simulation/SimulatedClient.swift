import Engine
import EngineTestKit
import EventLog
import EventLogEmbedded
import JSON
import PartitionProcessor
import StatesLanguage

/// Those who start, stop and redrive executions and hold task tokens.
final class SimulatedClient {
    /// An execution that is asked for, and what is expected of it.
    private struct Order {
        var start: StartExecution
        var definition: String
        /// nil: it fails.
        var expected: String?
        var isStopped = false
        var startIDs: [String] = []
    }

    /// By the hash of their definition, and by its text.
    let machines: [String: StateMachine]
    let machinesByText: [String: StateMachine]
    private(set) var comparedCount = 0
    private let scenario: Scenario
    private let log: EmbeddedLog
    private let layout: TopicLayout
    private let drama: Drama
    private let appender: any LogAppender
    private var orders: [Order] = []
    private var nextOrder = 0
    private var requestCount = 0
    private var asked: [String] = []
    private var failed: [Errand] = []
    private var tokens: [SimulatedTasks.TokenMessage] = []

    init(_ scenario: Scenario, log: EmbeddedLog, layout: TopicLayout, drama: Drama) throws {
        self.scenario = scenario
        self.log = log
        self.layout = layout
        self.drama = drama
        appender = try log.makeAppender()
        var machines: [String: StateMachine] = [:]
        var machinesByText: [String: StateMachine] = [:]
        for number in 0..<scenario.executionCount {
            let machine = RandomMachine(
                seed: scenario.seed &* 31 &+ UInt64(number), depth: scenario.depth, length: scenario.length,
                hasVariety: scenario.hasVariety)
            let hash = "hash\(number)"
            let compilation = Definition.compile(machine.definition, options: CompileOptions(includeWarnings: false))
            guard let compiled = compilation.machine else {
                throw InvalidDefinition(message: "\(compilation.diagnostics) \(machine.definition)")
            }
            machines[hash] = compiled
            machinesByText[machine.definition] = compiled
            orders.append(
                Order(
                    start: StartExecution(
                        executionArn: "arn:aws:states:us-east-1:123456789012:execution:M\(number):e\(number)",
                        name: "e\(number)",
                        stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:M\(number)",
                        roleArn: "arn:aws:iam::123456789012:role/r", definitionHash: hash, input: machine.input),
                    definition: machine.definition, expected: machine.expectedOutput()))
        }
        self.machines = machines
        self.machinesByText = machinesByText
    }

    /// A command that is sent, or sent again since its sender was told that it failed.
    private struct Errand {
        var command: Command
        var executionArn: String
        var definition: String?
        /// Whose start it is.
        var order: Int?
    }

    /// Does one thing, if there is one. - Returns: false when there is none.
    func act(
        _ messages: [SimulatedTasks.TokenMessage], _ watch: LogWatch, isCalm: Bool, _ readers: SimulatedReaders?
    ) throws -> Bool {
        tokens += messages
        if !failed.isEmpty {
            let errand = failed.removeFirst()
            try send([errand], watch, readers)
            return true
        }
        if nextOrder < orders.count {
            let count = readers == nil ? 1 : 1 + drama.below(orders.count - nextOrder)
            try send((nextOrder..<nextOrder + count).map(start), watch, readers)
            nextOrder += count
            return true
        }
        if !tokens.isEmpty {
            let message = tokens.remove(at: drama.below(tokens.count))
            let parsed = TaskToken.parse(message.token, key: Simulation.tokenKey)
            if parsed?.taskID != message.taskID {
                watch.report("the token of \(message.taskID) names \(parsed as Any)")
            }
            let command = Command.reportTask(taskID: message.taskID, message.report)
            try send([Errand(command: command, executionArn: message.executionArn)], watch, readers)
            if drama.chance(scenario.repeats) { tokens.append(message) }
            return true
        }
        if let readers, !isCalm, drama.chance(scenario.registryErrands) {
            if let id = readers.send(RegistryErrands.next(drama), watch) { asked.append(id) }
            return true
        }
        if !isCalm, drama.chance(scenario.repeats) {
            try send([start(drama.below(orders.count))], watch, readers)
            return true
        }
        guard let errand = stopOrRedrive(watch, isCalm: isCalm) else { return false }
        try send([errand], watch, readers)
        return true
    }

    private func stopOrRedrive(_ watch: LogWatch, isCalm: Bool) -> Errand? {
        if !isCalm, drama.chance(scenario.stopsAndRedrives) {
            let index = drama.below(orders.count)
            let arn = orders[index].start.executionArn
            guard watch.followed[arn]?.execution.isClosed == false else { return nil }
            orders[index].isStopped = true
            return Errand(command: .stopExecution(error: "stopped", cause: nil), executionArn: arn)
        }
        for index in orders.indices where orders[index].isStopped {
            let arn = orders[index].start.executionArn
            guard let execution = watch.followed[arn]?.execution, execution.isClosed else { continue }
            orders[index].isStopped = false
            guard execution.status == .aborted else { continue }
            let token = drama.chance(500) ? "t\(requestCount)" : nil
            return Errand(command: .redriveExecution(clientToken: token), executionArn: arn)
        }
        return nil
    }

    private func start(_ index: Int) -> Errand {
        let order = orders[index]
        return Errand(
            command: .startExecution(order.start), executionArn: order.start.executionArn, definition: order.definition,
            order: index)
    }

    /// Through the gateway, if there is one.
    private func send(_ errands: [Errand], _ watch: LogWatch, _ readers: SimulatedReaders?) throws {
        requestCount += 1
        let records = errands.map {
            CommandRecord(executionArn: $0.executionArn, command: $0.command, definition: $0.definition)
        }
        let sent = try readers?.send(records, watch) ?? append(records)
        for (errand, sent) in zip(errands, sent) {
            if sent.hasFailed { failed.append(errand) } else { asked.append(sent.id) }
            if let order = errand.order { orders[order].startIDs.append(sent.id) }
        }
    }

    private func append(_ records: [CommandRecord]) throws -> [SimulatedReaders.Sent] {
        var sent: [SimulatedReaders.Sent] = []
        for var record in records {
            let id = "r\(requestCount)"
            record.replyTo = ReplyAddress(partition: drama.below(layout.partitions), id: id)
            var builder = RecordBatchBuilder()
            builder.append(key: Array(record.executionArn.utf8), value: record.encoded(), timestamp: drama.time)
            let partition = TopicPartition(layout.names.commands, layout.partition(ofEntity: record.executionArn))
            _ = try appender.append([PartitionBatch(partition: partition, batch: builder.finish())])
            sent.append(SimulatedReaders.Sent(id: id, hasFailed: false))
        }
        return sent
    }

    /// True when everything was asked and answered.
    func isDone(_ watch: LogWatch) -> Bool {
        nextOrder == orders.count && tokens.isEmpty && failed.isEmpty && asked.allSatisfy { watch.replies[$0] != nil }
            && orders.allSatisfy { !$0.isStopped }
    }

    /// Checks answers and outputs.
    func checkEnd(_ watch: LogWatch) {
        for id in asked where watch.replies[id] == nil { watch.report("\(id) was never answered") }
        for order in orders {
            let arn = order.start.executionArn
            guard let one = watch.followed[arn] else {
                watch.report("\(arn) was never started")
                continue
            }
            let isAccepted = order.startIDs.contains { id in
                if case .accepted? = watch.replies[id] { true } else { false }
            }
            if !isAccepted { watch.report("\(arn) runs, and no start of it was accepted") }
            guard one.execution.status != .aborted, !one.isUntimely else { continue }
            comparedCount += 1
            let output = one.execution.output.flatMap { try? JSONParser.parse($0.text) }.map(RandomMachine.canonical)
            guard output != order.expected else { continue }
            watch.report(
                "\(arn) ends with \(output ?? one.execution.status.rawValue), not \(order.expected ?? "a failure") "
                    + "(\(one.execution.error ?? "") \(one.execution.cause ?? "")): \(order.definition) \(order.start.input)"
            )
        }
    }
}
