extension Execution {
    /// Lets go of what can be had again from what is kept: parsed payloads. For one that waits for long.
    public func dropDerived() {
        for frame in frames.live where !frame.input.isUnparsed {
            frames.update(frame.id) { $0.input = $0.input.unparsed }
        }
    }
}

extension Execution {
    /// Whether nothing can happen to it before `time` but a command: all that it does is wait in Wait states.
    /// - Parameter time: epoch milliseconds.
    public func waits(until time: Int64) -> Bool {
        frames.live.allSatisfy { frame in
            switch frame.activity {
            case .waiting(let deadline): deadline >= time
            case .deciding, .task, .retrying, .parallel, .map: false
            }
        }
    }
}

extension Payload {
    /// The same text without its value.
    var unparsed: Payload { isUnparsed ? self : Payload(text: text) }
}
