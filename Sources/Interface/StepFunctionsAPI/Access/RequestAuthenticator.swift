import AccessPolicy
import Digests
import Signatures

/// Finds who signed a request, or why nobody can be believed to have. Source: surface § 1.1; texts as AWS answers them.
struct RequestAuthenticator: Sendable {
    /// Who asks.
    struct Identity: Sendable {
        var user: AccessUser
        var accessKeyID: String
        var region: String
    }

    private let keys: [String: (user: AccessUser, key: AccessKey)]

    private static let service = "states"
    private static let terminator = "aws4_request"
    /// How far a client's clock may be off, either way.
    private static let skewMilliseconds: Int64 = 300_000

    init(_ users: [AccessUser]) {
        var keys: [String: (user: AccessUser, key: AccessKey)] = [:]
        for user in users {
            for key in user.keys { keys[key.id] = (user, key) }
        }
        self.keys = keys
    }

    /// - Parameter now: milliseconds since 1970 (UTC).
    /// - Throws: MissingAuthenticationToken-, IncompleteSignature-, InvalidSignature-, UnrecognizedClient- or ExpiredTokenException.
    func identity(of request: WireRequest, body: [UInt8], now: Int64) throws(APIError) -> Identity {
        let claim = try SignatureClaim(request)
        try checkScope(claim)
        try checkTime(claim, now)
        try checkSignedHeaders(claim, request)
        guard let (user, key) = keys[claim.scope.accessKeyID], key.sessionToken == claim.sessionToken else {
            throw .authentication(
                "UnrecognizedClientException", "The security token included in the request is invalid.")
        }
        try checkSignature(claim, request, body, key)
        if let expiry = key.expiresAt, expiry <= now {
            throw .authentication("ExpiredTokenException", "The security token included in the request is expired")
        }
        return Identity(user: user, accessKeyID: key.id, region: claim.scope.region)
    }

    private func checkScope(_ claim: SignatureClaim) throws(APIError) {
        let scope = claim.scope
        guard scope.service == Self.service else {
            throw .invalidSignature("Credential should be scoped to correct service: '\(Self.service)'.")
        }
        guard scope.terminator == Self.terminator else {
            throw .invalidSignature(
                "Credential should be scoped with a valid terminator: '\(Self.terminator)', not '\(scope.terminator)'.")
        }
        guard RegionName.isValid(scope.region) else {
            throw .invalidSignature("Credential should be scoped to a valid region, not '\(scope.region)'.")
        }
    }

    private func checkTime(_ claim: SignatureClaim, _ now: Int64) throws(APIError) {
        guard let time = SignatureTime.epochMilliseconds(claim.date) else {
            throw .incomplete("Date must be in ISO-8601 'basic format'. Got '\(claim.date)'.")
        }
        let day = claim.date.prefix(8)
        guard day == claim.scope.date else {
            throw .invalidSignature(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                    + "'\(claim.scope.date)' != '\(day)', from '\(claim.date)'.")
        }
        let shown = SignatureTime.text(now)
        if time > now + Self.skewMilliseconds {
            throw .invalidSignature(
                "Signature not yet current: \(claim.date) is still later than "
                    + "\(SignatureTime.text(now + Self.skewMilliseconds)) (\(shown) + 5 min.)")
        }
        if let seconds = claim.expiresSeconds {
            let end = time + seconds * 1_000
            guard now <= end else {
                throw .invalidSignature("Signature expired: \(shown) is now later than \(SignatureTime.text(end))")
            }
        } else if time < now - Self.skewMilliseconds {
            throw .invalidSignature(
                "Signature expired: \(claim.date) is now earlier than "
                    + "\(SignatureTime.text(now - Self.skewMilliseconds)) (\(shown) - 5 min.)")
        }
    }

    /// Host and all of AWS's own headers must be signed: else a signature could be put on another request.
    private func checkSignedHeaders(_ claim: SignatureClaim, _ request: WireRequest) throws(APIError) {
        guard claim.signedHeaders.contains("host") else {
            throw .invalidSignature("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
        }
        for field in request.fields
        where field.name.hasPrefix("x-amz-") && !claim.signedHeaders.contains(field.name) {
            throw .invalidSignature("'\(field.name)' must be a 'SignedHeader' in the AWS Authorization.")
        }
    }

    private func checkSignature(
        _ claim: SignatureClaim, _ request: WireRequest, _ body: [UInt8], _ key: AccessKey
    ) throws(APIError) {
        let declared = request.value("x-amz-content-sha256")
        // What the header claims is signed with it; whether the body is that one is only to be seen from the body.
        let hash =
            declared == SignatureVersion4.unsignedPayload
            ? SignatureVersion4.unsignedPayload : SignatureVersion4.payloadHash(body)
        let canonical = SignatureVersion4.canonicalRequest(
            request, signedHeaders: claim.signedHeaders, payloadHash: hash)
        let text = SignatureVersion4.stringToSign(canonical, claim)
        let expected = SignatureVersion4.signature(of: text, secret: key.secret, claim.scope)
        guard Digest.areEqual(Array(expected.utf8), Array(claim.signature.utf8)) else {
            throw .invalidSignature(
                "The request signature we calculated does not match the signature you provided. "
                    + "Check your AWS Secret Access Key and signing method. Consult the service documentation for details."
                    + "\n\nThe Canonical String for this request should have been\n'\(canonical)'"
                    + "\n\nThe String-to-Sign should have been\n'\(text)'\n")
        }
    }
}

/// Regions as they stand in credential scopes and ARNs.
enum RegionName {
    static func isValid(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
    }
}
