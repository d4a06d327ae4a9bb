import StatesLanguage

extension Execution {
    /// Folds one event into the state. It evaluates nothing and reads no clock, so replay gives the same state everywhere.
    /// - Throws: `FoldError` when the event can't follow the state: the log is damaged, or of a newer release.
    public func evolve(_ event: Event) throws(FoldError) {
        guard event.sequence == sequence + 1 else {
            throw failure(event, "expected sequence \(sequence + 1)")
        }
        try checkPlace(of: event)
        sequence = event.sequence
        if event.id != 0 { lastEventID = event.id }
        hasYielded = false
        try apply(event)
        followPreviousEventID(event)
    }

    /// An event belongs to a live frame, but for those that bring one about.
    private func checkPlace(of event: Event) throws(FoldError) {
        switch event.detail {
        case .executionStarted:
            guard sequence == 0 else { throw failure(event, "the execution has started already") }
        case .executionRedriven:
            guard isClosed, status != .succeeded else {
                throw failure(event, "the execution has not ended unsuccessfully")
            }
        case .mapIterationStarted(_, let index, let map):
            guard event.frame == nextFrameID, case .map(let running)? = frames[map]?.activity,
                running.outputs.indices.contains(index)
            else { throw failure(event, "no Map state is at work that could start iteration \(index)") }
        default:
            guard frames.contains(event.frame) else { throw failure(event, "nothing runs in frame \(event.frame)") }
        }
    }

    private func failure(_ event: Event, _ message: String) -> FoldError {
        FoldError(executionArn: arn, sequence: event.sequence, message: message)
    }

    private func apply(_ event: Event) throws(FoldError) {
        switch event.detail {
        case .executionStarted(let started): begin(started, at: event.timestamp)
        case .executionSucceeded(let output):
            self.output = output
            close(.succeeded, at: event.timestamp)
        case .executionFailed(let error, let cause): fail(.failed, error, cause, at: event.timestamp)
        case .executionTimedOut(let error, let cause): fail(.timedOut, error, cause, at: event.timestamp)
        case .executionAborted(let error, let cause): fail(.aborted, error, cause, at: event.timestamp)
        case .executionRedriven(let redriven): redrive(redriven, at: event)
        case .stateEntered(_, let name, let input): try enter(name, input, event)
        case .stateExited(_, let exited): try exit(exited, event)
        case .taskScheduled(let scheduled): schedule(scheduled, event)
        case .taskStarted: startTask(event)
        case .taskSubmitted: updateTask(event.frame) { $0.isSubmitted = true }
        case .taskSucceeded, .taskFailed, .taskTimedOut:
            frames.update(event.frame) { $0.activity = .deciding }
        case .heartbeatRecorded(let deadline):
            updateTask(event.frame) { $0.heartbeatDeadline = deadline }
            timers.insert(deadline: deadline, frame: event.frame)
        case .timerStarted(let deadline):
            frames.update(event.frame) { $0.activity = .waiting(deadline: deadline) }
            timers.insert(deadline: deadline, frame: event.frame)
        case .retryScheduled(let retrier, let deadline): try scheduleRetry(retrier, deadline, event)
        case .parallelStateStarted: startBranches(event)
        case .mapStateStarted(let length, let items): try startMap(length, items, event)
        case .mapIterationStarted(_, let index, let map): startIteration(index, map, event)
        case .mapIterationSucceeded: endIteration(event)
        case .mapIterationFailed, .mapIterationAborted: break
        case .parallelStateSucceeded, .mapStateSucceeded:
            frames.update(event.frame) { $0.activity = .deciding }
            mapItems[event.frame] = nil
        case .parallelStateFailed, .mapStateFailed:
            keepInterrupted(event.frame)
            removeDescendants(of: event.frame)
            frames.update(event.frame) { $0.activity = .deciding }
        case .decisionYielded:
            hasYielded = true
            dropTakenUpTimers(at: event.timestamp)
        case .stateAborted, .evaluationFailed: break
        }
    }

    /// What the frame's next event will call its previous one. Source: surface § 2.2.
    private func followPreviousEventID(_ event: Event) {
        switch event.detail {
        case .executionStarted, .executionSucceeded, .executionFailed, .executionTimedOut, .executionAborted: break
        case .executionRedriven: break
        case .stateAborted, .mapIterationFailed, .mapIterationAborted, .mapIterationSucceeded: break
        case .timerStarted, .heartbeatRecorded, .decisionYielded: break
        case .parallelStateSucceeded, .mapStateSucceeded, .retryScheduled:
            frames.update(event.frame) { $0.lastEventID = event.previousEventID }
        case .stateEntered, .stateExited, .evaluationFailed, .taskScheduled, .taskStarted, .taskSubmitted,
            .taskSucceeded,
            .taskFailed, .taskTimedOut, .parallelStateStarted, .parallelStateFailed, .mapStateStarted, .mapStateFailed,
            .mapIterationStarted:
            frames.update(event.frame) { $0.lastEventID = event.id }
        }
    }

    // MARK: - The execution

    private func begin(_ started: ExecutionStarted, at time: Int64) {
        start = started.start
        startedAt = time
        deadline = started.deadline
        if let deadline { timers.insert(deadline: deadline, frame: nil) }
        frames.append(
            Frame(
                id: 0, parent: nil, index: 0, stateID: machine.startAt, input: Payload(text: started.start.input),
                lastEventID: 0))
        nextFrameID = 1
    }

    private func fail(_ status: Status, _ error: String?, _ cause: String?, at time: Int64) {
        self.error = error
        self.cause = cause
        close(status, at: time)
    }

    private func close(_ status: Status, at time: Int64) {
        self.status = status
        stoppedAt = time
        keepInterruptedFrames()
        frames = FrameTable()
        timers = TimerHeap()
        mapItems = [:]
    }

    /// The decision that goes on takes up every frame whose wait is over, so it needs no timer any more: whether the one that yielded
    /// was to fire it or had come for something else, the state is the same.
    private func dropTakenUpTimers(at time: Int64) {
        timers.removeFirst(upTo: time) { timer in
            guard let frameID = timer.frame, let frame = frames[frameID] else { return false }
            switch frame.activity {
            case .waiting(let deadline), .retrying(let deadline): return deadline <= time
            case .deciding, .task, .parallel, .map: return false
            }
        }
    }

    // MARK: - States

    private func enter(_ name: String, _ input: Payload, _ event: Event) throws(FoldError) {
        guard let stateID = machine.stateID(named: name) else {
            throw failure(event, "the definition has no state \"\(name)\"")
        }
        frames.update(event.frame) { frame in
            frame.stateID = stateID
            frame.input = input
            frame.hasEntered = true
            frame.enteredEventID = event.id
            frame.enteredPreviousEventID = event.previousEventID
            frame.enteredAt = event.timestamp
            if !frame.retriesByRetrier.isEmpty { frame.retriesByRetrier = [] }
            frame.activity = .deciding
        }
    }

    private func exit(_ exited: StateExited, _ event: Event) throws(FoldError) {
        var nextStateID: StateID?
        if let next = exited.next {
            nextStateID = machine.stateID(named: next)
            guard nextStateID != nil else {
                throw failure(event, "the definition has no state \"\(next)\"")
            }
        }
        if !interrupted.isEmpty { interrupted = [] }
        frames.update(event.frame) { frame in
            frame.activity = .deciding
            if let nextStateID {
                frame.stateID = nextStateID
                frame.input = exited.output
                frame.enteredEventID = 0
            }
            for assigned in exited.assignedVariables {
                if let index = frame.variables.firstIndex(where: { $0.name == assigned.name }) {
                    frame.variables[index] = assigned
                } else {
                    frame.variables.append(assigned)
                }
            }
        }
        guard nextStateID == nil, let frame = frames[event.frame], let parentID = frame.parent else { return }
        frames.update(parentID) { parent in
            switch parent.activity {
            case .parallel(var branches):
                parent.activity = .deciding
                branches.outputs[frame.index] = exited.output
                branches.remaining -= 1
                branches.lastEventID = event.id
                parent.activity = .parallel(branches)
            case .map(var iterations):
                parent.activity = .deciding
                iterations.outputs[frame.index] = exited.output
                iterations.lastEventID = event.id
                parent.activity = .map(iterations)
            case .deciding, .waiting, .task, .retrying: break
            }
        }
        if let parent = frames[parentID], case .parallel = parent.activity { frames.remove(event.frame) }
    }

    private func scheduleRetry(_ retrier: Int, _ deadline: Int64, _ event: Event) throws(FoldError) {
        let retriers = frames[event.frame].flatMap { machine.states[$0.stateID].processing?.retriers } ?? []
        guard retriers.indices.contains(retrier) else { throw failure(event, "the state has no retrier \(retrier)") }
        removeDescendants(of: event.frame)
        if !interrupted.isEmpty { interrupted = [] }
        frames.update(event.frame) { frame in
            while frame.retriesByRetrier.count <= retrier { frame.retriesByRetrier.append(0) }
            frame.retriesByRetrier[retrier] += 1
            frame.activity = .retrying(deadline: deadline)
        }
        timers.insert(deadline: deadline, frame: event.frame)
    }

    // MARK: - Tasks

    /// Epoch milliseconds. A path may bring any number of seconds; AWS takes up to 99,999,999. Source: surface § 3.
    static func deadline(_ seconds: Int64, after time: Int64) -> Int64 {
        time + min(max(seconds, 0), 99_999_999) * 1_000
    }

    private func schedule(_ scheduled: TaskScheduled, _ event: Event) {
        let timeoutDeadline = scheduled.timeoutSeconds.map { Self.deadline($0, after: event.timestamp) }
        let heartbeatDeadline = scheduled.heartbeatSeconds.map { Self.deadline($0, after: event.timestamp) }
        var stateID = 0
        frames.update(event.frame) { frame in
            stateID = frame.stateID
            frame.activity = .task(
                RunningTask(
                    taskID: scheduled.taskID, resource: scheduled.resource, flavor: scheduled.flavor, isStarted: false,
                    isSubmitted: false, taskToken: scheduled.taskToken, scheduledAt: event.timestamp,
                    timeoutDeadline: timeoutDeadline, heartbeatSeconds: scheduled.heartbeatSeconds,
                    heartbeatDeadline: heartbeatDeadline))
        }
        if let timeoutDeadline { timers.insert(deadline: timeoutDeadline, frame: event.frame) }
        if let heartbeatDeadline { timers.insert(deadline: heartbeatDeadline, frame: event.frame) }
        if invocations.isEmpty { invocations = Array(repeating: 0, count: machine.states.count) }
        invocations[stateID] += 1
    }

    /// A worker of an activity has its whole heartbeat's time from when it has the task.
    private func startTask(_ event: Event) {
        var deadline: Int64?
        updateTask(event.frame) { task in
            task.isStarted = true
            guard task.flavor == .activity, let seconds = task.heartbeatSeconds else { return }
            deadline = Self.deadline(seconds, after: event.timestamp)
            task.heartbeatDeadline = deadline
        }
        if let deadline { timers.insert(deadline: deadline, frame: event.frame) }
    }

    private func updateTask(_ frameID: FrameID, _ change: (inout RunningTask) -> Void) {
        frames.update(frameID) { frame in
            guard case .task(var task) = frame.activity else { return }
            change(&task)
            frame.activity = .task(task)
        }
    }

    // MARK: - Parallel and Map

    private func startBranches(_ event: Event) {
        guard let parent = frames[event.frame], case .parallel(let state) = machine.states[parent.stateID].kind else {
            return
        }
        let count = state.branches.count
        frames.update(event.frame) {
            $0.activity = .parallel(
                RunningBranches(outputs: Array(repeating: nil, count: count), remaining: count, lastEventID: event.id))
        }
        for (index, start) in state.branches.enumerated() {
            appendFrame(parent: event.frame, index: index, stateID: start, input: parent.input, lastEventID: event.id)
        }
    }

    /// More items than any payload holds.
    private static let mapItemsMax = 1 << 26

    private func startMap(_ length: Int, _ items: Payload?, _ event: Event) throws(FoldError) {
        guard (0...Self.mapItemsMax).contains(length) else { throw failure(event, "a Map state of \(length) items") }
        hasAllMapItems = false
        frames.update(event.frame) {
            $0.activity = .map(
                RunningIterations(
                    outputs: Array(repeating: nil, count: length), remaining: length, nextIndex: 0,
                    lastEventID: event.id, items: items))
        }
    }

    private func startIteration(_ index: Int, _ parentID: FrameID, _ event: Event) {
        guard let parent = frames[parentID], case .map(let state) = machine.states[parent.stateID].kind else { return }
        appendFrame(
            parent: parentID, index: index, stateID: state.processorStartAt, input: parent.input, lastEventID: event.id)
        frames.update(parentID) { frame in
            guard case .map(var iterations) = frame.activity else { return }
            frame.activity = .deciding
            iterations.nextIndex = index + 1
            frame.activity = .map(iterations)
        }
    }

    private func endIteration(_ event: Event) {
        guard let child = frames[event.frame], let parentID = child.parent else { return }
        frames.remove(event.frame)
        frames.update(parentID) { parent in
            guard case .map(var iterations) = parent.activity else { return }
            parent.activity = .deciding
            iterations.remaining -= 1
            iterations.lastEventID = iterations.remaining == 0 ? event.id : event.previousEventID
            parent.activity = .map(iterations)
        }
    }

    private func appendFrame(parent: FrameID, index: Int, stateID: StateID, input: Payload, lastEventID: Int64) {
        frames.append(
            Frame(
                id: nextFrameID, parent: parent, index: index, stateID: stateID, input: input, lastEventID: lastEventID)
        )
        nextFrameID += 1
    }

    private func removeDescendants(of frameID: FrameID) {
        mapItems[frameID] = nil
        for id in descendants(of: frameID) {
            mapItems[id] = nil
            frames.remove(id)
        }
    }

    /// Live frames below `ancestor`, in the order in which they came about.
    func descendants(of ancestor: FrameID) -> [FrameID] {
        var found: [FrameID] = []
        // ORDER: only asked for membership; the order is that of the live frames.
        var known: Set<FrameID> = [ancestor]
        for frame in frames.live {
            guard let parent = frame.parent, known.contains(parent) else { continue }
            known.insert(frame.id)
            found.append(frame.id)
        }
        return found
    }
}

/// An event that can't follow the state it is folded into.
public struct FoldError: Error, Sendable, Equatable, CustomStringConvertible {
    public var executionArn: String
    public var sequence: Int64
    public var message: String

    public var description: String { "\(executionArn), event with sequence \(sequence): \(message)" }
}
