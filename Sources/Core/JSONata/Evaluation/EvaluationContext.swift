import JSON

/// What one evaluation spends and was handed: limits, the moment, the random source.
final class EvaluationContext {
    let environment: JSONataEnvironment
    let depthMax: Int
    let memoryBytesMax: Int
    var depth = 0
    var stepsLeft: Int
    var regexStepsLeft: Int
    private var textBytesLeft: Int
    private var heldTextBytesLeft: Int
    var random: SeededRandom
    /// The call that a function's body ended in; the function's caller makes it, so that it costs no depth.
    private var tailCall: TailCall?
    private(set) var hasTailCall = false
    /// For each field that is read: where it was found the last time.
    var hints: [Int]
    /// Values that have been put into others.
    private(set) var nestedCount = 0

    /// Scopes with functions in them, which may be in a ring of references: see `end`.
    private var framesWithFunctions: [Frame] = []

    struct TailCall {
        enum Target {
            /// A function of the expression, with its parameters bound.
            case lambda(Lambda, Frame)
            case other(Value, [Value])
        }

        var target: Target
        var node: CallNode
    }

    func keep(_ frame: Frame) {
        if framesWithFunctions.last !== frame { framesWithFunctions.append(frame) }
    }

    /// The evaluation is over and its functions are of no use any more: breaks the rings of scopes and functions.
    func end() {
        for frame in framesWithFunctions { frame.clear() }
        framesWithFunctions = []
    }

    func leave(_ call: TailCall) {
        tailCall = call
        hasTailCall = true
    }

    /// The call that was left, which is then no longer.
    func takeTailCall() -> TailCall? {
        let call = tailCall
        tailCall = nil
        hasTailCall = false
        return call
    }

    init(_ environment: JSONataEnvironment, hintCount: Int) {
        self.environment = environment
        depthMax = environment.limits.depth
        memoryBytesMax = environment.limits.memoryBytes
        stepsLeft = environment.limits.steps
        regexStepsLeft = environment.limits.regexSteps
        textBytesLeft = environment.limits.textBytesTotal
        heldTextBytesLeft = environment.limits.heldTextBytes
        random = environment.random
        hints = Array(repeating: 0, count: hintCount)
    }

    static let tooDeep = JSONataError(
        "U1001",
        [
            (
                "message",
                "Stack overflow error: Check for non-terminating recursive function.  Consider rewriting as tail-recursive."
            )
        ])
    static let tooLong = JSONataError("U1001", [("message", "Expression evaluation timeout: Check for infinite loop")])
    static let tooMuch = JSONataError(
        "U1001", [("message", "Expression evaluation memory limit exceeded: Check for excessive memory usage")])

    /// Whether one more value may be put into another without its depth being kept: some, so that what a plain object can
    /// come to is bounded.
    @inline(__always)
    func mayNest() -> Bool {
        nestedCount += 1
        return nestedCount <= Self.nestedFreely
    }

    private static let nestedFreely = 1000

    /// One level deeper; each call is paired with `leave`, unless it throws.
    @inline(__always)
    func enter() throws(JSONataError) {
        depth += 1
        stepsLeft -= 1
        if depth > depthMax { throw Self.tooDeep }
        if stepsLeft < 0 { throw Self.tooLong }
    }

    @inline(__always)
    func leave() { depth -= 1 }

    /// Pays for work that is in proportion to `count`.
    @inline(__always)
    func spend(_ count: Int) throws(JSONataError) {
        stepsLeft -= count
        if stepsLeft < 0 { throw Self.tooLong }
    }

    /// Pays for an array of `count` elements. Source: measured on AWS, 8 bytes an element.
    @inline(__always)
    func charge(elements count: Int) throws(JSONataError) {
        if count > memoryBytesMax / 8 { throw Self.tooMuch }
    }

    /// Pays for a text of `bytes`, before it is made.
    func charge(text bytes: Int) throws(JSONataError) {
        if bytes > memoryBytesMax { throw Self.tooMuch }
        textBytesLeft -= bytes
        if textBytesLeft < 0 { throw Self.tooMuch }
        try read(text: bytes)
    }

    /// Pays for walking through a text of `bytes`.
    @inline(__always)
    func read(text bytes: Int) throws(JSONataError) {
        if bytes >= Self.bytesInStep { try spend(bytes / Self.bytesInStep) }
    }

    /// Pays for the texts that a function of the language is given.
    @inline(__always)
    func read(_ arguments: [Value]) throws(JSONataError) {
        for index in arguments.indices {
            if case .string(let text) = arguments[index] { try read(text: text.utf8Count) }
        }
    }

    private static let bytesInStep = 128

    /// Pays for keeping `value` in an array or object, where it is a large text.
    @inline(__always)
    func hold(_ value: Value) throws(JSONataError) {
        if case .string(let text) = value, text.utf8Count > 1024 { try hold(bytes: text.utf8Count) }
    }

    private func hold(bytes: Int) throws(JSONataError) {
        heldTextBytesLeft -= bytes
        if heldTextBytesLeft < 0 { throw Self.tooMuch }
    }
}
