/// Bounds on what one execution may do. Named, configurable; `standard` is above AWS's, `aws` is AWS's (surface § 4).
public struct Limits: Sendable, Equatable {
    /// UTF-8 bytes of an input, output, task result or state's data; beyond it `States.DataLimitExceeded`.
    public var payloadBytesMax: Int
    /// Events in one history; nil: no limit.
    public var historyEventsMax: Int64?
    /// Iterations of one inline Map that run at a time, whatever its MaxConcurrency.
    public var inlineMapConcurrencyMax: Int
    /// Events that one decision may emit before it yields; a machine that spins without waiting goes on in the next decision.
    public var eventsPerDecisionMax: Int
    /// How long after its end an execution may be redriven, in milliseconds; nil: as long as the log has it.
    public var redriveMillisecondsMax: Int64?
    /// How old an execution that is redriven may be, in milliseconds; nil: any age.
    public var redrivenAgeMillisecondsMax: Int64?

    public init(
        payloadBytesMax: Int, historyEventsMax: Int64?, inlineMapConcurrencyMax: Int, eventsPerDecisionMax: Int,
        redriveMillisecondsMax: Int64? = nil, redrivenAgeMillisecondsMax: Int64? = nil
    ) {
        self.redriveMillisecondsMax = redriveMillisecondsMax
        self.redrivenAgeMillisecondsMax = redrivenAgeMillisecondsMax
        self.payloadBytesMax = payloadBytesMax
        self.historyEventsMax = historyEventsMax
        self.inlineMapConcurrencyMax = inlineMapConcurrencyMax
        self.eventsPerDecisionMax = eventsPerDecisionMax
    }

    public static let standard = Limits(
        payloadBytesMax: 8 << 20, historyEventsMax: nil, inlineMapConcurrencyMax: 10_000, eventsPerDecisionMax: 10_000)
    public static let aws = Limits(
        payloadBytesMax: 262_144, historyEventsMax: 25_000, inlineMapConcurrencyMax: 40, eventsPerDecisionMax: 10_000,
        redriveMillisecondsMax: 14 * dayMilliseconds, redrivenAgeMillisecondsMax: 365 * dayMilliseconds)

    private static let dayMilliseconds: Int64 = 86_400_000
}
