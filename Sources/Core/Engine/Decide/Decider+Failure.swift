import JSON
import StatesLanguage

extension Decider {
    /// An expression of the frame's state has no value.
    ///
    /// JSONPath states end the execution (`States.Runtime`, which nothing catches); JSONata states get an EvaluationFailed event and
    /// may be retried or caught where their type allows.
    mutating func evaluationFailed(_ frameID: FrameID, _ error: EvaluationError) {
        guard let frame = execution.frames[frameID] else { return }
        let state = execution.machine.states[frame.stateID]
        let cause = cause(of: error, state, frame)
        var failure = Failure(name: error.name, cause: cause)
        if error.name == ErrorName.dataLimitExceeded { failure.cause = error.cause }
        if error.name == ErrorName.queryEvaluationError {
            // AWS links the event past the state's Entered, but for Wait (recorded-facts 9).
            let isFirst = frame.lastEventID == frame.enteredEventID
            let previous = isFirst && state.type != .wait ? frame.enteredPreviousEventID : frame.lastEventID
            emit(
                .evaluationFailed(state: state.name, error: error.name, cause: cause, location: error.location),
                frame: frameID,
                previous: previous)
        }
        // What the state has begun already has no result any more: its frames go with the failure.
        for descendant in execution.descendants(of: frameID) { cancelTask(of: descendant) }
        handleFailure(of: frameID, failure)
    }

    /// TestState gives the bare cause (recorded).
    private func cause(of error: EvaluationError, _ state: State, _ frame: Frame) -> String {
        if inspection != nil { return error.cause }
        return
            "An error occurred while executing the state '\(state.name)' (entered at the event id #\(frame.enteredEventID)). \(error.cause)"
    }

    /// Lets the state's retriers and catchers have the failure; else it goes outwards.
    mutating func handleFailure(of frameID: FrameID, _ failure: Failure) {
        guard let frame = execution.frames[frameID] else { return }
        let state = execution.machine.states[frame.stateID]
        guard let processing = state.processing else { return propagate(failure, from: frameID) }
        inspection?.failure = failure
        if retry(frameID, frame, processing, failure) { return }
        for (index, catcher) in processing.catchers.enumerated() where failure.matches(catcher.errorEquals) {
            inspection?.catchIndex = index
            return catchFailure(frameID, state, catcher, failure)
        }
        propagate(failure, from: frameID)
    }

    /// - Returns: true when a retrier took the failure.
    private mutating func retry(
        _ frameID: FrameID, _ frame: Frame, _ processing: WorkProcessing, _ failure: Failure
    ) -> Bool {
        for (index, retrier) in processing.retriers.enumerated() where failure.matches(retrier.errorEquals) {
            let attempts = index < frame.retriesByRetrier.count ? frame.retriesByRetrier[index] : 0
            inspection?.retryIndex = index
            guard attempts < retrier.maxAttempts else { return false }
            let configured = retrier.delayMilliseconds(attempt: attempts, bits: bits.next())
            inspection?.retryDelaySeconds = configured / 1_000
            let delay = settings.skipsWaits ? 0 : configured
            emit(
                .retryScheduled(retrier: index, deadline: moment.time + delay), frame: frameID,
                previous: failure.innerEventID ?? frame.lastEventID)
            return true
        }
        return false
    }

    private mutating func catchFailure(_ frameID: FrameID, _ state: State, _ catcher: Catcher, _ failure: Failure) {
        emitStateFailed(frameID, state, failure)
        do {
            let (output, assigned) = try caughtOutput(frameID, state, catcher, failure)
            exit(frameID, state, output, assigned, .next(catcher.next))
        } catch {
            guard let frame = execution.frames[frameID] else { return }
            let cause = cause(of: error, state, frame)
            if error.name == ErrorName.queryEvaluationError {
                emit(
                    .evaluationFailed(state: state.name, error: error.name, cause: cause, location: error.location),
                    frame: frameID)
            }
            propagate(Failure(name: error.name, cause: cause), from: frameID)
        }
    }

    private mutating func caughtOutput(
        _ frameID: FrameID, _ state: State, _ catcher: Catcher, _ failure: Failure
    ) throws(EvaluationError) -> (Payload, [AssignedVariable]) {
        guard let frame = execution.frames[frameID] else { throw EvaluationError(cause: "The state has ended.") }
        // AWS gives a timeout, whose event has no cause, an empty one here.
        let errorOutput = JSONValue.object([
            "Error": failure.name.map { JSONValue.string($0) } ?? .null,
            "Cause": failure.cause.map { JSONValue.string($0) } ?? (failure.name == ErrorName.timeout ? "" : .null),
        ])
        var input = EvaluationInput(errorOutput)
        if state.queryLanguage == .jsonata {
            input = EvaluationInput(try frame.input.value(), errorOutput: errorOutput)
        }
        let assigned = try assign(catcher.assign, on: input, frameID)
        if state.queryLanguage == .jsonata {
            guard let template = catcher.output else { return (Payload(errorOutput), assigned) }
            return (Payload(try evaluate(template, on: input, frameID)), assigned)
        }
        switch catcher.resultPath {
        case .whole: return (Payload(errorOutput), assigned)
        case .discard: return (frame.input, assigned)
        case .path: return (Payload(try catcher.resultPath.place(errorOutput, into: try frame.input.value())), assigned)
        }
    }

    /// Takes a failure out of the frame: to the state around it, or to the execution's end.
    mutating func propagate(_ failure: Failure, from frameID: FrameID) {
        guard let frame = execution.frames[frameID] else { return }
        let state = execution.machine.states[frame.stateID]
        emitStateFailed(frameID, state, failure)
        guard let parentID = frame.parent, let parent = execution.frames[parentID] else {
            cancelAllTasks()
            emit(.executionFailed(error: failure.name, cause: failure.cause), frame: frameID)
            return
        }
        let failingEventID = execution.frames[frameID]?.lastEventID ?? frame.lastEventID
        abortChildren(of: parentID, failing: frameID, failingEventID: failingEventID)
        var outer = failure
        outer.innerEventID = failingEventID
        if case .parallel = execution.machine.states[parent.stateID].kind {
            outer.aliases.append(ErrorName.branchFailed)
        }
        handleFailure(of: parentID, outer)
    }

    /// ParallelStateFailed or MapStateFailed; a state that failed by a bad path of its own (`States.Runtime`) has neither.
    private mutating func emitStateFailed(_ frameID: FrameID, _ state: State, _ failure: Failure) {
        guard failure.innerEventID != nil || failure.name != ErrorName.runtime else { return }
        let previous = failure.innerEventID ?? execution.frames[frameID]?.lastEventID ?? 0
        switch state.kind {
        case .parallel: emit(.parallelStateFailed, frame: frameID, previous: previous)
        case .map: emit(.mapStateFailed, frame: frameID, previous: previous)
        case .pass, .task, .choice, .wait, .succeed, .fail: break
        }
    }

    /// Ends what still runs in a Map or Parallel state after one of its children failed.
    private mutating func abortChildren(of parentID: FrameID, failing: FrameID, failingEventID: Int64) {
        guard let parent = execution.frames[parentID] else { return }
        let mapName = execution.machine.states[parent.stateID].name
        guard case .map = execution.machine.states[parent.stateID].kind else {
            abortState(of: failing, previous: failingEventID)
            for child in children(of: parentID) where child != failing { abort(child, previous: failingEventID) }
            return
        }
        let index = execution.frames[failing]?.index ?? 0
        emit(.mapIterationFailed(name: mapName, index: index), frame: failing, previous: failingEventID)
        abortState(of: failing, previous: failingEventID)
        for child in children(of: parentID) where child != failing {
            let childIndex = execution.frames[child]?.index ?? 0
            emit(.mapIterationAborted(name: mapName, index: childIndex), frame: child, previous: failingEventID)
            abort(child, previous: failingEventID)
        }
    }

    /// Aborts a frame and all below it, innermost first.
    private mutating func abort(_ frameID: FrameID, previous: Int64) {
        for child in children(of: frameID) { abort(child, previous: previous) }
        cancelTask(of: frameID)
        abortState(of: frameID, previous: previous)
    }

    private mutating func abortState(of frameID: FrameID, previous: Int64) {
        guard let frame = execution.frames[frameID], frame.enteredEventID != 0 else { return }
        let type = execution.machine.states[frame.stateID].type
        switch type {
        case .task, .wait, .parallel, .map: emit(.stateAborted(type), frame: frameID, previous: previous)
        case .pass, .choice, .succeed, .fail: break
        }
    }

    private func children(of parentID: FrameID) -> [FrameID] {
        execution.frames.live.filter { $0.parent == parentID }.map(\.id)
    }

    mutating func cancelAllTasks() {
        for frame in execution.liveFrames { cancelTask(of: frame.id) }
    }

    private mutating func cancelTask(of frameID: FrameID) {
        guard let frame = execution.frames[frameID], case .task(let task) = frame.activity else { return }
        let effect = Effect.cancelTask(taskID: task.taskID, resource: task.resource)
        // A frame that a failure has passed by may be met again at the execution's end.
        if !effects.contains(effect) { effects.append(effect) }
    }
}

extension Retrier {
    /// The wait before the next attempt: interval × rate^attempt, capped, and drawn from 0 to that with full jitter.
    /// - Parameters: attempt: retries so far, from 0. bits: 64 random ones.
    /// Source: States Language § Retry.
    func delayMilliseconds(attempt: Int64, bits: UInt64) -> Int64 {
        var seconds = Double(intervalSeconds)
        let ceiling = maxDelaySeconds.map(Double.init) ?? Self.delaySecondsMax
        var remaining = attempt
        while remaining > 0, seconds < ceiling {
            seconds *= backoffRate
            remaining -= 1
            if backoffRate == 1 { break }
        }
        seconds = min(seconds, ceiling)
        if hasFullJitter { seconds *= Double(bits >> 11) / Double(1 << 53) }
        return Int64(seconds * 1_000)
    }

    /// No delay is longer than MaxDelaySeconds may be (a year and a day). Source: surface § 3.
    private static let delaySecondsMax: Double = 31_622_400
}

extension State {
    /// What Task, Parallel and Map have in common; nil for the other types.
    var processing: WorkProcessing? {
        switch kind {
        case .task(let state): state.processing
        case .parallel(let state): state.processing
        case .map(let state): state.processing
        case .pass, .choice, .wait, .succeed, .fail: nil
        }
    }
}
