public import JSON

/// What an expression may read beside its input. The engine, TestState and `steplog eval` each have one.
public protocol EvaluationEnvironment {
    /// The context object: `$$` in JSONPath, `$states.context` in JSONata.
    func contextObject() -> JSONValue
    /// The workflow variable `name`, seen from the state that is evaluated; nil when none is assigned.
    func variable(_ name: String) -> JSONValue?
    /// Epoch milliseconds of the decision.
    var nowMilliseconds: Int64 { get }
    /// The next 64 random bits; the same ones on replay.
    mutating func nextRandomBits() -> UInt64
}
