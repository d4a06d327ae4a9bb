import AWSClient
import JSON

/// `http:invoke`: any HTTP API, with what an EventBridge connection holds for it. One for a process: it keeps OAuth's tokens.
/// Source: Step Functions Developer Guide § Call HTTPS APIs.
struct HTTPEndpoint: Sendable {
    /// Source: HTTP Task: requests time out after 60 s.
    private static let secondsMax = 60
    /// Source: EventBridge User Guide § Connections: OAuth tokens are refreshed when one of these is answered.
    private static let refusals = [401, 407]

    private let tokens = OAuthTokens()

    func perform(_ task: ServiceTask) throws(TaskFailure) -> JSONValue {
        let url = try task.required("ApiEndpoint")
        let method = try task.required("Method").uppercased()
        let invocation = task.parameters["Authentication"] ?? task.parameters["InvocationConfig"]
        guard let arn = invocation?["ConnectionArn"]?.string else {
            throw task.refused("The field 'Authentication.ConnectionArn' is required but was missing")
        }
        let address = HTTPExchange.address(url)
        guard !address.endpoint.isEmpty else { throw task.refused("ApiEndpoint is no address") }
        var request = HTTPRequest(
            method: method, endpoint: address.endpoint, path: address.path,
            parameters: address.parameters + HTTPExchange.fields(task.parameters["QueryParameters"]),
            headers: HTTPExchange.fields(task.parameters["Headers"]))
        let connection = try EventBridgeConnection.read(task, arn: arn)
        if let body = try connection.body(task) { request.body = encoded(body, task) }
        connection.add(to: &request)
        if request.headers.allSatisfy({ $0.name.lowercased() != "content-type" }), !request.body.isEmpty {
            request.headers.append(.init("Content-Type", "application/json"))
        }
        let token = try connection.authorize(&request, task, tokens, refused: nil)
        var answer = try send(request, task)
        if let token, Self.refusals.contains(answer.status) {
            _ = try connection.authorize(&request, task, tokens, refused: token)
            answer = try send(request, task)
        }
        guard answer.status < 400 else {
            throw TaskFailure(
                error: "States.Http.StatusCode.\(answer.status)", cause: String(decoding: answer.body, as: UTF8.self))
        }
        return HTTPExchange.output(answer)
    }

    private func send(_ request: HTTPRequest, _ task: ServiceTask) throws(TaskFailure) -> HTTPAnswer {
        do throws(ServiceFailure) {
            return try task.client.send(
                request, signing: nil, context: task.context(timeoutSeconds: Self.secondsMax, attemptsMax: 1))
        } catch {
            throw TaskFailure(error: "States.Http.Socket", cause: error.message)
        }
    }

    /// `Transform.RequestBodyEncoding: URL_ENCODED` writes the body as a form.
    private func encoded(_ body: JSONValue, _ task: ServiceTask) -> [UInt8] {
        guard task.parameters["Transform"]?["RequestBodyEncoding"]?.string == "URL_ENCODED" else {
            return body.string.map { Array($0.utf8) } ?? JSONWriter.bytes(body)
        }
        return HTTPExchange.form(HTTPExchange.fields(body))
    }
}
