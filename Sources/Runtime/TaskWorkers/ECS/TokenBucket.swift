/// Calls that a service lets through: `burst` at once, and `perSecond` more each second. A value; the clock is an argument.
struct TokenBucket: Sendable, Equatable {
    private let rate: ECSConfiguration.Rate
    private var tokens: Double
    private var updatedAt: Int64?

    var perSecond: Double { rate.perSecond }

    /// Whether the next call had to wait when one was last made.
    var isEmpty: Bool { tokens < 1 }

    init(_ rate: ECSConfiguration.Rate) {
        self.rate = rate
        tokens = rate.burst
    }

    /// Takes a call's token, or says how many milliseconds to wait for one.
    /// - Parameter now: milliseconds of a clock that does not run back.
    /// - Returns: 0 when it was taken.
    mutating func take(now: Int64) -> Int64 {
        let elapsed = max(0, now - (updatedAt ?? now))
        tokens = min(rate.burst, tokens + Double(elapsed) * rate.perSecond / 1000)
        updatedAt = max(now, updatedAt ?? now)
        guard tokens >= 1 else { return max(1, Int64(((1 - tokens) * 1000 / rate.perSecond).rounded(.up))) }
        tokens -= 1
        return 0
    }
}
