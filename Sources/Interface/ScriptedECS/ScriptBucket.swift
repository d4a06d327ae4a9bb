/// Calls that AWS lets through: so many at once, and so many more each second.
struct ScriptBucket: Sendable, Equatable {
    /// nil: as many as come.
    var limit: ECSScript.Rate?
    private var tokens: Double
    private var updatedAt: Int64 = 0

    init(_ limit: ECSScript.Rate?) {
        self.limit = limit
        tokens = limit?.burst ?? 0
    }

    /// Whether a call at `now` (milliseconds of the script) is let through.
    mutating func takes(now: Int64) -> Bool {
        guard let limit else { return true }
        tokens = min(limit.burst, tokens + Double(max(0, now - updatedAt)) * limit.perSecond / 1000)
        updatedAt = max(now, updatedAt)
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}
