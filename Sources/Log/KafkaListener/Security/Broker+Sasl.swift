import EventLog

/// Authentication, where the configuration names users. Source: Kafka's protocol guide, "SASL Authentication Sequence".
extension Broker {
    /// Whether the connection may ask for this: before it is authenticated only for what leads there.
    func mayAsk(_ request: Request) -> Bool {
        switch request.api {
        case .apiVersions, .saslHandshake, .saslAuthenticate: true
        default: users.isEmpty || saslSessions[request.connection]?.isAuthenticated == true
        }
    }

    func saslHandshake(_ request: Request) throws {
        var body = request.body
        let mechanism = SaslMechanism(rawValue: try body.string())
        // In version 0 the messages that follow are no requests: that is not spoken here.
        let isTaken = mechanism != nil && !users.isEmpty && request.version >= 1
        saslSessions[request.connection] = isTaken ? mechanism.map { SaslSession($0) } : nil
        answer(request) { writer in
            writer.error(isTaken ? .none : users.isEmpty ? .illegalSASLState : .unsupportedSASLMechanism)
            writer.array(users.isEmpty ? [] : SaslMechanism.allCases) { $0.string($1.rawValue) }
        }
    }

    func saslAuthenticate(_ request: Request) throws {
        var body = request.body
        let message = try body.bytes()
        let nonce = String(random.next(), radix: 16) + String(random.next(), radix: 16)
        var code = ErrorCode.none
        var text: String?
        var bytes: [UInt8] = []
        switch saslSessions[request.connection]?.take(message, users: &users, nonce: nonce, now: moment.wall) {
        case nil: (code, text) = (.illegalSASLState, "SaslHandshake comes before SaslAuthenticate.")
        case .challenged(let challenge)?: bytes = challenge
        case .authenticated(let user, let proof)?:
            bytes = proof
            log("connection \(request.connection) is that of user \"\(user)\"")
        case .refused(let reason)?: (code, text) = (.saslAuthenticationFailed, reason)
        }
        answer(request) { writer in
            writer.error(code)
            writer.string(text)
            writer.bytes(bytes)
            if request.version >= 1 { writer.int64(0) }
        }
        if code != .none { close(request.connection, reason: text ?? "authentication failed") }
    }
}
