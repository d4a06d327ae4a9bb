import Digests

/// The server's side of one authentication by SCRAM, without channel binding. Source: RFC 5802 § 3 and § 5.
struct ScramExchange {
    let user: String
    /// What the client is to answer: the server's first message.
    let challenge: String
    private let algorithm: Digest.Algorithm
    private let secret: SaslUsers.ScramSecret
    private let nonce: String
    /// The client's first message behind its header.
    private let clientFirst: String
    /// What the client repeats of its header.
    private let binding: String

    /// - Parameter serverNonce: printable, without a comma, and never given twice.
    /// - Returns: nil for an unknown user, and for what is no first message without channel binding.
    init?(_ message: [UInt8], _ algorithm: Digest.Algorithm, users: inout SaslUsers, nonce serverNonce: String) {
        let text = String(decoding: message, as: UTF8.self)
        let parts = text.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "n" || parts[0] == "y" else { return nil }
        clientFirst = String(parts[2])
        guard let name = Self.attribute("n", of: clientFirst), let clientNonce = Self.attribute("r", of: clientFirst)
        else { return nil }
        user = name.replacing("=2C", with: ",").replacing("=3D", with: "=")
        guard let secret = users.scramSecret(of: user, algorithm) else { return nil }
        self.algorithm = algorithm
        self.secret = secret
        binding = Base64.encode(Array("\(parts[0]),\(parts[1]),".utf8))
        nonce = clientNonce + serverNonce
        challenge = "r=\(nonce),s=\(Base64.encode(secret.salt)),i=\(users.iterationCount)"
    }

    /// Takes the client's final message.
    ///
    /// Its nonce is held to what Kafka's brokers from 3.8.1 to 3.9 hold it to: the end must be ours. librdkafka before 2.6.1 writes its own part
    /// a second time in front, which brokers from 4.0 on refuse.
    /// - Returns: what proves to the client that the server knows the password; nil when the client's proof is wrong.
    func finish(_ message: [UInt8]) -> [UInt8]? {
        let text = String(decoding: message, as: UTF8.self)
        guard Self.attribute("c", of: text) == binding, Self.attribute("r", of: text)?.hasSuffix(nonce) == true,
            let proofText = Self.attribute("p", of: text), let proof = Base64.decode(Array(proofText.utf8)),
            proof.count == secret.storedKey.count
        else { return nil }
        let withoutProof = text.dropLast(",p=".count + proofText.count)
        let signed = Array("\(clientFirst),\(challenge),\(withoutProof)".utf8)
        let signature = Digest.hmac(signed, key: secret.storedKey, algorithm)
        let clientKey = zip(proof, signature).map { $0 ^ $1 }
        guard Digest.areEqual(Digest.digest(clientKey, algorithm), secret.storedKey) else { return nil }
        return Array("v=\(Base64.encode(Digest.hmac(signed, key: secret.serverKey, algorithm)))".utf8)
    }

    private static func attribute(_ name: String, of text: String) -> String? {
        text.split(separator: ",").first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
    }
}
