import Digests

/// Who may connect, with what SCRAM needs of the passwords. For tests of clients: passwords are kept in clear.
struct SaslUsers {
    /// What the server keeps of a password. Source: RFC 5802 § 3.
    struct ScramSecret: Sendable {
        let salt: [UInt8]
        let storedKey: [UInt8]
        let serverKey: [UInt8]
    }

    private struct SecretName: Hashable {
        let user: String
        let algorithm: Digest.Algorithm
    }

    /// How often SCRAM mixes a password in.
    let iterationCount: Int
    private let passwords: [String: String]
    private let salts: [String: [UInt8]]
    /// Made when they are asked for first: each takes thousands of digests.
    private var secrets: [SecretName: ScramSecret] = [:]

    /// - Parameters:
    ///   - passwords: by name.
    ///   - salts: by name; who has none gets one that is always the same.
    ///   - iterationCount: how often SCRAM mixes a password in.
    init(_ passwords: [String: String], salts: [String: [UInt8]] = [:], iterationCount: Int) {
        self.iterationCount = iterationCount
        self.passwords = passwords
        self.salts = salts
    }

    var isEmpty: Bool { passwords.isEmpty }

    func contains(_ user: String) -> Bool { passwords[user] != nil }

    func isPassword(_ password: [UInt8], of user: String) -> Bool {
        passwords[user].map { Digest.areEqual(Array($0.utf8), password) } ?? false
    }

    /// - Returns: nil for an unknown user.
    mutating func scramSecret(of user: String, _ algorithm: Digest.Algorithm) -> ScramSecret? {
        let name = SecretName(user: user, algorithm: algorithm)
        if let known = secrets[name] { return known }
        guard let password = passwords[user] else { return nil }
        let salt = salts[user] ?? Array(Digest.sha256(Array("salt of \(user)".utf8)).prefix(16))
        let salted = Digest.stretchedPassword(
            Array(password.utf8), salt: salt, iterationCount: iterationCount, algorithm)
        let clientKey = Digest.hmac(Array("Client Key".utf8), key: salted, algorithm)
        let secret = ScramSecret(
            salt: salt, storedKey: Digest.digest(clientKey, algorithm),
            serverKey: Digest.hmac(Array("Server Key".utf8), key: salted, algorithm))
        secrets[name] = secret
        return secret
    }
}
