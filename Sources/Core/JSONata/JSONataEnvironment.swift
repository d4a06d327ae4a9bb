/// What an evaluation takes from outside. The same environment gives the same result.
public struct JSONataEnvironment: Sendable {
    /// What `$now` and `$millis` tell: milliseconds since 1970-01-01T00:00:00Z.
    public var nowMilliseconds: Int64
    /// What `$random`, `$uuid` and `$shuffle` draw from; every evaluation begins at the same place.
    public var random: SeededRandom
    public var limits: JSONataLimits

    public init(nowMilliseconds: Int64, random: SeededRandom, limits: JSONataLimits = .aws) {
        self.nowMilliseconds = nowMilliseconds
        self.random = random
        self.limits = limits
    }
}
