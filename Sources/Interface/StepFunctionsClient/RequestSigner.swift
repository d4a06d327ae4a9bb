import Digests

/// Signs a request with AWS Signature Version 4, in headers.
/// Source: IAM User Guide, "Create a signed AWS API request".
public struct RequestSigner: Sendable {
    private let credentials: Credentials
    private let region: String
    private let service: String

    public init(_ credentials: Credentials, region: String, service: String = "states") {
        self.credentials = credentials
        self.region = region
        self.service = service
    }

    /// The headers to send besides those given: `X-Amz-Date`, `X-Amz-Security-Token` with temporary credentials, `Authorization`.
    /// - Parameters:
    ///   - path: as it is sent, without a query.
    ///   - headers: all that are to be signed, Host among them.
    ///   - date: UTC, `20261122T140509Z`.
    public func headers(
        method: String = "POST", path: String = "/", signing headers: [(name: String, value: String)], body: [UInt8],
        date: String
    ) -> [(name: String, value: String)] {
        var added: [(name: String, value: String)] = [("X-Amz-Date", date)]
        if let token = credentials.sessionToken { added.append(("X-Amz-Security-Token", token)) }
        let signed = (headers + added).map { ($0.name.lowercased(), Self.collapsed($0.value)) }.sorted { $0.0 < $1.0 }
        let names = signed.map(\.0).joined(separator: ";")
        let canonical = [
            method, path, "", signed.map { "\($0.0):\($0.1)\n" }.joined(), names,
            Digest.hexadecimal(Digest.sha256(body)),
        ].joined(separator: "\n")
        let scope = "\(date.prefix(8))/\(region)/\(service)/aws4_request"
        let text = [
            "AWS4-HMAC-SHA256", date, scope, Digest.hexadecimal(Digest.sha256(Array(canonical.utf8))),
        ].joined(separator: "\n")
        let signature = Digest.hexadecimal(Digest.hmacSHA256(Array(text.utf8), key: key(String(date.prefix(8)))))
        let credential = "Credential=\(credentials.accessKeyID)/\(scope)"
        added.append(
            ("Authorization", "AWS4-HMAC-SHA256 \(credential), SignedHeaders=\(names), Signature=\(signature)"))
        return added
    }

    private func key(_ day: String) -> [UInt8] {
        [day, region, service, "aws4_request"].reduce(Array("AWS4\(credentials.secretAccessKey)".utf8)) { key, part in
            Digest.hmacSHA256(Array(part.utf8), key: key)
        }
    }

    /// Without white space at the ends, and with one space where there were several.
    private static func collapsed(_ value: String) -> String {
        value.split(separator: " ").joined(separator: " ")
    }
}
