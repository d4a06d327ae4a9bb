import JSON
import StatesLanguage

extension Decider {
    /// Schedules one attempt of a Task state.
    mutating func scheduleTask(_ frameID: FrameID, _ state: State, _ task: TaskState) throws(EvaluationError) {
        guard let frame = execution.frames[frameID] else { return }
        let sequence = execution.sequence + 1
        let taskID = TaskIdentity.taskID(prefix: execution.taskIDPrefix, sequence: sequence)
        var token: String?
        if task.target.showsToken {
            evaluatedTaskToken = TaskToken.make(
                executionArn: execution.arn, sequence: sequence, bits: (bits.next(), bits.next()),
                key: settings.tokenKey)
            if task.target.needsToken { token = evaluatedTaskToken }
        }
        defer { evaluatedTaskToken = nil }

        var input = try effectiveInput(task.processing.inputPath, frame.input, frameID)
        inspection?.note(.afterInputPath, input)
        if let parameters = task.processing.parameters {
            input = Payload(try evaluate(parameters, on: EvaluationInput(try input.value()), frameID))
        }
        inspection?.note(state.queryLanguage == .jsonPath ? .afterParameters : .afterArguments, input)
        if case .service(_, _, .sync) = task.target { input = try withStartedBy(input, task.target) }
        let evaluationInput = EvaluationInput(
            try effectiveInput(task.processing.inputPath, frame.input, frameID).value())
        evaluatedFrame = frameID
        let timeout = try task.timeoutSeconds.map { field throws(EvaluationError) in
            try field.wholeNumber(on: evaluationInput, in: &self)
        }
        let heartbeat = try task.heartbeatSeconds.map { field throws(EvaluationError) in
            try field.wholeNumber(on: evaluationInput, in: &self)
        }
        let role = try task.credentialsRoleArn?.text(on: evaluationInput, in: &self)

        let scheduled = TaskScheduled(
            flavor: task.target.flavor, resource: task.resource, region: settings.region, input: input.text,
            timeoutSeconds: timeout,
            heartbeatSeconds: heartbeat, credentialsRoleArn: role, taskID: taskID, taskToken: token)
        let invocation = execution.invocations.isEmpty ? 0 : execution.invocations[frame.stateID]
        emit(.taskScheduled(scheduled), frame: frameID)
        guard !execution.isClosed else { return }
        effects.append(
            .scheduleTask(
                TaskRequest(
                    taskID: taskID, executionArn: execution.arn, stateMachineArn: execution.start.stateMachineArn,
                    roleArn: execution.start.roleArn, credentialsRoleArn: role, stateName: state.name,
                    resource: task.resource,
                    input: input.text, taskToken: token, timeoutSeconds: timeout, heartbeatSeconds: heartbeat,
                    invocation: invocation, testCase: execution.start.testCase)))
    }

    /// AWS adds `StartedBy` to `ecs:runTask.sync`, last, when the author did not set it.
    private func withStartedBy(_ input: Payload, _ target: TaskResource) throws(EvaluationError) -> Payload {
        guard case .service("ecs", "runTask", .sync) = target, case .object(var parameters) = try input.value(),
            parameters["StartedBy"] == nil
        else { return input }
        parameters["StartedBy"] = "AWS Step Functions"
        return Payload(.object(parameters))
    }

    // MARK: - Reports

    /// Takes in what a worker, or somebody with the task's token, tells about a task.
    /// - Throws: `taskClosed` or `taskDoesNotExist` when no such task is waited for; `invalidPayload` for an output that is no JSON.
    public mutating func reportTask(_ taskID: String, _ report: TaskReport) throws(Rejection) {
        guard let frame = execution.frame(ofTask: taskID), case .task(let task) = frame.activity else {
            throw taskID.hasPrefix(execution.taskIDPrefix + "-")
                ? .taskClosed(taskID: taskID) : .taskDoesNotExist(taskID: taskID)
        }
        let state = execution.machine.states[frame.stateID]
        guard case .task(let definition) = state.kind else { return }
        restoreMapItems()
        switch report {
        case .started: startTask(frame.id, task)
        case .claimed(let workerName, let deadline):
            // One holder: whoever comes second, or asks no more, does not get it.
            guard !task.isStarted, deadline.map({ moment.time <= $0 }) ?? true else {
                throw .taskClosed(taskID: taskID)
            }
            startTask(frame.id, task, workerName: workerName)
        case .submitted(let output):
            startTask(frame.id, task)
            if !task.isSubmitted { emit(.taskSubmitted(task.flavor, output: output), frame: frame.id) }
        case .heartbeat:
            guard let seconds = task.heartbeatSeconds else { return }
            emit(.heartbeatRecorded(deadline: Execution.deadline(seconds, after: moment.time)), frame: frame.id)
        case .succeeded(let output):
            let result = try checkedPayload(output)
            startTask(frame.id, task)
            succeedTask(frame.id, state, definition, task, result)
        case .failed(let error, let cause):
            startTask(frame.id, task)
            emit(.taskFailed(task.flavor, error: error, cause: cause), frame: frame.id)
            releaseTask(task)
            handleFailure(of: frame.id, Failure(name: error, cause: cause))
        }
        run()
    }

    private mutating func startTask(_ frameID: FrameID, _ task: RunningTask, workerName: String? = nil) {
        if !task.isStarted { emit(.taskStarted(task.flavor, workerName: workerName), frame: frameID) }
    }

    private func checkedPayload(_ text: String) throws(Rejection) -> Payload {
        do {
            return Payload(text: text, value: try JSONParser.parse(text))
        } catch {
            throw .invalidPayload(message: error.description)
        }
    }

    private mutating func succeedTask(
        _ frameID: FrameID, _ state: State, _ definition: TaskState, _ task: RunningTask, _ result: Payload
    ) {
        guard result.byteCount <= settings.limits.payloadBytesMax else {
            let cause =
                "The state/task '\(task.nameInLimitErrors)' returned a result with a size exceeding the maximum number of bytes service limit."
            emit(.taskFailed(task.flavor, error: ErrorName.dataLimitExceeded, cause: cause), frame: frameID)
            releaseTask(task)
            return handleFailure(of: frameID, Failure(name: ErrorName.dataLimitExceeded, cause: cause))
        }
        emit(.taskSucceeded(task.flavor, output: result.text), frame: frameID)
        releaseTask(task)
        finishWork(frameID, state, definition.processing, definition.transition, result)
    }

    /// A task that its token has ended is still the worker's, who has not been told.
    private mutating func releaseTask(_ task: RunningTask) {
        guard task.taskToken != nil else { return }
        effects.append(.releaseTask(taskID: task.taskID, resource: task.resource))
    }

    /// Ends the task of a frame whose timeout or heartbeat has passed.
    /// - Returns: nil when the frame has no such task.
    mutating func timeOutTask(_ frameID: FrameID) -> (frame: FrameID, failure: Failure)? {
        guard let frame = execution.frames[frameID], case .task(let task) = frame.activity else { return nil }
        let isTimeout = task.timeoutDeadline.map { $0 <= moment.time } ?? false
        let isHeartbeat = task.heartbeatDeadline.map { $0 <= moment.time } ?? false
        guard isTimeout || isHeartbeat else { return nil }
        effects.append(.cancelTask(taskID: task.taskID, resource: task.resource))
        emit(.taskTimedOut(task.flavor, error: ErrorName.timeout, cause: nil), frame: frameID)
        let aliases = isTimeout ? [] : [ErrorName.heartbeatTimeout]
        return (frameID, Failure(name: ErrorName.timeout, cause: nil, aliases: aliases))
    }
}

extension TaskResource {
    var flavor: TaskFlavor {
        switch self {
        case .lambdaFunction: .lambdaFunction
        case .activity: .activity
        case .service(let type, let action, let pattern): .service(type: type, resource: action + pattern.rawValue)
        }
    }

    /// True where `$$.Task.Token` has a value. Source: recorded, `.sync` has one too.
    fileprivate var showsToken: Bool {
        switch self {
        case .lambdaFunction: false
        case .activity: true
        case .service(_, _, let pattern): pattern != .requestResponse
        }
    }

    /// True where somebody else than the worker may end the task.
    var needsToken: Bool {
        switch self {
        case .lambdaFunction: false
        case .activity: true
        case .service(_, _, let pattern): pattern == .waitForTaskToken
        }
    }
}

extension RunningTask {
    /// How AWS's DataLimitExceeded names the task: `lambda` for lambda:invoke, the ARN for a function of its own.
    fileprivate var nameInLimitErrors: String {
        switch flavor {
        case .lambdaFunction, .activity: resource
        case .service(let type, _): type
        }
    }
}
