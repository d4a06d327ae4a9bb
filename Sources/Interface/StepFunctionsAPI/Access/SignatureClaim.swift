import Signatures

/// What a request says about its signature, in the `Authorization` header or, presigned, in the query. Source: AWS SigV4.
struct SignatureClaim: Equatable {
    /// `KEY/20260131/us-east-1/states/aws4_request`.
    struct Scope: Equatable {
        var accessKeyID: String
        var date: String
        var region: String
        var service: String
        var terminator: String

        /// What stands behind the key.
        var text: String { "\(date)/\(region)/\(service)/\(terminator)" }

        init?(_ credential: String) {
            let parts = credential.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard parts.count >= 5 else { return nil }
            // The key may hold slashes; the rest may not.
            accessKeyID = parts.dropLast(4).joined(separator: "/")
            let rest = parts.suffix(4).map { $0 }
            (date, region, service, terminator) = (rest[0], rest[1], rest[2], rest[3])
        }
    }

    static let algorithm = SignatureVersion4.algorithm

    var scope: Scope
    /// In lower case, sorted.
    var signedHeaders: [String]
    /// Hexadecimal digits.
    var signature: String
    /// `20260131T100000Z`.
    var date: String
    var sessionToken: String?
    /// How long a presigned request holds; nil for one that is signed in its header.
    var expiresSeconds: Int64?

    /// - Throws: MissingAuthenticationTokenException, IncompleteSignatureException.
    init(_ request: WireRequest) throws(APIError) {
        if let header = request.value("authorization") {
            try self.init(header: header, request)
        } else {
            let parameters = request.parameters
            guard parameters.contains(where: { $0.name == "X-Amz-Signature" || $0.name == "X-Amz-Algorithm" }) else {
                throw .authentication("MissingAuthenticationTokenException", "Missing Authentication Token")
            }
            try self.init(parameters: parameters)
        }
    }

    private init(header: String, _ request: WireRequest) throws(APIError) {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.first.map(String.init) == Self.algorithm else {
            throw .incomplete("Unsupported AWS 'algorithm': '\(parts.first ?? "")'.")
        }
        var found: [String: String] = [:]
        for part in (parts.count == 2 ? parts[1] : "").split(separator: ",") {
            let pair = part.trimmed.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else {
                throw .incomplete(
                    "'\(part.trimmed)' not a valid key=value pair (missing equal-sign) in Authorization header.")
            }
            found[String(pair[0])] = String(pair[1])
        }
        let date = request.value("x-amz-date") ?? request.value("date")
        var missing = ["Credential", "Signature", "SignedHeaders"].filter { found[$0]?.isEmpty ?? true }.map {
            "Authorization header requires '\($0)' parameter."
        }
        if date == nil {
            missing.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
        }
        guard missing.isEmpty else { throw .incomplete(missing.joined(separator: " ")) }
        try self.init(
            credential: found["Credential"] ?? "", signedHeaders: found["SignedHeaders"] ?? "",
            signature: found["Signature"] ?? "", date: date ?? "")
        sessionToken = request.value("x-amz-security-token")
    }

    private init(parameters: [(name: String, value: String)]) throws(APIError) {
        func value(_ name: String) -> String? { parameters.first { $0.name == name }?.value }
        let needed = [
            "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date",
            "X-Amz-Expires",
        ]
        let missing = needed.filter { value($0)?.isEmpty ?? true }
        guard missing.isEmpty else {
            throw .incomplete(
                missing.map { "AWS query-string parameters must include '\($0)'." }.joined(separator: " "))
        }
        guard value("X-Amz-Algorithm") == Self.algorithm else {
            throw .incomplete("Unsupported AWS 'algorithm': '\(value("X-Amz-Algorithm") ?? "")'.")
        }
        // Source: SigV4, query parameters: a week at most.
        guard let expires = value("X-Amz-Expires").flatMap({ Int64($0) }), (1...604_800).contains(expires) else {
            throw .incomplete("'X-Amz-Expires' must be a number of seconds from 1 to 604800.")
        }
        try self.init(
            credential: value("X-Amz-Credential") ?? "", signedHeaders: value("X-Amz-SignedHeaders") ?? "",
            signature: value("X-Amz-Signature") ?? "", date: value("X-Amz-Date") ?? "")
        sessionToken = value("X-Amz-Security-Token")
        expiresSeconds = expires
    }

    private init(credential: String, signedHeaders: String, signature: String, date: String) throws(APIError) {
        guard let scope = Scope(credential) else {
            throw .incomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, "
                    + "got '\(credential)'")
        }
        self.scope = scope
        self.signedHeaders = signedHeaders.lowercased().split(separator: ";").map(String.init).sorted()
        self.signature = signature
        self.date = date
    }
}

extension APIError {
    /// A refusal that has to do with who asks.
    static func authentication(_ name: String, _ message: String) -> APIError {
        APIError(name, message, space: .service)
    }
    static func incomplete(_ message: String) -> APIError {
        authentication("IncompleteSignatureException", message)
    }
    static func invalidSignature(_ message: String) -> APIError {
        authentication("InvalidSignatureException", message)
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    var trimmed: String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
