import Digests

/// The arithmetic of AWS's Signature Version 4: canonical request, string to sign, signature.
/// Source: IAM User Guide, "Create a signed AWS API request".
public enum SignatureVersion4 {
    /// What stands at the beginning of the Authorization header.
    public static let algorithm = "AWS4-HMAC-SHA256"
    /// Stands for the hash of a body that is not signed.
    public static let unsignedPayload = "UNSIGNED-PAYLOAD"

    /// Hash of a body in the words of `x-amz-content-sha256`.
    public static func payloadHash(_ body: [UInt8]) -> String { Digest.hexadecimal(Digest.sha256(body)) }

    /// Six parts, a line each; headers have lines of their own.
    /// - Parameters:
    ///   - path: as it is sent, percent-encoded.
    ///   - parameters: of the query, decoded.
    ///   - fields: all headers, names in lower case.
    ///   - signedHeaders: in lower case, in their order.
    ///   - keepsPath: S3's way: the path is taken as it is. Else it is tidied and encoded once more.
    public static func canonicalRequest(
        method: String, path: String, parameters: [(name: String, value: String)],
        fields: [(name: String, value: String)], signedHeaders: [String], payloadHash: String, keepsPath: Bool = false
    ) -> String {
        var lines = [method, keepsPath ? path : canonicalPath(path), canonicalQuery(parameters)]
        for name in signedHeaders {
            let values = fields.filter { $0.name == name }.map { field in
                field.value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
            }
            lines.append("\(name):\(values.joined(separator: ","))")
        }
        lines += ["", signedHeaders.joined(separator: ";"), payloadHash]
        return lines.joined(separator: "\n")
    }

    /// - Parameters:
    ///   - date: `20261122T140509Z`.
    ///   - scope: `20261122/eu-west-1/states/aws4_request`.
    public static func stringToSign(_ canonicalRequest: String, date: String, scope: String) -> String {
        "\(algorithm)\n\(date)\n\(scope)\n\(payloadHash(Array(canonicalRequest.utf8)))"
    }

    /// Hexadecimal digits.
    /// - Parameter scope: `20261122/eu-west-1/states/aws4_request`.
    public static func signature(of stringToSign: String, secret: String, scope: String) -> String {
        var key = Array("AWS4\(secret)".utf8)
        for part in scope.split(separator: "/", omittingEmptySubsequences: false) {
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
    private static func canonicalQuery(_ parameters: [(name: String, value: String)]) -> String {
        parameters.filter { $0.name != "X-Amz-Signature" }
            .map { (PercentCoding.encode($0.name), PercentCoding.encode($0.value)) }
            .sorted { $0 < $1 }.map { "\($0)=\($1)" }.joined(separator: "&")
    }
}
