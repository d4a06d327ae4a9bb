import Synchronization

/// The standard retry mode of AWS's SDKs: three attempts, exponential waits with jitter up to 20 s, and a bucket of tokens that
/// keeps a service in trouble from being asked again by everybody. Source: AWS SDKs and Tools Reference Guide, retry behavior.
struct RetryTokens: Sendable {
    private var left = 500
    private static let capacity = 500
    private static let cost = 5

    /// Takes what a repetition costs. - Returns: the amount; nil when the bucket is too empty.
    mutating func take() -> Int? {
        guard left >= Self.cost else { return nil }
        left -= Self.cost
        return Self.cost
    }

    /// Gives back after a success: what the repetition took, or one for a first attempt.
    mutating func give(_ amount: Int?) { left = min(Self.capacity, left + (amount ?? 1)) }
}

/// When a request is sent again.
enum Retry {
    static let attemptsDefault = 3
    private static let secondsMax = 20.0

    private static let throttling: Set<String> = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
        "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
        "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "RequestThrottled", "SlowDown",
        "PriorRequestNotComplete", "EC2ThrottledException",
    ]
    private static let transient: Set<String> = [
        "RequestTimeout", "RequestTimeoutException", "InternalError", "IDPCommunicationError",
    ]

    static func isThrottling(_ code: String) -> Bool { throttling.contains(code) }

    static func isRetryable(code: String, status: Int) -> Bool {
        throttling.contains(code) || transient.contains(code) || [500, 502, 503, 504, 429].contains(status)
    }

    /// The wait before the next attempt.
    /// - Parameters: attempt: from 1. share: random, 0 to 1.
    static func delayMilliseconds(attempt: Int, share: Double) -> Int {
        var bound = 1.0
        for _ in 1..<max(1, min(attempt, 10)) { bound *= 2 }
        return Int(min(bound, secondsMax) * share * 1000)
    }
}
