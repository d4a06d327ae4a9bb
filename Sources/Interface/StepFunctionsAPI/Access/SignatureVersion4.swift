import Digests

/// The arithmetic of AWS's Signature Version 4: canonical request, string to sign, signature. Source: IAM User Guide § SigV4.
enum SignatureVersion4 {
    static let unsignedPayload = "UNSIGNED-PAYLOAD"

    /// Hash of a body in the words of `x-amz-content-sha256`.
    static func payloadHash(_ body: [UInt8]) -> String { Digest.hexadecimal(Digest.sha256(body)) }

    /// Six parts, a line each; headers have lines of their own.
    static func canonicalRequest(_ request: WireRequest, signedHeaders: [String], payloadHash: String) -> String {
        var lines = [request.method, canonicalPath(request.path), canonicalQuery(request)]
        for name in signedHeaders {
            let values = request.fields.filter { $0.name == name }.map { field in
                field.value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
            }
            lines.append("\(name):\(values.joined(separator: ","))")
        }
        lines += ["", signedHeaders.joined(separator: ";"), payloadHash]
        return lines.joined(separator: "\n")
    }

    static func stringToSign(_ canonicalRequest: String, _ claim: SignatureClaim) -> String {
        let hash = Digest.hexadecimal(Digest.sha256(Array(canonicalRequest.utf8)))
        return "\(SignatureClaim.algorithm)\n\(claim.date)\n\(claim.scope.text)\n\(hash)"
    }

    /// Hexadecimal digits.
    static func signature(of stringToSign: String, secret: String, _ scope: SignatureClaim.Scope) -> String {
        var key = Array("AWS4\(secret)".utf8)
        for part in [scope.date, scope.region, scope.service, scope.terminator] {
            key = Digest.hmacSHA256(Array(part.utf8), key: key)
        }
        return Digest.hexadecimal(Digest.hmacSHA256(Array(stringToSign.utf8), key: key))
    }

    /// Without `.` and `..`; what is encoded already is encoded again, as for every service but S3.
    private static func canonicalPath(_ path: String) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") {
            switch segment {
            case ".": continue
            case "..": _ = segments.popLast()
            default: segments.append(segment)
            }
        }
        if segments.isEmpty { return "/" }
        let end = path.hasSuffix("/") ? "/" : ""
        return PercentCoding.encode("/" + segments.joined(separator: "/") + end, keeping: "/")
    }

    /// Sorted by name, then by value; the signature itself is left out.
    private static func canonicalQuery(_ request: WireRequest) -> String {
        request.parameters.filter { $0.name != "X-Amz-Signature" }
            .map { (PercentCoding.encode($0.name), PercentCoding.encode($0.value)) }
            .sorted { $0 < $1 }.map { "\($0)=\($1)" }.joined(separator: "&")
    }
}
