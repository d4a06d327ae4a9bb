import Digests

/// One connection's authentication as the broker sees it: the mechanism is agreed on, then messages go to and fro.
///
/// For tests of clients: passwords are known to it in clear.
struct SaslSession {
    /// Source: the names that IANA keeps.
    enum Mechanism: String, CaseIterable, Sendable {
        case plain = "PLAIN"
        case scramSHA256 = "SCRAM-SHA-256"
        case oauthBearer = "OAUTHBEARER"
    }

    enum Step: Sendable, Equatable {
        /// The client has something more to say.
        case goOn([UInt8])
        case authenticated(user: String, [UInt8])
        /// In words for the client.
        case refused(String)
    }

    private enum State {
        case begun
        case scram(ScramExchange)
        case authenticated
        case ended
    }

    private let mechanism: Mechanism
    private var state = State.begun

    init(_ mechanism: Mechanism) { self.mechanism = mechanism }

    var isAuthenticated: Bool {
        if case .authenticated = state { return true }
        return false
    }

    /// Takes the client's next message.
    /// - Parameters:
    ///   - users: passwords by name.
    ///   - nonce: printable and never given twice.
    mutating func take(_ message: [UInt8], users: [String: ScramUser], nonce: String) -> Step {
        let step = next(message, users, nonce)
        switch step {
        case .goOn: break
        case .authenticated: state = .authenticated
        case .refused: state = .ended
        }
        return step
    }

    private mutating func next(_ message: [UInt8], _ users: [String: ScramUser], _ nonce: String) -> Step {
        switch (mechanism, state) {
        case (_, .authenticated), (_, .ended): return .refused("The connection has been authenticated, or refused, before.")
        case (.plain, _): return Self.plain(message, users)
        case (.oauthBearer, _): return Self.token(message, users)
        case (.scramSHA256, .begun):
            guard let exchange = ScramExchange(message, users: users, nonce: nonce) else { return Self.refusal }
            state = .scram(exchange)
            return .goOn(Array(exchange.challenge.utf8))
        case (.scramSHA256, .scram(let exchange)):
            guard let proof = exchange.finish(message) else { return Self.refusal }
            return .authenticated(user: exchange.user.name, proof)
        }
    }

    private static let refusal = Step.refused("Authentication failed: Invalid username or password")

    /// Source: RFC 4616: who one acts for, name and password, with a zero between them.
    private static func plain(_ message: [UInt8], _ users: [String: ScramUser]) -> Step {
        let parts = message.split(separator: 0, omittingEmptySubsequences: false)
        guard parts.count == 3, let user = users[String(decoding: parts[1], as: UTF8.self)],
            Digest.areEqual(Array(parts[2]), Array(user.password.utf8))
        else { return refusal }
        return .authenticated(user: user.name, [])
    }

    /// An unsecured JWT whose subject is a user. Source: RFC 7628; Kafka's unsecured OAUTHBEARER, for tests only.
    private static func token(_ message: [UInt8], _ users: [String: ScramUser]) -> Step {
        let text = String(decoding: message, as: UTF8.self)
        let fields = text.split(separator: "\u{1}").filter { $0.hasPrefix("auth=Bearer ") }
        let parts = fields.first?.dropFirst("auth=Bearer ".count).split(separator: ".", omittingEmptySubsequences: false)
        guard let parts, parts.count == 3, let claims = Base64.decode(Array(standardBase64(parts[1]).utf8)) else {
            return .refused("The token can't be read.")
        }
        let claimed = String(decoding: claims, as: UTF8.self)
        guard let user = users.values.first(where: { claimed.contains("\"sub\":\"\($0.name)\"") }) else {
            return .refused("The token's subject is unknown.")
        }
        return .authenticated(user: user.name, [])
    }

    private static func standardBase64(_ text: Substring) -> String {
        let body = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        return String(body) + String(repeating: "=", count: (4 - body.count % 4) % 4)
    }
}
