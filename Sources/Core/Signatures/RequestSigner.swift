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

    /// The headers to send besides those given: `X-Amz-Date`, `X-Amz-Security-Token` with temporary credentials, `Authorization`,
    /// and for S3 `X-Amz-Content-SHA256`.
    /// - Parameters:
    ///   - path: as it is sent, without a query.
    ///   - parameters: of the query, decoded.
    ///   - headers: all that are to be signed, Host among them.
    ///   - date: UTC, `20261122T140509Z`.
    public func headers(
        method: String = "POST", path: String = "/", parameters: [(name: String, value: String)] = [],
        signing headers: [(name: String, value: String)], body: [UInt8], date: String
    ) -> [(name: String, value: String)] {
        let isS3 = service == "s3"
        let hash = SignatureVersion4.payloadHash(body)
        var added: [(name: String, value: String)] = [("X-Amz-Date", date)]
        if let token = credentials.sessionToken { added.append(("X-Amz-Security-Token", token)) }
        if isS3 { added.append(("X-Amz-Content-SHA256", hash)) }
        let fields = (headers + added).map { (name: $0.name.lowercased(), value: $0.value) }
        let names = Set(fields.map(\.name)).sorted()
        let canonical = SignatureVersion4.canonicalRequest(
            method: method, path: path, parameters: parameters, fields: fields, signedHeaders: names,
            payloadHash: hash, keepsPath: isS3)
        let scope = "\(date.prefix(8))/\(region)/\(service)/aws4_request"
        let text = SignatureVersion4.stringToSign(canonical, date: date, scope: scope)
        let signature = SignatureVersion4.signature(of: text, secret: credentials.secretAccessKey, scope: scope)
        let list = names.joined(separator: ";")
        added.append(
            (
                "Authorization",
                "\(SignatureVersion4.algorithm) Credential=\(credentials.accessKeyID)/\(scope)"
                    + ", SignedHeaders=\(list), Signature=\(signature)"
            ))
        return added
    }
}
