import JSON
import JSONPath
import StatesLanguage

extension Decider {
    /// Enters the state under test and leaves it, or gives it up, by what its mock says.
    /// - Returns: the request of a task that has no mock.
    mutating func test(_ test: StateTest, _ start: StartExecution) throws(StateTestRefusal) -> TaskRequest? {
        emit(.executionStarted(ExecutionStarted(start: start, deadline: nil)), frame: 0, previous: 0)
        execution.frames.update(0) { $0.variables = test.variables }
        let state = test.state
        guard let processing = state.processing else {
            enter(0, state, test.input)
            return nil
        }
        let input = (try? test.input.resolved()) ?? test.input
        emit(.stateEntered(state.type, name: state.name, input: input), frame: 0)
        let retries = test.configuration.retrierRetryCount ?? 0
        execution.frames.update(0) { frame in
            frame.retriesByRetrier = Array(repeating: retries, count: processing.retriers.count)
        }
        switch state.kind {
        case .task: return testTask(state, test)
        case .parallel(let parallel): testParallel(state, parallel, test)
        case .map(let map): try testMap(state, map, test)
        case .pass, .choice, .wait, .succeed, .fail: break
        }
        return nil
    }

    private mutating func testTask(_ state: State, _ test: StateTest) -> TaskRequest? {
        beginWork(0, state)
        guard case .scheduleTask(let request)? = effects.first else { return nil }
        let report: TaskReport
        switch test.mock {
        case nil: return request
        case .result(let result)?:
            inspection?.note(.result, result)
            report = .succeeded(output: result.text)
        case .failure(let error, let cause)?: report = .failed(error: error, cause: cause)
        }
        do {
            try reportTask(request.taskID, report)
        } catch {
            // A worker's output that is no JSON; the mock of a request has been parsed.
            evaluationFailed(0, EvaluationError(cause: "The task's result is not valid JSON."))
        }
        return nil
    }

    /// AWS shows neither the branches' input nor the raw result of a Parallel state.
    private mutating func testParallel(_ state: State, _ parallel: ParallelState, _ test: StateTest) {
        do {
            _ = try branchInput(0, parallel)
        } catch {
            return evaluationFailed(0, error)
        }
        switch test.mock {
        case nil: break
        case .result(let result)?: finishWork(0, state, parallel.processing, parallel.transition, result)
        case .failure(let error, let cause)?:
            handleFailure(of: 0, Failure(name: error, cause: cause, aliases: [ErrorName.branchFailed]))
        }
    }

    // MARK: - Map

    private mutating func testMap(_ state: State, _ map: MapState, _ test: StateTest) throws(StateTestRefusal) {
        let failed = test.configuration.mapIterationFailureCount ?? 0
        let iterations: Int?
        let isExceeded: Bool
        do {
            let length = try testItems(state, map, test)
            iterations = test.mock?.iterationCount ?? length
            isExceeded = try exceedsTolerance(failed, of: iterations, map)
        } catch {
            return evaluationFailed(0, error)
        }
        if let iterations, failed > iterations {
            throw .validation("Map iteration failure count must be less than or equal to the number of Map iterations")
        }
        switch test.mock {
        case nil: break
        case .failure(let error, let cause)?: handleFailure(of: 0, Failure(name: error, cause: cause))
        case .result where isExceeded:
            handleFailure(
                of: 0,
                Failure(
                    name: ErrorName.exceedToleratedFailureThreshold,
                    cause: "The specified tolerated failure threshold was exceeded"))
        case .result(let result)?: finishWork(0, state, map.processing, map.transition, result)
        }
    }

    /// Evaluates what the state goes through, as far as the request says what an ItemReader read.
    /// - Returns: the number of iterations; nil when it can't be told.
    private mutating func testItems(
        _ state: State, _ map: MapState, _ test: StateTest
    ) throws(EvaluationError) -> Int? {
        let effective = try effectiveInput(map.processing.inputPath, test.input, 0)
        inspection?.note(.afterInputPath, effective)
        let input = try effective.value()
        var items: MapItems?
        if let reader = map.distributed["ItemReader"]?.object {
            if let data = test.configuration.mapItemReaderData {
                items = MapItems(try readItems(data, reader), input: input)
            }
        } else {
            evaluatedFrame = 0
            let selected = try map.selectItems(on: EvaluationInput(input), language: state.queryLanguage, in: &self)
            inspection?.note(.afterItemsPath, selectedText(selected, by: map.itemsPath, test, effective))
            items = MapItems(selected, input: input)
        }
        evaluatedFrame = 0
        inspection?.maxConcurrency = try map.concurrency(on: EvaluationInput(input), in: &self)
        guard let items else { return nil }
        return try testIterations(map, items, input)
    }

    /// An `ItemsPath` shows what it finds as the text that it is found in writes it, white space included (recorded).
    private func selectedText(
        _ selected: JSONValue, by path: PathField, _ test: StateTest, _ effective: Payload
    ) -> Payload {
        switch path {
        case .whole: return effective
        case .discard: return Payload(selected)
        case .path(let path):
            let source: Payload?
            switch path.root {
            case .input: source = effective
            case .context: source = test.context
            case .variable: source = nil
            }
            guard let source, let names = path.memberNames,
                let text = JSONTextSlice.text(ofMember: names, in: source.text)
            else { return Payload(selected) }
            return Payload(text: text, value: selected)
        }
    }

    /// What `ItemReader` makes of the data: the value that `ItemsPointer` leads to, cut at `MaxItems`.
    private mutating func readItems(_ data: String, _ reader: JSONObject) throws(EvaluationError) -> JSONValue {
        let configuration = reader["ReaderConfig"]?.object ?? JSONObject()
        let read = try ItemReaderData(configuration).items(in: data)
        if read.isPointed { inspection?.note(.afterItemsPointer, Payload(read.items)) }
        guard case .array(let elements) = read.items, let most = configuration["MaxItems"]?.number?.int64, most > 0,
            elements.count > most
        else { return read.items }
        return .array(Array(elements.prefix(Int(most))))
    }

    /// Applies ItemSelector and ItemBatcher. - Returns: the number of iterations.
    private mutating func testIterations(
        _ map: MapState, _ items: MapItems, _ input: JSONValue
    ) throws(EvaluationError) -> Int {
        var inputs = items.items
        if let selector = map.itemSelector {
            defer { evaluatedMapItem = nil }
            for index in inputs.indices {
                evaluatedMapItem = ContextObject.item(items, index)
                inputs[index] = try evaluate(selector, on: EvaluationInput(input), 0)
            }
            inspection?.note(.afterItemSelector, Payload(.array(inputs)))
        }
        guard let batcher = map.distributed["ItemBatcher"]?.object else { return inputs.count }
        let language = execution.machine.states[execution.machine.startAt].queryLanguage
        let batches = try ItemBatches(batcher, language, on: EvaluationInput(input), in: &self).batches(of: inputs)
        inspection?.note(.afterItemBatcher, Payload(.array(batches)))
        return batches.count
    }

    /// Whether more iterations failed than the state puts up with.
    private mutating func exceedsTolerance(
        _ failed: Int64, of iterations: Int?, _ map: MapState
    ) throws(EvaluationError) -> Bool {
        let frameInput = try execution.frames[0]?.input.value() ?? .null
        evaluatedFrame = 0
        let input = EvaluationInput(try map.processing.inputPath.select(from: frameInput, in: &self))
        let count = try map.toleratedFailures(on: input, in: &self)
        let percentage = try map.toleratedFailurePercent(on: input, in: &self)
        inspection?.toleratedFailureCount = count
        inspection?.toleratedFailurePercentage = percentage
        if let count, failed > count { return true }
        guard let percentage, let iterations, iterations > 0 else { return false }
        return Double(failed) * 100 / Double(iterations) > percentage
    }
}

extension StateMock {
    /// Of a Map state's mocked result; nil where the results were written elsewhere.
    fileprivate var iterationCount: Int? {
        guard case .result(let payload) = self, let elements = try? payload.value().array else { return nil }
        return elements.count
    }
}

extension RootedPath {
    /// The names of the members on the way from the root; nil where the path is not made of names alone.
    fileprivate var memberNames: [String]? { (try? ReferencePath(expression.text))?.memberNames }
}
