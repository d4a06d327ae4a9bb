import JSON
import StatesLanguage

extension Decider {
    mutating func beginWait(
        _ frameID: FrameID, _ state: State, _ wait: WaitState, _ input: Payload
    ) throws(EvaluationError) {
        let effective = try effectiveInput(wait.inputPath, input, frameID)
        inspection?.note(.afterInputPath, effective)
        evaluatedFrame = frameID
        let deadline = try wait.duration.deadline(
            enteredAtMilliseconds: moment.time, on: EvaluationInput(try effective.value()), in: &self)
        guard deadline > moment.time, !settings.skipsWaits else { return endWait(frameID, state, wait) }
        emit(.timerStarted(deadline: deadline), frame: frameID)
    }

    mutating func endWait(_ frameID: FrameID, _ state: State, _ wait: WaitState) {
        guard let frame = execution.frames[frameID] else { return }
        do {
            var output = try effectiveInput(wait.inputPath, frame.input, frameID)
            var assigned: [AssignedVariable] = []
            if wait.assign != nil || wait.output != nil {
                let evaluationInput = EvaluationInput(try output.value())
                assigned = try assign(wait.assign, on: evaluationInput, frameID)
                if let template = wait.output { output = Payload(try evaluate(template, on: evaluationInput, frameID)) }
            }
            if state.queryLanguage == .jsonPath { output = try effectiveInput(wait.outputPath, output, frameID) }
            exit(frameID, state, output, assigned, wait.transition)
        } catch {
            evaluationFailed(frameID, error)
        }
    }

    /// Goes on with a frame whose Wait or retry delay is over; any other frame is left alone.
    mutating func resumeAfterTimer(_ frameID: FrameID) {
        guard let frame = execution.frames[frameID] else { return }
        let state = execution.machine.states[frame.stateID]
        switch frame.activity {
        case .waiting(let deadline) where deadline <= moment.time:
            guard case .wait(let wait) = state.kind else { return }
            endWait(frameID, state, wait)
        case .retrying(let deadline) where deadline <= moment.time:
            enqueue(.work(frameID))
        case .deciding, .waiting, .task, .retrying, .parallel, .map: break
        }
    }
}
