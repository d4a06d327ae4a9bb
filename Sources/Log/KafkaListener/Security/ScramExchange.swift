import Digests

/// A user and what SCRAM-SHA-256 needs of the password. Source: RFC 5802, RFC 7677.
struct ScramUser: Sendable {
    /// Source: RFC 7677 § 4, the least that is allowed.
    static let iterationCount = 4_096

    let name: String
    let password: String
    let salt: [UInt8]
    let saltedPassword: [UInt8]

    init(name: String, password: String) {
        self.name = name
        self.password = password
        salt = Array(Digest.sha256(Array(name.utf8)).prefix(16))
        let key = Array(password.utf8)
        var block = Digest.hmacSHA256(salt + [0, 0, 0, 1], key: key)
        var sum = block
        for _ in 1..<Self.iterationCount {
            block = Digest.hmacSHA256(block, key: key)
            for index in sum.indices { sum[index] ^= block[index] }
        }
        saltedPassword = sum
    }
}

/// The server's side of one SCRAM-SHA-256 authentication.
struct ScramExchange {
    let user: ScramUser
    /// What the client is to answer.
    let challenge: String
    private let nonce: String
    /// The client's first message behind its header.
    private let clientFirst: String

    /// - Returns: nil for an unknown user and for what is no first message without channel binding.
    init?(_ message: [UInt8], users: [String: ScramUser], nonce serverNonce: String) {
        let text = String(decoding: message, as: UTF8.self)
        guard text.hasPrefix("n,") || text.hasPrefix("y,") else { return nil }
        let parts = text.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        clientFirst = String(parts[2])
        guard let name = Self.attribute("n", of: clientFirst), let clientNonce = Self.attribute("r", of: clientFirst),
            let user = users[name.replacing("=2C", with: ",").replacing("=3D", with: "=")]
        else { return nil }
        self.user = user
        nonce = clientNonce + serverNonce
        challenge = "r=\(nonce),s=\(Base64.encode(user.salt)),i=\(ScramUser.iterationCount)"
    }

    /// - Returns: what proves to the client that the server knows the password; nil when the client's proof is wrong.
    func finish(_ message: [UInt8]) -> [UInt8]? {
        let text = String(decoding: message, as: UTF8.self)
        guard Self.attribute("r", of: text) == nonce, let proofText = Self.attribute("p", of: text),
            let proof = Base64.decode(Array(proofText.utf8)), proof.count == 32
        else { return nil }
        let withoutProof = String(text.dropLast(",p=".count + proofText.count))
        let signed = Array("\(clientFirst),\(challenge),\(withoutProof)".utf8)
        let clientKey = Digest.hmacSHA256(Array("Client Key".utf8), key: user.saltedPassword)
        let storedKey = Digest.sha256(clientKey)
        let signature = Digest.hmacSHA256(signed, key: storedKey)
        guard Digest.areEqual(Digest.sha256(zip(proof, signature).map { $0 ^ $1 }), storedKey) else { return nil }
        let serverKey = Digest.hmacSHA256(Array("Server Key".utf8), key: user.saltedPassword)
        return Array("v=\(Base64.encode(Digest.hmacSHA256(signed, key: serverKey)))".utf8)
    }

    private static func attribute(_ name: String, of text: String) -> String? {
        text.split(separator: ",").first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
    }
}
