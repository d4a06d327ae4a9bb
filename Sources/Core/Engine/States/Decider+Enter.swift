import JSON
import StatesLanguage

extension Decider {
    /// Enters a state and takes it as far as it goes without waiting.
    mutating func enter(_ frameID: FrameID, _ state: State, _ input: Payload) {
        // Parsed once here, its value goes on with the text from state to state.
        let input = state.readsInput ? (try? input.resolved()) ?? input : input
        emit(.stateEntered(state.type, name: state.name, input: input), frame: frameID)
        do {
            switch state.kind {
            case .pass(let pass): try runPass(frameID, state, pass, input)
            case .choice(let choice): try runChoice(frameID, state, choice, input)
            case .wait(let wait): try beginWait(frameID, state, wait, input)
            case .succeed(let succeed): try runSucceed(frameID, state, succeed, input)
            case .fail(let fail): try runFail(frameID, state, fail, input)
            case .task, .parallel, .map: beginWork(frameID, state)
            }
        } catch {
            evaluationFailed(frameID, error)
        }
    }

    /// Begins, or begins again, the work of a Task, Parallel or Map state.
    mutating func beginWork(_ frameID: FrameID, _ state: State) {
        do {
            switch state.kind {
            case .task(let task): try scheduleTask(frameID, state, task)
            case .parallel(let parallel): try startBranches(frameID, parallel)
            case .map(let map): try startMap(frameID, state, map)
            case .pass, .choice, .wait, .succeed, .fail: break
            }
        } catch {
            evaluationFailed(frameID, error)
        }
    }

    /// Leaves a state: its event, then the next state or the frame's end.
    mutating func exit(
        _ frameID: FrameID, _ state: State, _ output: Payload, _ assigned: [AssignedVariable], _ transition: Transition
    ) {
        inspection?.isClosed = true
        guard output.byteCount <= settings.limits.payloadBytesMax else {
            return failExecution(
                from: frameID, error: ErrorName.dataLimitExceeded,
                cause:
                    "The state/task '\(state.name)' returned a result with a size exceeding the maximum number of bytes service limit."
            )
        }
        switch transition {
        case .next(let next):
            let name = execution.machine.states[next].name
            emit(
                .stateExited(
                    state.type, StateExited(name: state.name, output: output, assignedVariables: assigned, next: name)),
                frame: frameID)
            enqueue(.enter(frameID, next, output))
        case .end:
            let parent = execution.frames[frameID]?.parent
            emit(
                .stateExited(
                    state.type, StateExited(name: state.name, output: output, assignedVariables: assigned, next: nil)),
                frame: frameID)
            endFrame(frameID, parent: parent, output)
        }
    }

    private mutating func endFrame(_ frameID: FrameID, parent parentID: FrameID?, _ output: Payload) {
        guard let parentID, let parent = execution.frames[parentID] else {
            emit(.executionSucceeded(output: output), frame: frameID)
            return
        }
        let state = execution.machine.states[parent.stateID]
        switch parent.activity {
        case .parallel(let branches): endBranch(parentID, state, branches)
        case .map: endIteration(frameID, parentID, state)
        case .deciding, .waiting, .task, .retrying: break
        }
    }

    /// Ends the whole execution by a failure that nothing catches.
    mutating func failExecution(from frameID: FrameID, error: String, cause: String) {
        cancelAllTasks()
        emit(.executionFailed(error: error, cause: cause), frame: frameID)
    }

    /// The result of a Task, Parallel or Map state on its way to the output.
    mutating func finishWork(
        _ frameID: FrameID, _ state: State, _ processing: WorkProcessing, _ transition: Transition, _ result: Payload
    ) {
        guard let frame = execution.frames[frameID] else { return }
        do {
            if state.queryLanguage == .jsonata {
                let input = EvaluationInput(try frame.input.value(), result: try result.value())
                let assigned = try assign(processing.assign, on: input, frameID)
                let output = try processing.output.map { template throws(EvaluationError) in
                    Payload(try evaluate(template, on: input, frameID))
                }
                return exit(frameID, state, output ?? result, assigned, transition)
            }
            var selected = result
            if let selector = processing.resultSelector {
                selected = Payload(try evaluate(selector, on: EvaluationInput(try result.value()), frameID))
            }
            inspection?.note(.afterResultSelector, selected)
            var assigned: [AssignedVariable] = []
            if let template = processing.assign {
                assigned = try assign(template, on: EvaluationInput(try selected.value()), frameID)
            }
            let output = try processedOutput(
                result: selected, rawInput: frame.input, resultPath: processing.resultPath,
                outputPath: processing.outputPath, frameID)
            exit(frameID, state, output, assigned, transition)
        } catch {
            evaluationFailed(frameID, error)
        }
    }
}
