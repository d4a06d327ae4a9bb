public import StatesLanguage

extension ExecutionCheckpoint {
    /// - Parameters:
    ///   - texts: what many executions have in common is kept once there.
    ///   - machine: the machine behind a definition's hash, or nil when there is none.
    /// - Returns: the execution; nil when `machine` did not know its definition, whose hash comes in its place.
    /// - Throws: `CodecError` for damaged bytes or a form of a newer release, or what `machine` throws.
    public static func decode(
        _ bytes: [UInt8], executionArn: String, sharing texts: inout SharedTexts,
        machine: (_ hash: String) throws -> StateMachine?
    ) throws -> (execution: Execution?, definitionHash: String) {
        var reader = CheckpointReader(bytes)
        let written = try reader.byte()
        guard written == form else {
            throw CodecError(
                message: "the checkpoint of \(executionArn) has form \(written); this release reads forms up to "
                    + "\(form), a newer one may have written it")
        }
        let start = try readStart(&reader, executionArn, &texts)
        guard let machine = try machine(start.definitionHash) else { return (nil, start.definitionHash) }
        let execution = Execution(start: start, machine: machine)
        try read(&reader, into: execution)
        return (execution, start.definitionHash)
    }

    private static func readStart(
        _ reader: inout CheckpointReader, _ arn: String, _ texts: inout SharedTexts
    ) throws(CodecError) -> StartExecution {
        let hash = texts.shared(try reader.text())
        let name = try reader.text()
        return StartExecution(
            executionArn: arn, name: name, stateMachineArn: texts.shared(try reader.text()),
            stateMachineVersionArn: try reader.optionalText().map { texts.shared($0) },
            stateMachineAliasArn: try reader.optionalText().map { texts.shared($0) },
            roleArn: texts.shared(try reader.text()), definitionHash: hash, input: try reader.payload().text,
            traceHeader: try reader.optionalText(), testCase: try reader.optionalText())
    }

    private static func read(_ reader: inout CheckpointReader, into execution: Execution) throws(CodecError) {
        let status = try reader.text()
        guard let known = Execution.Status(rawValue: status) else { throw reader.damaged("a status \"\(status)\"") }
        execution.status = known
        execution.startedAt = try reader.integer()
        execution.stoppedAt = try reader.optionalInteger()
        execution.output = try reader.optionalPayload()
        execution.error = try reader.optionalText()
        execution.cause = try reader.optionalText()
        execution.sequence = try reader.integer()
        execution.lastEventID = try reader.integer()
        execution.hasYielded = try reader.flag()
        execution.redriveCount = try reader.integer()
        execution.redrivenAt = try reader.optionalInteger()
        execution.nextFrameID = try reader.index()
        execution.deadline = try reader.optionalInteger()
        execution.invocations = try invocations(&reader, execution.machine)
        execution.redriveTokens = try reader.array { reader throws(CodecError) in
            RedriveToken(text: try reader.text(), redrivenAt: try reader.integer())
        }
        let machine = execution.machine
        for frame in try reader.array({ reader throws(CodecError) in try reader.frame(machine) }) {
            execution.frames.append(frame)
            if case .map = frame.activity { execution.hasAllMapItems = false }
        }
        execution.interrupted = try reader.array { reader throws(CodecError) in try reader.frame(machine) }
        let timers = try reader.array { reader throws(CodecError) in (try reader.integer(), try reader.integer()) }
        for (deadline, frame) in timers {
            execution.timers.insert(deadline: deadline, frame: frame < 0 ? nil : Int(frame))
        }
        guard reader.isAtEnd else { throw reader.damaged("more follows than belongs to it") }
    }

    private static func invocations(
        _ reader: inout CheckpointReader, _ machine: StateMachine
    ) throws(CodecError) -> [Int] {
        let count = try reader.index()
        guard count > 0 else { return [] }
        guard count == machine.states.count else {
            throw reader.damaged("it counts \(count) states, and the definition has \(machine.states.count)")
        }
        var invocations = Array(repeating: 0, count: count)
        let pairs = try reader.array { reader throws(CodecError) in (try reader.index(), try reader.index()) }
        for (index, value) in pairs {
            guard invocations.indices.contains(index) else { throw reader.damaged("there is no state \(index)") }
            invocations[index] = value
        }
        return invocations
    }
}

extension CheckpointReader {
    fileprivate mutating func frame(_ machine: StateMachine) throws(CodecError) -> Frame {
        let id = try index()
        let parent = try integer()
        let index = try index()
        let name = try text()
        guard let stateID = machine.stateID(named: name) else {
            throw damaged("the definition has no state \"\(name)\"")
        }
        let hasEntered = try flag()
        var frame = Frame(
            id: id, parent: parent < 0 ? nil : Int(parent), index: index, stateID: stateID, input: try payload(),
            lastEventID: 0)
        frame.hasEntered = hasEntered
        frame.enteredEventID = try integer()
        frame.enteredPreviousEventID = try integer()
        frame.enteredAt = try integer()
        frame.lastEventID = try integer()
        frame.variables = try array { reader throws(CodecError) in
            AssignedVariable(name: try reader.text(), value: try reader.payload())
        }
        frame.retriesByRetrier = try array { reader throws(CodecError) in try reader.integer() }
        frame.activity = try activity()
        return frame
    }

    private mutating func activity() throws(CodecError) -> Frame.Activity {
        switch try byte() {
        case 0: return .deciding
        case 1: return .waiting(deadline: try integer())
        case 2: return .task(try task())
        case 3: return .retrying(deadline: try integer())
        case 4:
            return .parallel(
                RunningBranches(
                    outputs: try array { reader throws(CodecError) in try reader.optionalPayload() },
                    remaining: try index(), lastEventID: try integer()))
        case 5:
            return .map(
                RunningIterations(
                    outputs: try array { reader throws(CodecError) in try reader.optionalPayload() },
                    remaining: try index(), nextIndex: try index(), lastEventID: try integer(),
                    items: try optionalPayload()))
        case let other: throw damaged("an activity of kind \(other)")
        }
    }

    private mutating func task() throws(CodecError) -> RunningTask {
        let (taskID, resource) = (try text(), try text())
        let flavor: TaskFlavor
        switch try byte() {
        case 0: flavor = .lambdaFunction
        case 1: flavor = .activity
        case 2: flavor = .service(type: try text(), resource: try text())
        case let other: throw damaged("a task of kind \(other)")
        }
        return RunningTask(
            taskID: taskID, resource: resource, flavor: flavor, isStarted: try flag(), isSubmitted: try flag(),
            taskToken: try optionalText(), scheduledAt: try integer(), timeoutDeadline: try optionalInteger(),
            heartbeatSeconds: try optionalInteger(), heartbeatDeadline: try optionalInteger())
    }
}
