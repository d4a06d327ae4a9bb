import AWSClient
import Digests
import JSON

/// An EventBridge connection and its secret: how an HTTP task is authorized, and what it sends besides.
/// Source: Step Functions Developer Guide § Call HTTPS APIs; EventBridge API Reference, DescribeConnection.
struct EventBridgeConnection: Sendable {
    /// `BASIC`, `API_KEY` or `OAUTH_CLIENT_CREDENTIALS`.
    private let kind: String
    private let arn: String
    /// `AuthParameters`, which lack what is secret.
    private let described: JSONValue
    private let secret: JSONValue

    /// Asks EventBridge for the connection and Secrets Manager for its secret, as the task's role.
    /// - Throws: `Events.ConnectionResource.…`.
    static func read(_ task: ServiceTask, arn: String) throws(TaskFailure) -> EventBridgeConnection {
        let context = task.context(region: ServiceTask.region(ofArn: arn))
        let parts = arn.split(separator: "/")
        guard parts.count >= 2 else { throw task.refused("ConnectionArn is no ARN of a connection") }
        do throws(ServiceFailure) {
            let connection = try task.client.call(
                service: "events", operation: "DescribeConnection", input: ["Name": .string(String(parts[1]))],
                context: context
            ).output
            if let failure = unusable(connection["ConnectionState"]?.string) { throw failure }
            guard let secretArn = connection["SecretArn"]?.string else {
                throw ServiceFailure(
                    origin: .request, code: "InvalidConnectionState", message: "The connection has no secret")
            }
            let value = try task.client.call(
                service: "secretsmanager", operation: "GetSecretValue", input: ["SecretId": .string(secretArn)],
                context: context
            ).output["SecretString"]?.string
            return EventBridgeConnection(
                kind: connection["AuthorizationType"]?.string ?? "", arn: arn,
                described: connection["AuthParameters"] ?? [:],
                secret: value.flatMap { try? JSONParser.parse($0) } ?? [:])
        } catch {
            throw failure(error.code, error.message)
        }
    }

    /// A state in which EventBridge gives a connection to nobody.
    private static func unusable(_ state: String?) -> ServiceFailure? {
        guard let state, state != "AUTHORIZED", state != "ACTIVE" else { return nil }
        let isOnItsWay = ["CREATING", "UPDATING", "AUTHORIZING"].contains(state)
        return ServiceFailure(
            origin: .request, code: isOnItsWay ? "AuthInProgress" : "InvalidConnectionState",
            message: "The connection is in the state \(state)")
    }

    /// By AWS's names for what is wrong with a connection.
    /// Source: Step Functions Developer Guide § Call HTTPS APIs, connection errors.
    static func failure(_ code: String, _ cause: String) -> TaskFailure {
        let plain = code.hasSuffix("Exception") ? String(code.dropLast("Exception".count)) : code
        let known: Set<String> = [
            "AccessDenied", "AuthInProgress", "ConcurrentModification", "InvalidConnectionState", "ResourceNotFound",
        ]
        return TaskFailure(
            error: "Events.ConnectionResource.\(known.contains(plain) ? plain : "InternalError")", cause: cause)
    }

    // MARK: - What is sent besides

    /// Headers and parameters of the connection; they take the place of the task's of the same names.
    func add(to request: inout HTTPRequest) {
        for header in invocation("header_parameters", "HeaderParameters") {
            request.headers.removeAll { $0.name.lowercased() == header.name.lowercased() }
            request.headers.append(header)
        }
        let parameters = invocation("query_string_parameters", "QueryStringParameters")
        request.parameters.removeAll { own in parameters.contains { $0.name == own.name } }
        request.parameters += parameters
    }

    /// The task's body with the connection's members, which take the place of those of the same names.
    func body(_ task: ServiceTask) throws(TaskFailure) -> JSONValue? {
        let own = task.parameters["RequestBody"].flatMap { $0.isNull ? nil : $0 }
        let members = invocation("body_parameters", "BodyParameters")
        guard !members.isEmpty else { return own }
        guard var object = own.map({ $0.object }) ?? [:] else {
            throw task.refused(
                "RequestBody is no object, so that the connection's body parameters can't be merged with it")
        }
        for member in members { object[JSONString(member.name)] = .string(member.value) }
        return .object(object)
    }

    private func invocation(_ secretName: JSONString, _ describedName: JSONString) -> [HTTPRequest.Field] {
        Self.fields(
            secret["invocation_http_parameters"]?[secretName], described["InvocationHttpParameters"]?[describedName])
    }

    /// Lists of `key` and `value`, those of the secret first: a description lacks values that are secret.
    private static func fields(_ secret: JSONValue?, _ described: JSONValue?) -> [HTTPRequest.Field] {
        var found: [HTTPRequest.Field] = []
        for list in [secret, described] {
            for item in list?.array ?? [] {
                guard let name = (item["key"] ?? item["Key"])?.string, !found.contains(where: { $0.name == name }),
                    let value = (item["value"] ?? item["Value"])?.string
                else { continue }
                found.append(.init(name, value))
            }
        }
        return found
    }

    // MARK: - Authorization

    /// The header that authorizes; for OAuth that of `tokens`.
    /// - Parameter refused: a token that was refused with 401 or 407.
    func authorize(
        _ request: inout HTTPRequest, _ task: ServiceTask, _ tokens: OAuthTokens, refused: OAuthTokens.Token?
    ) throws(TaskFailure) -> OAuthTokens.Token? {
        switch kind {
        case "BASIC":
            let pair = "\(secret["username"]?.string ?? ""):\(secret["password"]?.string ?? "")"
            set("Authorization", "Basic \(Base64.encode(Array(pair.utf8)))", &request)
        case "API_KEY":
            set(secret["api_key_name"]?.string ?? "", secret["api_key_value"]?.string ?? "", &request)
        case "OAUTH_CLIENT_CREDENTIALS":
            let token = try tokens.token(arn, try client(), task, refused: refused)
            set("Authorization", token.authorization, &request)
            return token
        default:
            throw Self.failure(
                "InvalidConnectionState",
                "Connections with the authorization '\(kind)' can't be used here; BASIC, API_KEY and OAUTH_CLIENT_CREDENTIALS can"
            )
        }
        return nil
    }

    private func set(_ name: String, _ value: String, _ request: inout HTTPRequest) {
        request.headers.removeAll { $0.name.lowercased() == name.lowercased() }
        request.headers.append(.init(name, value))
    }

    private func client() throws(TaskFailure) -> OAuthClient {
        let oauth = described["OAuthParameters"]
        let own = secret["client_parameters"] ?? secret
        let endpoint = oauth?["AuthorizationEndpoint"]?.string ?? secret["authorization_endpoint"]?.string
        let id = own["client_id"]?.string ?? oauth?["ClientParameters"]?["ClientID"]?.string
        guard let endpoint, let id, let clientSecret = own["client_secret"]?.string else {
            throw Self.failure(
                "InvalidConnectionState",
                "The connection lacks the authorization endpoint, the client's id or its secret")
        }
        let more = secret["oauth_http_parameters"] ?? secret["o_auth_http_parameters"]
        let described = oauth?["OAuthHttpParameters"]
        return OAuthClient(
            endpoint: endpoint, method: oauth?["HttpMethod"]?.string ?? secret["http_method"]?.string ?? "POST",
            id: id, secret: clientSecret,
            headers: Self.fields(more?["header_parameters"], described?["HeaderParameters"]),
            parameters: Self.fields(more?["query_string_parameters"], described?["QueryStringParameters"]),
            body: Self.fields(more?["body_parameters"], described?["BodyParameters"]))
    }
}
