import Signatures

/// Credentials and how long they hold.
struct TemporaryCredentials: Sendable, Equatable {
    var credentials: Credentials
    /// Epoch milliseconds; nil: for good.
    var expiration: Int64?

    init(_ credentials: Credentials, expiration: Int64? = nil) {
        self.credentials = credentials
        self.expiration = expiration
    }

    /// Whether they hold for some time yet.
    func holds(forMilliseconds milliseconds: Int64, now: Int64) -> Bool {
        expiration.map { $0 - now > milliseconds } ?? true
    }
}
