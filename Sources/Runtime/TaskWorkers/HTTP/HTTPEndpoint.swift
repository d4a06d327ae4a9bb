import AWSClient
import Digests
import JSON
import Signatures

/// `http:invoke`: any HTTP API, with what an EventBridge connection holds for it.
/// Source: Step Functions Developer Guide § Call HTTPS APIs.
struct HTTPEndpoint: Sendable {
    /// Source: HTTP Task: requests time out after 60 s.
    private static let secondsMax = 60

    func perform(_ task: ServiceTask) throws(TaskFailure) -> JSONValue {
        let url = try task.required("ApiEndpoint")
        let method = try task.required("Method").uppercased()
        let connection = task.parameters["Authentication"] ?? task.parameters["InvocationConfig"]
        guard let arn = connection?["ConnectionArn"]?.string else {
            throw task.refused("The field 'Authentication.ConnectionArn' is required but was missing")
        }
        let scheme = url.hasPrefix("https://") ? "https://" : url.hasPrefix("http://") ? "http://" : ""
        guard !scheme.isEmpty else { throw task.refused("ApiEndpoint is no address") }
        let rest = url.dropFirst(scheme.count)
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        let path = rest.dropFirst(host.count).prefix { $0 != "?" }
        var request = HTTPRequest(
            method: method, endpoint: scheme + host, path: path.isEmpty ? "/" : String(path),
            parameters: HTTPExchange.fields(task.parameters["QueryParameters"]),
            headers: HTTPExchange.fields(task.parameters["Headers"]))
        if let body = task.parameters["RequestBody"], !body.isNull { request.body = encoded(body, task) }
        if request.headers.allSatisfy({ $0.name.lowercased() != "content-type" }), !request.body.isEmpty {
            request.headers.append(.init("Content-Type", "application/json"))
        }
        try authenticate(&request, task, connectionArn: arn)
        let answer: HTTPAnswer
        do throws(ServiceFailure) {
            answer = try task.client.send(
                request, signing: nil, context: task.context(timeoutSeconds: Self.secondsMax, attemptsMax: 1))
        } catch {
            throw TaskFailure(error: "States.Http.Socket", cause: error.message)
        }
        guard answer.status < 400 else {
            throw TaskFailure(
                error: "States.Http.StatusCode.\(answer.status)", cause: String(decoding: answer.body, as: UTF8.self))
        }
        return HTTPExchange.output(answer)
    }

    /// `Transform.RequestBodyEncoding: URL_ENCODED` writes the body as a form.
    private func encoded(_ body: JSONValue, _ task: ServiceTask) -> [UInt8] {
        guard task.parameters["Transform"]?["RequestBodyEncoding"]?.string == "URL_ENCODED" else {
            return body.string.map { Array($0.utf8) } ?? JSONWriter.bytes(body)
        }
        let pairs = HTTPExchange.fields(body).map { field in
            "\(PercentCoding.encode(field.name))=\(PercentCoding.encode(field.value))"
        }
        return Array(pairs.joined(separator: "&").utf8)
    }

    /// The connection says how, its secret with what.
    private func authenticate(
        _ request: inout HTTPRequest, _ task: ServiceTask, connectionArn arn: String
    ) throws(TaskFailure) {
        let context = task.context(region: ServiceTask.region(ofArn: arn))
        let parts = arn.split(separator: "/")
        guard parts.count >= 2 else { throw task.refused("ConnectionArn is no ARN of a connection") }
        let secret: JSONValue
        let kind: String
        do throws(ServiceFailure) {
            let connection = try task.client.call(
                service: "events", operation: "DescribeConnection", input: ["Name": .string(String(parts[1]))],
                context: context
            ).output
            kind = connection["AuthorizationType"]?.string ?? ""
            guard let secretArn = connection["SecretArn"]?.string else {
                throw ServiceFailure(
                    origin: .request, code: "ConnectionResource", message: "The connection has no secret")
            }
            let value = try task.client.call(
                service: "secretsmanager", operation: "GetSecretValue", input: ["SecretId": .string(secretArn)],
                context: context
            ).output["SecretString"]?.string
            secret = value.flatMap { try? JSONParser.parse($0) } ?? [:]
        } catch {
            throw TaskFailure(error: "Events.ConnectionResource.\(error.code)", cause: error.message)
        }
        switch kind {
        case "BASIC":
            let pair = "\(secret["username"]?.string ?? ""):\(secret["password"]?.string ?? "")"
            request.headers.append(.init("Authorization", "Basic \(Base64.encode(Array(pair.utf8)))"))
        case "API_KEY":
            request.headers.append(
                .init(secret["api_key_name"]?.string ?? "", secret["api_key_value"]?.string ?? ""))
        default:
            throw TaskFailure(
                error: "Events.ConnectionResource.InvalidConnectionState",
                cause: "Connections with the authorization \(kind) can't be used here; BASIC and API_KEY can")
        }
        let extra = secret["invocation_http_parameters"]
        for header in extra?["header_parameters"]?.array ?? [] {
            request.headers.append(.init(header["key"]?.string ?? "", header["value"]?.string ?? ""))
        }
        for parameter in extra?["query_string_parameters"]?.array ?? [] {
            request.parameters.append(.init(parameter["key"]?.string ?? "", parameter["value"]?.string ?? ""))
        }
    }
}
