import Digests

/// How a client can prove who it is. Source: the names that IANA keeps.
enum SaslMechanism: String, CaseIterable, Sendable {
    case plain = "PLAIN"
    case scramSHA256 = "SCRAM-SHA-256"
    case scramSHA512 = "SCRAM-SHA-512"
    case oauthBearer = "OAUTHBEARER"

    /// Nil for those without SCRAM.
    var scramDigest: Digest.Algorithm? {
        switch self {
        case .scramSHA256: .sha256
        case .scramSHA512: .sha512
        case .plain, .oauthBearer: nil
        }
    }
}
