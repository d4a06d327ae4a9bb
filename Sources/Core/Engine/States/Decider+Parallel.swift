import JSON
import StatesLanguage

extension Decider {
    mutating func startBranches(_ frameID: FrameID, _ parallel: ParallelState) throws(EvaluationError) {
        let input = try branchInput(frameID, parallel)
        emit(.parallelStateStarted, frame: frameID)
        for child in execution.frames.live where child.parent == frameID {
            enqueue(.enter(child.id, child.stateID, input))
        }
    }

    /// What each branch gets: the effective input, `Parameters` or `Arguments` applied.
    mutating func branchInput(_ frameID: FrameID, _ parallel: ParallelState) throws(EvaluationError) -> Payload {
        guard let frame = execution.frames[frameID] else { throw EvaluationError(cause: "The state has ended.") }
        let effective = try effectiveInput(parallel.processing.inputPath, frame.input, frameID)
        guard let parameters = parallel.processing.parameters else { return effective }
        return Payload(try evaluate(parameters, on: EvaluationInput(try effective.value()), frameID))
    }

    /// Enters the first state of a branch or iteration that was created before the decision yielded.
    mutating func beginChild(_ childID: FrameID) {
        guard let child = execution.frames[childID], let parentID = child.parent,
            let parent = execution.frames[parentID]
        else { return }
        do {
            switch execution.machine.states[parent.stateID].kind {
            case .parallel(let parallel): enqueue(.enter(childID, child.stateID, try branchInput(parentID, parallel)))
            case .map(let map):
                enqueue(.enter(childID, child.stateID, try iterationInput(parentID, childID, child.index, map)))
            case .pass, .task, .choice, .wait, .succeed, .fail: break
            }
        } catch {
            evaluationFailed(parentID, error)
        }
    }

    mutating func endBranch(_ parentID: FrameID, _ state: State, _ branches: RunningBranches) {
        guard branches.remaining == 0, case .parallel(let parallel) = state.kind else { return }
        emit(.parallelStateSucceeded, frame: parentID, previous: branches.lastEventID)
        finishWork(parentID, state, parallel.processing, parallel.transition, Payload.array(of: branches.outputs))
    }
}

extension Payload {
    /// The array of these payloads; their texts stand in it as they are.
    static func array(of payloads: [Payload?]) -> Payload {
        var text = "["
        var isFirst = true
        for payload in payloads {
            if !isFirst { text += "," }
            isFirst = false
            text += payload?.text ?? "null"
        }
        return Payload(text: text + "]")
    }
}
