import Signatures

/// The calls of STS that the credential chain needs; by hand, since they come before any model is read.
struct SecurityTokenService: Sendable {
    let transport: HTTPTransport
    let endpoints: Endpoints

    /// - Parameter credentials: of who assumes; nil with a web identity's token.
    func assumeRole(
        _ roleArn: String, sessionName: String, externalID: String? = nil, webIdentityToken: String? = nil,
        durationSeconds: Int = 3600, region: String, _ credentials: Credentials?
    ) throws(ServiceFailure) -> TemporaryCredentials {
        var fields = [
            ("Action", webIdentityToken == nil ? "AssumeRole" : "AssumeRoleWithWebIdentity"), ("Version", "2011-06-15"),
            ("RoleArn", roleArn), ("RoleSessionName", sessionName), ("DurationSeconds", String(durationSeconds)),
        ]
        if let externalID { fields.append(("ExternalId", externalID)) }
        if let webIdentityToken { fields.append(("WebIdentityToken", webIdentityToken)) }
        let body = fields.map { "\(PercentCoding.encode($0.0))=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
        let place = endpoints.resolve(prefix: "sts", serviceID: "STS", region: region)
        var request = HTTPRequest(
            endpoint: place.endpoint,
            headers: [.init("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
            body: Array(body.utf8))
        if let credentials { request = request.signed(credentials, region: place.region, service: "sts") }
        let answer: HTTPAnswer
        do throws(HTTPTransport.Failure) {
            answer = try transport.send(request, timeoutSeconds: 20)
        } catch {
            throw .unanswered(error.message)
        }
        guard let document = XMLElement(answer.body) else {
            throw ServiceFailure(
                origin: .service, code: "InternalFailure", message: "STS answered HTTP \(answer.status) without XML",
                statusCode: answer.status)
        }
        guard answer.status == 200, let made = document.first("Credentials"), let id = made.child("AccessKeyId")?.text,
            let secret = made.child("SecretAccessKey")?.text, let token = made.child("SessionToken")?.text
        else {
            throw ServiceFailure(
                origin: .service, code: document.first("Code")?.text ?? "InternalFailure",
                message: document.first("Message")?.text ?? "STS gave no credentials", statusCode: answer.status,
                requestID: document.first("RequestId")?.text ?? "")
        }
        return TemporaryCredentials(
            Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token),
            expiration: made.child("Expiration").flatMap { TimestampText.epochMilliseconds($0.text) })
    }
}

extension HTTPRequest {
    /// With the headers that sign it for now.
    func signed(_ credentials: Credentials, region: String, service: String) -> HTTPRequest {
        let host = ServerAddress(endpoint)?.authority ?? ""
        let own = headers.map { (name: $0.name, value: $0.value) } + [(name: "Host", value: host)]
        var signed = self
        signed.headers += RequestSigner(credentials, region: region, service: service).headers(
            method: method, path: path, parameters: parameters.map { ($0.name, $0.value) }, signing: own, body: body,
            date: TimestampText.compact(Moment.epochMilliseconds)
        ).map { Field($0.name, $0.value) }
        return signed
    }
}

extension ServiceFailure {
    /// No answer, in the words of Java's SDK, which Step Functions passes on.
    static func unanswered(_ message: String) -> ServiceFailure {
        ServiceFailure(
            origin: .connection, code: "SdkClientException", message: "Unable to execute HTTP request: \(message)",
            isRetryable: true)
    }

    static func noCredentials(_ message: String) -> ServiceFailure {
        ServiceFailure(
            origin: .connection, code: "SdkClientException",
            message: "Unable to load credentials from any of the providers in the chain: \(message)")
    }
}
