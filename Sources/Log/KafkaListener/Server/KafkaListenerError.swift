/// Why the listener does not listen.
public struct KafkaListenerError: Error, Sendable, CustomStringConvertible {
    /// One sentence: what, where, and what can be done.
    public var description: String
}
