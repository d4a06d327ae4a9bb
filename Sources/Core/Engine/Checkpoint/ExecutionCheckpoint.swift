import StatesLanguage

/// The folded state of an execution as bytes, so that it need not be folded from its first event again.
///
/// The first byte is the form. What is derived (a Map's evaluated items, superseded timers, dead frames) is left out; the ARN is
/// the record's key. A form is never changed: what needs other fields gets the next number, and this one stays readable.
public enum ExecutionCheckpoint {
    /// The newest form, and the one that is written.
    static let form: UInt8 = 1

    /// - Returns: the same bytes for every state that decides alike.
    public static func encode(_ execution: Execution) -> [UInt8] {
        var writer = CheckpointWriter()
        writer.byte(form)
        write(execution.start, to: &writer)
        writer.text(execution.status.rawValue)
        writer.integer(execution.startedAt)
        writer.optional(execution.stoppedAt)
        writer.optional(execution.output)
        writer.optional(execution.error)
        writer.optional(execution.cause)
        writer.integer(execution.sequence)
        writer.integer(execution.lastEventID)
        writer.flag(execution.hasYielded)
        writer.integer(execution.redriveCount)
        writer.optional(execution.redrivenAt)
        writer.integer(execution.nextFrameID)
        writer.optional(execution.deadline)
        writeInvocations(execution.invocations, to: &writer)
        writer.array(execution.redriveTokens) { writer, token in
            writer.text(token.text)
            writer.integer(token.redrivenAt)
        }
        writer.array(execution.liveFrames) { $0.frame($1, execution.machine) }
        writer.array(execution.interrupted) { $0.frame($1, execution.machine) }
        writer.array(dueTimers(of: execution)) { writer, timer in
            writer.integer(timer.deadline)
            writer.integer(timer.frame ?? -1)
        }
        return writer.bytes
    }

    /// Of entries for the same frame and deadline the last one counts: an earlier one was superseded in between.
    private static func dueTimers(of execution: Execution) -> [Timer] {
        var timers: [Timer] = []
        // ORDER: only asked whether a frame was there, never gone through.
        var framesOfDeadline: Set<FrameID?> = []
        for timer in execution.timers.inOrder.reversed() where execution.isDue(timer) {
            if timers.last?.deadline != timer.deadline { framesOfDeadline.removeAll(keepingCapacity: true) }
            if framesOfDeadline.insert(timer.frame).inserted { timers.append(timer) }
        }
        return timers.reversed()
    }

    private static func write(_ start: StartExecution, to writer: inout CheckpointWriter) {
        writer.text(start.definitionHash)
        writer.text(start.name)
        writer.text(start.stateMachineArn)
        writer.optional(start.stateMachineVersionArn)
        writer.optional(start.stateMachineAliasArn)
        writer.text(start.roleArn)
        writer.payload(Payload(text: start.input))
        writer.optional(start.traceHeader)
        writer.optional(start.testCase)
    }

    /// The number of states, then place and count of those that have had a task; just 0 before the first task.
    private static func writeInvocations(_ invocations: [Int], to writer: inout CheckpointWriter) {
        writer.integer(invocations.count)
        guard !invocations.isEmpty else { return }
        writer.array(invocations.indices.filter { invocations[$0] != 0 }) { writer, index in
            writer.integer(index)
            writer.integer(invocations[index])
        }
    }
}

extension CheckpointWriter {
    /// A state is written by name, as events name it.
    fileprivate mutating func frame(_ frame: Frame, _ machine: StateMachine) {
        integer(frame.id)
        integer(frame.parent ?? -1)
        integer(frame.index)
        text(machine.states[frame.stateID].name)
        flag(frame.hasEntered)
        payload(frame.input)
        integer(frame.enteredEventID)
        integer(frame.enteredPreviousEventID)
        integer(frame.enteredAt)
        integer(frame.lastEventID)
        array(frame.variables) { writer, variable in
            writer.text(variable.name)
            writer.payload(variable.value)
        }
        array(frame.retriesByRetrier) { $0.integer($1) }
        activity(frame.activity)
    }

    private mutating func activity(_ activity: Frame.Activity) {
        switch activity {
        case .deciding: byte(0)
        case .waiting(let deadline):
            byte(1)
            integer(deadline)
        case .task(let running):
            byte(2)
            task(running)
        case .retrying(let deadline):
            byte(3)
            integer(deadline)
        case .parallel(let branches):
            byte(4)
            array(branches.outputs) { $0.optional($1) }
            integer(branches.remaining)
            integer(branches.lastEventID)
        case .map(let iterations):
            byte(5)
            array(iterations.outputs) { $0.optional($1) }
            integer(iterations.remaining)
            integer(iterations.nextIndex)
            integer(iterations.lastEventID)
            optional(iterations.items)
        }
    }

    private mutating func task(_ running: RunningTask) {
        text(running.taskID)
        text(running.resource)
        switch running.flavor {
        case .lambdaFunction: byte(0)
        case .activity: byte(1)
        case .service(let type, let resource):
            byte(2)
            text(type)
            text(resource)
        }
        flag(running.isStarted)
        flag(running.isSubmitted)
        optional(running.taskToken)
        integer(running.scheduledAt)
        optional(running.timeoutDeadline)
        optional(running.heartbeatSeconds)
        optional(running.heartbeatDeadline)
    }
}
