import AWSClient
import JSON
import Signatures

/// A client that an authorization server gives tokens to. Source: RFC 6749 § 4.4, client credentials.
///
/// Its text tells nothing that is secret.
struct OAuthClient: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
    private static let secondsMax = 60

    /// The authorization server's address.
    var endpoint: String
    /// `GET`, `POST` or `PUT`.
    var method: String
    var id: String
    var secret: String
    var headers: [HTTPRequest.Field]
    var parameters: [HTTPRequest.Field]
    /// Further members of the body, e.g. `scope`, `audience`.
    var body: [HTTPRequest.Field]

    var description: String { "OAuth client \(id) at \(endpoint)" }
    var debugDescription: String { description }

    /// Asks for a token.
    /// - Throws: `Events.ConnectionResource.InvalidConnectionState` where there is none.
    func token(_ task: ServiceTask, now: Int64) throws(TaskFailure) -> OAuthTokens.Token {
        let answer: HTTPAnswer
        do throws(ServiceFailure) {
            answer = try task.client.send(
                request(), signing: nil, context: task.context(timeoutSeconds: Self.secondsMax))
        } catch {
            throw EventBridgeConnection.failure("InvalidConnectionState", "\(self) got no answer: \(error.message)")
        }
        let found = try? JSONParser.parse(String(decoding: answer.body, as: UTF8.self))
        guard answer.status < 300, let token = found?["access_token"]?.string, !token.isEmpty else {
            let reason = found?["error"]?.string.map { ", \($0)" } ?? ""
            throw EventBridgeConnection.failure(
                "InvalidConnectionState", "\(self) got no token: status \(answer.status)\(reason)")
        }
        let kind = found?["token_type"]?.string ?? "Bearer"
        let seconds = found?["expires_in"].flatMap { $0.number?.int64 ?? $0.string.flatMap { Int64($0) } }
        return OAuthTokens.Token(
            authorization: "\(kind.lowercased() == "bearer" ? "Bearer" : kind) \(token)",
            goodUntil: seconds.map { now + OAuthTokens.goodMilliseconds(lifetimeSeconds: $0) })
    }

    /// The client's id and secret are members of the body, or parameters where a GET has none; a body is a form, unless the connection's
    /// own header says that it is JSON.
    private func request() -> HTTPRequest {
        let address = HTTPExchange.address(endpoint)
        var request = HTTPRequest(
            method: method, endpoint: address.endpoint, path: address.path, parameters: address.parameters + parameters,
            headers: headers)
        let given: [HTTPRequest.Field] = [
            .init("grant_type", "client_credentials"), .init("client_id", id), .init("client_secret", secret),
        ]
        let members = given.filter { member in !body.contains { $0.name == member.name } } + body
        guard method != "GET" else {
            request.parameters += members
            return request
        }
        let type = headers.first { $0.name.lowercased() == "content-type" }?.value
        if type?.lowercased().hasPrefix("application/json") == true {
            var object = JSONObject()
            for member in members { object[JSONString(member.name)] = .string(member.value) }
            request.body = JSONWriter.bytes(.object(object))
        } else {
            request.body = HTTPExchange.form(members)
            if type == nil { request.headers.append(.init("Content-Type", "application/x-www-form-urlencoded")) }
        }
        return request
    }
}
