extension Execution {
    /// The whole folded state as text, one line a frame: equal for two executions that would decide alike. For tests and for comparing
    /// a replay with what was there before. What is derived (a Map's evaluated items, superseded timers) is not in it.
    public var dump: String {
        var lines = [
            "\(status.rawValue) started \(startedAt) stopped \(Self.text(stoppedAt)) deadline \(Self.text(deadline))",
            "sequence \(sequence) id \(lastEventID) yielded \(hasYielded) nextFrame \(nextFrameID) next \(Self.text(nextDeadline))",
            "output \(output?.text ?? "-") error \(error ?? "-") cause \(cause ?? "-") invocations \(invocations)",
        ]
        for frame in frames.live { lines.append(frame.dump) }
        for frame in interrupted { lines.append("interrupted " + frame.dump) }
        if redriveCount > 0 {
            let tokens = redriveTokens.map { "\($0.text)@\($0.redrivenAt)" }.joined(separator: ",")
            lines.append("redriven \(redriveCount) at \(Self.text(redrivenAt)) tokens [\(tokens)]")
        }
        return lines.joined(separator: "\n")
    }

    fileprivate static func text(_ number: Int64?) -> String { number.map { String($0) } ?? "-" }
}

extension Frame {
    fileprivate var dump: String {
        let place =
            "frame \(id) of \(parent.map { String($0) } ?? "-") index \(index) state \(stateID) entered \(hasEntered) at \(enteredAt)"
        let events =
            "event \(enteredEventID) after \(enteredPreviousEventID) last \(lastEventID) retries \(retriesByRetrier)"
        let assigned = variables.map { "\($0.name)=\($0.value.text)" }.joined(separator: ",")
        return "\(place) \(events) variables [\(assigned)] input \(input.text) \(activity.dump)"
    }
}

extension Frame.Activity {
    fileprivate var dump: String {
        switch self {
        case .deciding: return "deciding"
        case .waiting(let deadline): return "waiting \(deadline)"
        case .retrying(let deadline): return "retrying \(deadline)"
        case .task(let task):
            let marks = "started \(task.isStarted) submitted \(task.isSubmitted) scheduled \(task.scheduledAt)"
            let deadlines =
                "timeout \(Execution.text(task.timeoutDeadline)) heartbeat \(Execution.text(task.heartbeatDeadline))"
            return
                "task \(task.taskID) \(task.resource) \(marks) \(deadlines) every \(Execution.text(task.heartbeatSeconds)) "
                + "token \(task.taskToken ?? "-")"
        case .parallel(let branches):
            let outputs = branches.outputs.map { $0?.text ?? "-" }
            return "parallel \(outputs) remaining \(branches.remaining) last \(branches.lastEventID)"
        case .map(let iterations):
            let outputs = iterations.outputs.map { $0?.text ?? "-" }
            return
                "map \(outputs) remaining \(iterations.remaining) next \(iterations.nextIndex) last \(iterations.lastEventID) "
                + "items \(iterations.items?.text ?? "-")"
        }
    }
}
