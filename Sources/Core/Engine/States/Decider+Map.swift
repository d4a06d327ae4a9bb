import JSON
import StatesLanguage

extension Decider {
    mutating func startMap(_ frameID: FrameID, _ state: State, _ map: MapState) throws(EvaluationError) {
        guard map.mode == .inline else {
            throw EvaluationError(
                cause:
                    "A Map state in DISTRIBUTED mode can't be started by this release of Steplog; use Mode INLINE in its ProcessorConfig."
            )
        }
        _ = try concurrency(frameID, map)
        let (selected, items) = try evaluateItems(frameID, map)
        let recorded = map.items == nil ? nil : Payload(selected)
        emit(.mapStateStarted(length: items.items.count, items: recorded), frame: frameID)
        execution.mapItems[frameID] = items
        execution.hasAllMapItems = true
        evaluatedFrame = frameID
        _ = try map.toleratedFailures(on: EvaluationInput(items.input), in: &self)
        _ = try map.toleratedFailurePercent(on: EvaluationInput(items.input), in: &self)
        if items.items.isEmpty { return finishMap(frameID, state, map) }
        fillIterations(frameID)
    }

    /// How many iterations may run at a time.
    private mutating func concurrency(_ frameID: FrameID, _ map: MapState) throws(EvaluationError) -> Int {
        let most = settings.limits.inlineMapConcurrencyMax
        guard map.maxConcurrency != nil, let frame = execution.frames[frameID] else { return most }
        let effective = try effectiveInput(map.processing.inputPath, frame.input, frameID)
        evaluatedFrame = frameID
        let wanted = try map.concurrency(on: EvaluationInput(try effective.value()), in: &self)
        return wanted <= 0 ? most : Int(min(wanted, Int64(most)))
    }

    private mutating func evaluateItems(
        _ frameID: FrameID, _ map: MapState
    ) throws(EvaluationError) -> (selected: JSONValue, items: MapItems) {
        guard let frame = execution.frames[frameID] else { throw EvaluationError(cause: "The state has ended.") }
        let input = try effectiveInput(map.processing.inputPath, frame.input, frameID).value()
        evaluatedFrame = frameID
        let selected = try map.selectItems(
            on: EvaluationInput(input), language: execution.machine.states[frame.stateID].queryLanguage, in: &self)
        return (selected, MapItems(selected, input: input))
    }

    /// The items of a running Map frame, evaluated again where a replay has left them out.
    private mutating func items(of frameID: FrameID, _ map: MapState) throws(EvaluationError) -> MapItems {
        if let items = execution.mapItems[frameID] { return items }
        let items: MapItems
        if let frame = execution.frames[frameID], case .map(let running) = frame.activity, let recorded = running.items
        {
            items = MapItems(try recorded.value(), input: try frame.input.value())
        } else {
            items = try evaluateItems(frameID, map).items
        }
        execution.mapItems[frameID] = items
        return items
    }

    /// After a replay, which evaluates nothing: the items of all running Map states, for `$$.Map.Item`.
    mutating func restoreMapItems() {
        guard !execution.hasAllMapItems else { return }
        execution.hasAllMapItems = true
        for frame in execution.liveFrames {
            guard case .map = frame.activity, case .map(let map) = execution.machine.states[frame.stateID].kind else {
                continue
            }
            do {
                _ = try items(of: frame.id, map)
            } catch {
                return evaluationFailed(frame.id, error)
            }
        }
    }

    /// Starts iterations while there are items and free slots.
    mutating func fillIterations(_ frameID: FrameID) {
        guard let frame = execution.frames[frameID], case .map(let map) = execution.machine.states[frame.stateID].kind
        else { return }
        do {
            let limit = try concurrency(frameID, map)
            let name = execution.machine.states[frame.stateID].name
            while let current = execution.frames[frameID], case .map(let running) = current.activity,
                running.nextIndex < running.outputs.count,
                running.nextIndex - (running.outputs.count - running.remaining) < limit
            {
                let index = running.nextIndex
                let childID = execution.nextFrameID
                emit(
                    .mapIterationStarted(name: name, index: index, map: frameID), frame: childID,
                    previous: running.lastEventID)
                enqueue(.enter(childID, map.processorStartAt, try iterationInput(frameID, childID, index, map)))
            }
        } catch {
            evaluationFailed(frameID, error)
        }
    }

    /// What an iteration gets: its item, or what ItemSelector makes of it.
    mutating func iterationInput(
        _ mapFrame: FrameID, _ childID: FrameID, _ index: Int, _ map: MapState
    ) throws(EvaluationError) -> Payload {
        let items = try items(of: mapFrame, map)
        guard items.items.indices.contains(index) else {
            throw EvaluationError(cause: "The items of the Map state have become fewer: there is no item \(index).")
        }
        guard let selector = map.itemSelector else { return Payload(items.items[index]) }
        evaluatedMapItem = ContextObject.item(items, index)
        defer { evaluatedMapItem = nil }
        return Payload(try evaluate(selector, on: EvaluationInput(items.input), mapFrame))
    }

    mutating func endIteration(_ frameID: FrameID, _ parentID: FrameID, _ state: State) {
        guard let frame = execution.frames[frameID], case .map(let map) = state.kind else { return }
        emit(.mapIterationSucceeded(name: state.name, index: frame.index), frame: frameID)
        guard let parent = execution.frames[parentID], case .map(let running) = parent.activity else { return }
        if running.remaining == 0 { finishMap(parentID, state, map) } else { fillIterations(parentID) }
    }

    private mutating func finishMap(_ frameID: FrameID, _ state: State, _ map: MapState) {
        guard let frame = execution.frames[frameID], case .map(let running) = frame.activity else { return }
        emit(.mapStateSucceeded, frame: frameID, previous: running.lastEventID)
        finishWork(frameID, state, map.processing, map.transition, Payload.array(of: running.outputs))
    }
}
