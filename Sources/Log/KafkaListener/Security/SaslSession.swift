/// One connection's authentication as the broker sees it: the mechanism is agreed on, then messages go to and fro.
struct SaslSession {
    enum Step: Sendable, Equatable {
        /// The client has something more to say.
        case challenged([UInt8])
        case authenticated(user: String, [UInt8])
        /// In words for the client.
        case refused(String)
    }

    private enum State {
        case begun
        case scram(ScramExchange)
        /// The client has been told that its token is no good, and has a word to say before it is refused.
        case tokenRefused
        case authenticated
        case ended
    }

    private let mechanism: SaslMechanism
    private var state = State.begun

    init(_ mechanism: SaslMechanism) { self.mechanism = mechanism }

    var isAuthenticated: Bool {
        if case .authenticated = state { return true }
        return false
    }

    /// Takes the client's next message.
    /// - Parameters:
    ///   - nonce: printable and never given twice.
    ///   - now: milliseconds since 1970.
    mutating func take(_ message: [UInt8], users: inout SaslUsers, nonce: String, now: Int64) -> Step {
        let step = next(message, &users, nonce, now)
        switch step {
        case .challenged: break
        case .authenticated: state = .authenticated
        case .refused: state = .ended
        }
        return step
    }

    private mutating func next(_ message: [UInt8], _ users: inout SaslUsers, _ nonce: String, _ now: Int64) -> Step {
        switch state {
        case .authenticated, .ended: return .refused("The connection has been authenticated, or refused, before.")
        case .tokenRefused: return refusal
        case .scram(let exchange):
            return exchange.finish(message).map { .authenticated(user: exchange.user, $0) } ?? refusal
        case .begun: break
        }
        switch mechanism {
        case .plain: return plain(message, users)
        case .oauthBearer: return token(message, users, now)
        case .scramSHA256, .scramSHA512:
            guard let algorithm = mechanism.scramDigest,
                let exchange = ScramExchange(message, algorithm, users: &users, nonce: nonce)
            else { return refusal }
            state = .scram(exchange)
            return .challenged(Array(exchange.challenge.utf8))
        }
    }

    /// As Kafka words it; a client is not told whether the name or the password was wrong.
    private var refusal: Step {
        .refused(
            "Authentication failed during authentication due to invalid credentials with SASL mechanism \(mechanism.rawValue)"
        )
    }

    /// Source: RFC 4616: who one acts for, name and password, with a zero between them.
    private func plain(_ message: [UInt8], _ users: SaslUsers) -> Step {
        let parts = message.split(separator: 0, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return refusal }
        let user = String(decoding: parts[1], as: UTF8.self)
        return users.isPassword(Array(parts[2]), of: user) ? .authenticated(user: user, []) : refusal
    }

    /// Source: RFC 7628 § 3.2.2: a token that is no good is answered with its status, and then refused.
    private mutating func token(_ message: [UInt8], _ users: SaslUsers, _ now: Int64) -> Step {
        guard let token = BearerToken(message), users.contains(token.subject), token.end > now else {
            state = .tokenRefused
            return .challenged(Array(#"{"status":"invalid_token"}"#.utf8))
        }
        return .authenticated(user: token.subject, [])
    }
}
