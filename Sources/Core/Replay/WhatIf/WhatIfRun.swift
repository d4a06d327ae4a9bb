public import Engine
public import StatesLanguage

/// Drives a changed definition with the results of a recorded execution, in its recorded time.
///
/// A task gets the result of the recorded task of the same state and input; else the state's next one; else, where a state was
/// renamed, that of the same resource and input. Its reports come as long after its scheduling as they came in the log.
public struct WhatIfRun {
    private let recorded: RecordedRun
    private let settings: Decider.Settings
    private let execution: Execution
    /// The same execution, one event after the other: a decision's frames are seen as they were in between.
    private let shadow: Execution
    private var path = ExecutionPath()
    private var isUsed: [Bool]
    /// Tasks that the new run waits for, with what was recorded of each.
    private var waiting: [(taskID: String, place: String, recorded: RecordedTask, scheduledAt: Int64)] = []
    private var agenda = Agenda()
    private var now: Int64
    private var timerCount = 0
    private var spareBits: SeededBits
    private var otherInputs: [String] = []
    private var missing: String?
    private var eventCount = 0

    /// Events that one run may have.
    private static let eventsMax = 1_000_000

    /// - Parameters:
    ///   - machine: the changed definition, compiled.
    ///   - settings: those of the recorded execution; its region is kept where its tasks name one.
    public init(_ recorded: RecordedRun, machine: StateMachine, settings: Decider.Settings) {
        self.recorded = recorded
        self.settings = settings
        execution = Execution(start: recorded.start, machine: machine)
        shadow = Execution(start: recorded.start, machine: machine)
        isUsed = Array(repeating: false, count: recorded.tasks.count)
        now = recorded.startedAt
        spareBits = SeededBits(seed: recorded.startSeed)
    }

    /// Runs to the end, or to where the log can't help.
    public mutating func run() -> WhatIfResult {
        for request in recorded.requests { agenda.add(request.time, .request(request.command, seed: request.seed)) }
        let start = recorded.start
        guard decide(seed: recorded.startSeed, { (decider) throws(Rejection) in try decider.startExecution(start) })
        else { return result(.refused) }
        while missing == nil, eventCount < Self.eventsMax, step() {}
        if missing != nil { return result(.needsResult) }
        if eventCount >= Self.eventsMax { return result(.unending) }
        let isSame = path.lines == recorded.path.lines && execution.status == recorded.execution.status
        return result(isSame ? .samePath : .otherPath)
    }

    /// - Returns: false when nothing is left to do.
    private mutating func step() -> Bool {
        if execution.hasYielded {
            return decide(seed: spareBits.next()) { $0.continueDecision() }
        }
        let deadline = execution.nextDeadline
        if let next = agenda.first, deadline.map({ next.time <= $0 }) ?? true {
            agenda.removeFirst()
            now = max(now, next.time)
            take(next.action)
            return true
        }
        guard let deadline else {
            noteOverdue(at: .max)
            return false
        }
        noteOverdue(at: deadline)
        guard missing == nil else { return false }
        now = max(now, deadline)
        timerCount += 1
        let seeds = recorded.timerSeeds
        return decide(seed: timerCount <= seeds.count ? seeds[timerCount - 1] : spareBits.next()) { $0.fireTimers() }
    }

    private mutating func take(_ action: Agenda.Action) {
        switch action {
        case .report(let taskID, let report, let seed):
            decide(seed: seed) { (decider) throws(Rejection) in try decider.reportTask(taskID, report) }
        case .request(.stopExecution(let error, let cause), let seed):
            decide(seed: seed) { $0.stopExecution(error: error, cause: cause) }
        case .request(.redriveExecution(let clientToken), let seed):
            guard execution.isClosed, execution.status != .succeeded else { return }
            decide(seed: seed) { (decider) throws(Rejection) in
                _ = try decider.redriveExecution(clientToken: clientToken)
            }
        case .request: break
        }
    }

    /// Before the clock passes what is known of a task, its result would be needed; one that the log itself still waits for is
    /// waited for here too when nothing else is left.
    private mutating func noteOverdue(at deadline: Int64) {
        let isDue = deadline < .max
        let timed = isDue ? execution.tasksTimed(at: deadline) : []
        for task in waiting where !execution.isClosed && execution.frame(ofTask: task.taskID) != nil {
            if case .told = task.recorded.end { continue }
            if case .open = task.recorded.end, !isDue { continue }
            if isDue, !timed.contains(task.taskID) || deadline <= task.scheduledAt + task.recorded.knownFor { continue }
            missing =
                "\(task.place): the result of \(task.recorded.resource) was not awaited beyond "
                + "\(task.recorded.knownFor) ms"
            return
        }
    }

    // MARK: - Deciding

    @discardableResult
    private mutating func decide(seed: UInt64, _ body: (inout Decider) throws(Rejection) -> Void) -> Bool {
        var ownSettings = settings
        if let region = recorded.region { ownSettings.region = region }
        var decider = Decider(
            execution: execution, settings: ownSettings, moment: Moment(time: now, seed: seed), trigger: .timers)
        do throws(Rejection) {
            try body(&decider)
        } catch {
            return false
        }
        eventCount += decider.events.count
        for event in decider.events where (try? shadow.evolve(event)) != nil { path.note(event, of: shadow) }
        for effect in decider.effects {
            if case .scheduleTask(let request) = effect { schedule(request) }
        }
        return true
    }

    private mutating func schedule(_ request: TaskRequest) {
        guard missing == nil, let frame = execution.frame(ofTask: request.taskID) else { return }
        let place = execution.place(of: frame, among: execution.liveFrames)
        let input = RecordedTask.withoutToken(request.input, request.taskToken)
        guard let index = match(request, input) else {
            missing = "\(place): \(request.resource) was never asked for this"
            return
        }
        isUsed[index] = true
        let task = recorded.tasks[index]
        if !RecordedRun.areSame(task.input, input) || task.resource != request.resource { otherInputs.append(place) }
        waiting.removeAll { execution.frame(ofTask: $0.taskID) == nil }
        waiting.append((request.taskID, place, task, now))
        for report in task.reports {
            agenda.add(now + report.delay, .report(taskID: request.taskID, report.report, seed: report.seed))
        }
    }

    private func match(_ request: TaskRequest, _ input: String) -> Int? {
        let tasks = recorded.tasks
        let free = tasks.indices.filter { !isUsed[$0] }
        let ofState = free.filter { tasks[$0].stateName == request.stateName }
        return ofState.first { RecordedRun.areSame(tasks[$0].input, input) } ?? ofState.first
            ?? free.first {
                tasks[$0].resource == request.resource && RecordedRun.areSame(tasks[$0].input, input)
                    && execution.machine.stateID(named: tasks[$0].stateName) == nil
            }
    }

    private func result(_ verdict: WhatIfResult.Verdict) -> WhatIfResult {
        let (old, new) = (recorded.execution, execution)
        let bothSucceeded = old.status == .succeeded && new.status == .succeeded
        let isOther = bothSucceeded && !RecordedRun.areSame(old.output?.text ?? "", new.output?.text ?? "")
        return WhatIfResult(
            executionArn: recorded.start.executionArn, verdict: verdict, recordedStatus: old.status.rawValue,
            status: new.status.rawValue, hasOtherOutput: isOther, path: recorded.path.difference(to: path),
            missing: missing, otherInputs: otherInputs, end: new.output?.text ?? new.error)
    }
}
