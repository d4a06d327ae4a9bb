import Signatures

extension SignatureVersion4 {
    /// Of a request as it came.
    static func canonicalRequest(_ request: WireRequest, signedHeaders: [String], payloadHash: String) -> String {
        canonicalRequest(
            method: request.method, path: request.path, parameters: request.parameters,
            fields: request.fields.map { ($0.name, $0.value) }, signedHeaders: signedHeaders, payloadHash: payloadHash)
    }

    static func stringToSign(_ canonicalRequest: String, _ claim: SignatureClaim) -> String {
        stringToSign(canonicalRequest, date: claim.date, scope: claim.scope.text)
    }

    /// Hexadecimal digits.
    static func signature(of stringToSign: String, secret: String, _ scope: SignatureClaim.Scope) -> String {
        signature(of: stringToSign, secret: secret, scope: scope.text)
    }
}
