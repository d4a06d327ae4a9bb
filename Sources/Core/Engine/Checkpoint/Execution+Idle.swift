extension Execution {
    /// Lets go of what can be had again from what is kept: parsed payloads. For one that waits for long.
    public func dropDerived() {
        for frame in frames.live where !frame.input.isUnparsed {
            frames.update(frame.id) { $0.input = $0.input.unparsed }
        }
    }
}

extension Payload {
    /// The same text without its value.
    var unparsed: Payload { isUnparsed ? self : Payload(text: text) }
}
