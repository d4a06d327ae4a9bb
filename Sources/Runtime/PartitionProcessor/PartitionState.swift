import Engine
import EventLog
import StatesLanguage

/// One partition's executions, and what a decision does to them. It is owned by one lane and run synchronously.
struct PartitionState {
    let number: Int
    let configuration: ProcessorConfiguration
    let definitions: DefinitionStore
    let log: any TransactionalLog
    /// Open executions by ARN.
    private(set) var open: [String: ExecutionEntry] = [:]
    var texts = SharedTexts()
    /// The state machines and activities whose writer this partition is.
    var registry = Registry()
    var closed = ClosedExecutions()
    var ledger: CheckpointLedger
    private var deadlines = DeadlineHeap()
    private var decoder = EventDecoder()
    private var yielded: [String] = []
    /// What could not be read while the state was restored, by entity.
    var unread: [String: UnreadRecord] = [:]
    /// Definitions that a transaction of this owner has put on the log.
    private var writtenDefinitions: Set<String> = []
    /// Time of the last event on this partition, in epoch milliseconds: the clock never runs back.
    private(set) var lastTime: Int64 = 0
    var outbox = Outbox()
    private var watchdog = Watchdog()
    private var eventTime = TimestampText()

    let events: TopicPartition

    /// An execution that waits for longer sleeps meanwhile.
    private static let longWaitMilliseconds: Int64 = 1_000

    /// - Parameter log: read for executions that ended long ago.
    init(
        number: Int, configuration: ProcessorConfiguration, definitions: DefinitionStore, log: any TransactionalLog
    ) {
        self.log = log
        self.number = number
        self.configuration = configuration
        self.definitions = definitions
        ledger = CheckpointLedger(owner: configuration.randomBits())
        events = TopicPartition(configuration.layout.names.events, number)
    }

    /// Milliseconds until `fireTimers` has something to do; nil when nothing is timed.
    var millisecondsToTimers: Int64? {
        if !yielded.isEmpty { return 0 }
        guard let deadline = deadlines.first?.deadline else { return nil }
        return max(0, deadline - now)
    }

    private var now: Int64 { configuration.now() }

    /// What of the open executions the operator should know.
    mutating func watch() -> [ProcessorNotice] { watchdog.look(at: open, configuration.watchdog, now: now) }

    // MARK: - Recovery

    /// Folds a record of `events` into the state; what a checkpoint had folded already changes nothing.
    /// - Throws: `CodecError` when it can't be read, `RecoveryError` when what it stands on is missing.
    mutating func restore(_ record: Record) throws {
        ledger.eventsEnd = record.offset
        ledger.eventBytes += record.valueSpan.count
        if let key = record.key, RegistryRecord.isKey(key) {
            let event = try RegistryRecord.decodeEvent(Array(record.value ?? []))
            lastTime = max(lastTime, event.timestamp)
            guard event.sequence > registry.sequence(of: event.arn) else { return }
            registry.evolve(event)
            return ledger.noteChanged(registryEntity: event.arn, at: event.timestamp)
        }
        let (arn, event) = try decoder.next(record.valueSpan)
        try restore(arn, event)
    }

    /// Folds an event of the log into the state. Nothing is decided and nothing is emitted.
    private mutating func restore(_ executionArn: String, _ event: Event) throws {
        lastTime = max(lastTime, event.timestamp)
        if let entry = open[executionArn] {
            guard event.sequence > entry.restoredSequence else { return }
            return try fold(event, into: entry)
        }
        if case .executionRedriven = event.detail, closed.contains(executionArn, at: event.timestamp) {
            reopen(ExecutionEntry(try closedExecution(executionArn, before: event.sequence)))
        } else if closed.contains(executionArn, at: event.timestamp) {
            return
        } else if case .executionStarted(let started) = event.detail {
            guard let machine = try definitions.machine(hash: started.start.definitionHash) else {
                throw RecoveryError.unknownDefinition(executionArn: executionArn, hash: started.start.definitionHash)
            }
            open[executionArn] = ExecutionEntry(Execution(start: texts.shared(started.start), machine: machine))
        }
        guard let entry = open[executionArn] else {
            throw RecoveryError.missingStart(executionArn: executionArn, sequence: event.sequence)
        }
        try fold(event, into: entry)
    }

    private mutating func fold(_ event: Event, into entry: ExecutionEntry) throws(FoldError) {
        try entry.execution.evolve(event)
        ledger.noteChanged(entry, at: event.timestamp)
        if entry.execution.isClosed {
            close(entry)
            closed.noteTaken()
            closed.trim()
        }
    }

    mutating func setOpen(_ entry: ExecutionEntry?, _ arn: String) { open[arn] = entry }

    mutating func restoreRegistry(_ arn: String, _ state: [UInt8], parts: Int) throws(CodecError) {
        try registry.restore(state, of: arn)
        ledger.registryParts[arn] = parts == 0 ? nil : parts
    }

    /// What was loaded belongs to no position.
    mutating func forgetCheckpoints() {
        open = [:]
        registry = Registry()
        closed = ClosedExecutions()
        unread = [:]
        ledger.registryParts = [:]
    }

    /// After the last event: the timers of all that is open.
    mutating func finishRestoring() {
        // ORDER: of equal deadlines the first noted fires first, so that the same log gives the same order in every process.
        for arn in open.keys.sorted() {
            if let entry = open[arn] { admit(entry) }
        }
    }

    /// From now on the execution runs here.
    mutating func admit(_ entry: ExecutionEntry) {
        open[entry.arn] = entry
        noteDeadline(entry)
        if entry.execution.hasYielded { yielded.append(entry.arn) }
        sleepIfItWaits(entry)
    }

    /// Waking one up costs less than to hold it ready that long.
    private func sleepIfItWaits(_ entry: ExecutionEntry) {
        if entry.execution.waits(until: lastTime + Self.longWaitMilliseconds) { entry.sleep() }
    }

    // MARK: - Deciding

    /// Takes one command. A command that can't be read goes to the dead letters.
    mutating func take(_ record: Record, topic: TopicPartition) {
        if divertIfParked(record, topic) { return }
        if let key = record.key, RegistryRecord.isKey(key) { return takeRegistryCommand(record, topic) }
        let command: CommandRecord
        do {
            command = try CommandRecord(decoding: Array(record.value ?? []))
        } catch {
            return deadLetter(record, topic, key: Array(record.key ?? []), reason: error.message)
        }
        let moment = nextMoment()
        do {
            let (sequence, time) = try decide(command, moment, offset: record.offset)
            reply(to: command.replyTo, .accepted(sequence: sequence, time: time), moment)
        } catch {
            let (code, message) = error.awsError
            reply(to: command.replyTo, .rejected(code: code, message: message), moment)
        }
    }

    private mutating func takeRegistryCommand(_ record: Record, _ topic: TopicPartition) {
        let command: RegistryCommand
        do {
            command = try RegistryRecord.decodeCommand(Array(record.value ?? []))
        } catch {
            return deadLetter(record, topic, key: Array(record.key ?? []), reason: error.message)
        }
        let moment = nextMoment()
        do {
            for event in try registry.decide(command, moment) {
                registry.evolve(event)
                outbox.append(event, to: events, time: eventTime.text(event.timestamp))
                ledger.noteChanged(registryEntity: event.arn, at: event.timestamp)
            }
            reply(
                to: command.replyTo, .accepted(sequence: registry.sequence(of: command.arn), time: moment.time), moment)
        } catch {
            reply(to: command.replyTo, .rejected(code: error.code, message: error.message), moment)
        }
    }

    /// - Returns: the sequence of the execution's last event, and the time of what was asked for: a start's, also when it is not
    ///   the first of its name.
    private mutating func decide(
        _ record: CommandRecord, _ moment: Moment, offset: Int64
    ) throws(Rejection) -> (sequence: Int64, time: Int64) {
        if case .startExecution(let start) = record.command {
            return try startExecution(start, record.definition, moment, offset)
        }
        if case .redriveExecution(let clientToken) = record.command {
            return try redriveExecution(record.executionArn, clientToken, moment, offset)
        }
        guard let entry = open[record.executionArn] else {
            guard closed.contains(record.executionArn, at: moment.time) else {
                throw .executionDoesNotExist(arn: record.executionArn)
            }
            if case .reportTask(let taskID, _) = record.command { throw .taskClosed(taskID: taskID) }
            return (0, moment.time)
        }
        let execution = entry.execution
        var decider = decider(entry, moment, .command(offset: offset))
        switch record.command {
        case .stopExecution(let error, let cause): decider.stopExecution(error: error, cause: cause)
        case .reportTask(let taskID, let report): try decider.reportTask(taskID, report)
        case .startExecution, .redriveExecution: break
        }
        collect(decider, entry)
        return (execution.sequence, moment.time)
    }

    private mutating func startExecution(
        _ start: StartExecution, _ definition: String?, _ moment: Moment, _ offset: Int64
    ) throws(Rejection) -> (sequence: Int64, time: Int64) {
        if let entry = open[start.executionArn] {
            // The same start again is the same execution. Source: surface § 1.3.
            let execution = entry.snapshot
            guard execution.start.input.utf8.elementsEqual(start.input.utf8) else {
                throw .executionAlreadyExists(arn: start.executionArn)
            }
            return (execution.sequence, execution.startedAt)
        }
        guard !closed.contains(start.executionArn, at: moment.time) else {
            throw .executionAlreadyExists(arn: start.executionArn)
        }
        let start = texts.shared(start)
        let machine = try machine(start, definition)
        let execution = Execution(start: start, machine: machine)
        let entry = ExecutionEntry(execution)
        open[start.executionArn] = entry
        var decider = decider(entry, moment, .command(offset: offset))
        do throws(Rejection) {
            try decider.startExecution(start)
        } catch {
            open[start.executionArn] = nil
            throw error
        }
        if let definition { writeDefinition(definition, hash: start.definitionHash, moment) }
        collect(decider, entry)
        return (execution.sequence, moment.time)
    }

    /// The machine of a new execution: one that the log has, or what the command brings.
    private func machine(_ start: StartExecution, _ definition: String?) throws(Rejection) -> StateMachine {
        do {
            if let known = try definitions.machine(hash: start.definitionHash) { return known }
        } catch {
            throw .invalidDefinition(message: "The definition \(start.definitionHash) can't be read: \(error)")
        }
        guard let definition else {
            throw .invalidDefinition(
                message: "The definition \(start.definitionHash) is not on the log, or does not compile.")
        }
        guard let machine = definitions.add(text: definition, hash: start.definitionHash) else {
            throw .invalidDefinition(message: "The definition \(start.definitionHash) does not compile.")
        }
        return machine
    }

    /// Puts a definition on the log unless it stands there. Another owner's transaction that failed does not count.
    private mutating func writeDefinition(_ text: String, hash: String, _ moment: Moment) {
        guard !definitions.isOnLog(hash: hash), writtenDefinitions.insert(hash).inserted else { return }
        outbox.append(
            to: TopicPartition(configuration.layout.names.definitions, 0), key: Array(hash.utf8),
            value: Array(text.utf8),
            timestamp: moment.time)
    }

    /// Fires what is due, and goes on with what yielded.
    mutating func fireTimers() {
        let resumed = yielded
        yielded = []
        for arn in resumed {
            guard let entry = open[arn] else { continue }
            var decider = decider(entry, nextMoment(), .continuation)
            decider.continueDecision()
            collect(decider, entry)
        }
        dropOutdatedDeadlines()
        let time = now
        while let first = deadlines.first, first.deadline <= time {
            deadlines.removeFirst()
            guard let entry = open[first.arn], let deadline = entry.nextDeadline, deadline <= time else {
                continue
            }
            var decider = decider(entry, nextMoment(notBefore: deadline), .timers)
            decider.fireTimers()
            collect(decider, entry)
        }
    }

    /// Each decision notes its execution's next deadline, so an entry that is not it has had its day.
    private mutating func dropOutdatedDeadlines() {
        while let first = deadlines.first, open[first.arn]?.nextDeadline != first.deadline {
            deadlines.removeFirst()
        }
    }

    func decider(_ entry: ExecutionEntry, _ moment: Moment, _ trigger: Cause.Trigger) -> Decider {
        Decider(execution: entry.execution, settings: configuration.settings, moment: moment, trigger: trigger)
    }

    private mutating func nextMoment(notBefore earliest: Int64 = 0) -> Moment {
        lastTime = max(now, lastTime, earliest)
        return Moment(time: lastTime, seed: configuration.randomBits())
    }

    // MARK: - Collecting

    mutating func collect(_ decider: Decider, _ entry: ExecutionEntry) {
        if let first = decider.events.first {
            outbox.append(decider.events, of: entry, to: events, time: eventTime.text(first.timestamp))
        }
        for effect in decider.effects { emit(effect, of: entry) }
        if !decider.events.isEmpty { ledger.noteChanged(entry, at: lastTime) }
        configuration.decided?(entry.execution)
        if entry.execution.isClosed { return close(entry) }
        if entry.execution.hasYielded, !decider.events.isEmpty { yielded.append(entry.arn) }
        noteDeadline(entry)
        sleepIfItWaits(entry)
    }

    private mutating func emit(_ effect: Effect, of entry: ExecutionEntry) {
        let record: TaskRecord
        let taskID: String
        let routes = configuration.routes()
        var pools = routes.pools
        if leavesToPolls(effect, of: entry) { return }
        switch effect {
        case .scheduleTask(let request):
            (record, taskID) = (.request(request), request.taskID)
            pools = [routes.pool(for: request)]
        case .cancelTask(let id, _): (record, taskID) = (.cancel(taskID: id, executionArn: entry.arn), id)
        case .releaseTask(let id, _): (record, taskID) = (.release(taskID: id, executionArn: entry.arn), id)
        }
        let layout = configuration.layout
        let partition = Murmur2.partition(of: taskID.utf8, partitionCount: layout.poolPartitions)
        for pool in pools {
            outbox.append(
                to: TopicPartition(layout.names.tasks(pool: pool), partition), key: Array(taskID.utf8),
                value: record.encoded(), timestamp: lastTime)
        }
    }

    /// True for what concerns the task of an activity that workers ask the API for: they find it by its events.
    /// A test case's tasks are for the mocks, which are in the pools.
    private func leavesToPolls(_ effect: Effect, of entry: ExecutionEntry) -> Bool {
        guard configuration.hasPolledActivities, entry.execution.start.testCase == nil else { return false }
        switch effect {
        case .scheduleTask(let request): return RegistryRecord.isKey(request.resource.utf8)
        case .cancelTask(_, let resource), .releaseTask(_, let resource): return RegistryRecord.isKey(resource.utf8)
        }
    }

    private mutating func reply(to address: ReplyAddress?, _ outcome: ReplyRecord.Outcome, _ moment: Moment) {
        guard let address else { return }
        outbox.append(
            to: TopicPartition(configuration.layout.names.replies, address.partition), key: Array(address.id.utf8),
            value: ReplyRecord(id: address.id, outcome: outcome).encoded(), timestamp: moment.time)
    }

    private mutating func close(_ entry: ExecutionEntry) {
        open[entry.arn] = nil
        closed.insert(entry.execution)
        ledger.noteClosed(entry)
    }

    /// The execution runs again. What stands of it on `checkpoints` may have been taken away already; that does no harm twice.
    mutating func reopen(_ entry: ExecutionEntry) {
        entry.hasCheckpoint = true
        closed.remove(entry.arn)
        open[entry.arn] = entry
    }

    private mutating func noteDeadline(_ entry: ExecutionEntry) {
        guard let deadline = entry.nextDeadline else { return }
        deadlines.insert(DeadlineHeap.Entry(deadline: deadline, arn: entry.arn))
    }
}
