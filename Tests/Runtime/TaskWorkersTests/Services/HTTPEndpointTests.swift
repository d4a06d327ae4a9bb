import AWSClient
import Engine
import JSON
import Synchronization
import Testing

@testable import TaskWorkers

/// HTTP tasks whose connection authorizes them, against EventBridge, Secrets Manager, an authorization server and an API that are one script.
@Suite("HTTP endpoints with a connection")
struct HTTPEndpointTests {
    private static let connectionArn = "arn:aws:events:us-east-1:123456789012:connection/partner/1"

    /// What the script answers, and what it counts.
    private final class World: Sendable {
        let kind: String
        let state: String
        let secret: JSONValue
        let parameters: JSONValue
        /// The authorization server's answer to the n-th request, from 1.
        let token: @Sendable (Int) -> (status: Int, body: JSONValue)
        /// The API's status for what a request is authorized with.
        let status: @Sendable (String?) -> Int
        private let counts = Mutex([String: Int]())

        init(
            kind: String = "OAUTH_CLIENT_CREDENTIALS", state: String = "AUTHORIZED",
            secret: JSONValue = ["client_id": "me", "client_secret": "hush"], parameters: JSONValue = [:],
            token: @escaping @Sendable (Int) -> (status: Int, body: JSONValue) = { n in
                (200, ["access_token": .string("t\(n)"), "token_type": "bearer", "expires_in": 3600])
            },
            status: @escaping @Sendable (String?) -> Int = { _ in 200 }
        ) {
            (self.kind, self.state, self.secret, self.parameters) = (kind, state, secret, parameters)
            (self.token, self.status) = (token, status)
        }

        func answer(_ call: ScriptedService.Call) -> (status: Int, body: JSONValue) {
            let number = counts.withLock { counts in
                counts[call.action, default: 0] += 1
                return counts[call.action, default: 0]
            }
            switch call.action {
            case "DescribeConnection":
                return (
                    200,
                    [
                        "AuthorizationType": .string(kind), "ConnectionState": .string(state),
                        "SecretArn": "arn:secret",
                        "AuthParameters": parameters,
                    ]
                )
            case "GetSecretValue": return (200, ["SecretString": .string(JSONWriter.text(secret))])
            case let path where path.hasPrefix("/token"): return token(number)
            default: return (status(call.authorization), ["path": .string(call.action)])
            }
        }
    }

    private func service(_ world: World) throws -> ScriptedService { try ScriptedService { world.answer($0) } }

    private func task(_ service: ScriptedService, _ more: JSONObject = [:]) throws -> ServiceTask {
        var input: JSONObject = [
            "ApiEndpoint": .string("\(service.url)/orders"), "Method": "POST",
            "Authentication": ["ConnectionArn": .string(Self.connectionArn)],
        ]
        for member in more { input[member.key] = member.value }
        return try ServiceTask(
            TaskRequest(
                taskID: "t", executionArn: "arn:aws:states:us-east-1:123456789012:execution:m:e",
                stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:m", roleArn: "", stateName: "S",
                resource: "arn:aws:states:::http:invoke", input: JSONWriter.text(.object(input)), taskToken: nil),
            service.client, ServiceTaskSettings(region: "us-east-1"))
    }

    private func oauth(_ service: ScriptedService, method: String = "POST", _ http: JSONValue = [:]) -> JSONValue {
        [
            "OAuthParameters": [
                "AuthorizationEndpoint": .string("\(service.url)/token?from=here"), "HttpMethod": .string(method),
                "ClientParameters": ["ClientID": "me"], "OAuthHttpParameters": http,
            ]
        ]
    }

    /// A world whose authorization server is on the same address as everything else.
    private func oauthService(
        method: String = "POST", http: JSONValue = [:],
        secret: JSONValue = ["client_id": "me", "client_secret": "hush"],
        token: (@Sendable (Int) -> (status: Int, body: JSONValue))? = nil,
        status: @escaping @Sendable (String?) -> Int = { _ in 200 }
    ) throws -> ScriptedService {
        let world = Mutex<World?>(nil)
        let service = try ScriptedService { call in world.withLock { $0 }?.answer(call) ?? (500, [:]) }
        let parameters = oauth(service, method: method, http)
        world.withLock {
            $0 =
                token.map { World(secret: secret, parameters: parameters, token: $0, status: status) }
                ?? World(secret: secret, parameters: parameters, status: status)
        }
        return service
    }

    private func failure(_ endpoint: HTTPEndpoint, _ task: ServiceTask) -> TaskFailure? {
        do throws(TaskFailure) {
            _ = try endpoint.perform(task)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "A token is asked for with the client's id and secret as a form, and used for every call until it is about to end"
    )
    func tokenIsKept() throws {
        let service = try oauthService(
            http: ["BodyParameters": [["Key": "scope", "Value": "all of it", "IsValueSecret": false]]])
        let endpoint = HTTPEndpoint()
        for _ in 0..<3 {
            let output = try endpoint.perform(try task(service))
            #expect(output["StatusCode"] == 200)
        }
        let tokens = service.log.filter { $0.action.hasPrefix("/token") }
        #expect(tokens.map(\.action) == ["/token?from=here"])
        #expect(
            tokens.first?.body == "grant_type=client_credentials&client_id=me&client_secret=hush&scope=all%20of%20it")
        #expect(
            service.log.filter { $0.action == "/orders" }.map(\.authorization)
                == Array(repeating: "Bearer t1", count: 3))
    }

    @Test("A connection whose own header says JSON gets its token with a JSON body, one with GET with parameters")
    func bodies() throws {
        let json = try oauthService(
            http: ["HeaderParameters": [["Key": "content-type", "Value": "application/json"]]],
            secret: [
                "client_id": "me", "client_secret": "hush",
                "oauth_http_parameters": ["body_parameters": [["key": "audience", "value": "them"]]],
            ])
        _ = try HTTPEndpoint().perform(try task(json))
        #expect(
            json.log.first { $0.action.hasPrefix("/token") }?.input
                == ["grant_type": "client_credentials", "client_id": "me", "client_secret": "hush", "audience": "them"])
        let get = try oauthService(method: "GET")
        _ = try HTTPEndpoint().perform(try task(get))
        let asked = get.log.first { $0.action.hasPrefix("/token") }
        #expect(asked?.body == "")
        #expect(asked?.action.contains("client_id=me") == true && asked?.action.contains("from=here") == true)
    }

    @Test("A token that ends in a minute and a half is good for 45 s, and one that has ended is asked for anew")
    func expiry() throws {
        #expect(OAuthTokens.goodMilliseconds(lifetimeSeconds: 3600) == 3_540_000)
        #expect(OAuthTokens.goodMilliseconds(lifetimeSeconds: 90) == 45_000)
        #expect(OAuthTokens.goodMilliseconds(lifetimeSeconds: .max) > 0)
        #expect(OAuthTokens.goodMilliseconds(lifetimeSeconds: -5) == 0)
        let service = try oauthService(token: { n in
            (200, ["access_token": .string("t\(n)"), "expires_in": n == 1 ? 90 : "90"])
        })
        let time = Mutex<Int64>(0)
        let tokens = OAuthTokens { time.withLock { $0 } }
        let client = OAuthClient(
            endpoint: "\(service.url)/token", method: "POST", id: "me", secret: "hush", headers: [], parameters: [],
            body: [])
        let task = try task(service)
        var seen: [String] = []
        for now: Int64 in [0, 44_999, 45_000, 60_000, 90_000] {
            time.withLock { $0 = now }
            seen.append(try tokens.token("c", client, task, refused: nil).authorization)
        }
        #expect(seen == ["Bearer t1", "Bearer t1", "Bearer t2", "Bearer t2", "Bearer t3"])
        var changed = client
        changed.secret = "new"
        #expect(try tokens.token("c", changed, task, refused: nil).authorization == "Bearer t4")
    }

    @Test("Many tasks at once ask for one token, and one more when the API refuses it", .timeLimit(.minutes(1)))
    func singleFlight() async throws {
        let service = try oauthService(status: { $0 == "Bearer t1" ? 401 : 200 })
        let endpoint = HTTPEndpoint()
        let task = try task(service)
        let codes = Mutex<[JSONValue?]>([])
        for _ in 0..<12 {
            try BlockingThread.start {
                let code = try? endpoint.perform(task)["StatusCode"]
                codes.withLock { $0.append(code) }
            }
        }
        while codes.withLock({ $0.count }) < 12 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(codes.withLock { $0 } == Array(repeating: 200, count: 12))
        #expect(service.actions.filter { $0.hasPrefix("/token") }.count == 2)
    }

    @Test("An API that refuses the second token too is not asked a third time")
    func refusedTwice() throws {
        let service = try oauthService(status: { _ in 401 })
        #expect(failure(HTTPEndpoint(), try task(service))?.error == "States.Http.StatusCode.401")
        #expect(service.actions.filter { $0 == "/orders" }.count == 2)
        #expect(service.actions.filter { $0.hasPrefix("/token") }.count == 2)
    }

    @Test("An authorization server's refusal is AWS's error of a connection, and tells no secret")
    func noToken() throws {
        let service = try oauthService(token: { _ in (400, ["error": "invalid_client", "hint": "hush is wrong"]) })
        let found = failure(HTTPEndpoint(), try task(service))
        #expect(found?.error == "Events.ConnectionResource.InvalidConnectionState")
        #expect(found?.cause.contains("status 400, invalid_client") == true)
        #expect(found?.cause.contains("hush") == false)
        #expect(!service.actions.contains("/orders"))
        let client = OAuthClient(
            endpoint: "e", method: "POST", id: "me", secret: "hush", headers: [], parameters: [], body: [])
        #expect(!"\(client) \(String(reflecting: client))".contains("hush"))
        #expect(!"\([OAuthTokens.Token(authorization: "Bearer hush", goodUntil: nil)])".contains("hush"))
    }

    @Test("Connections that can't be used are told by AWS's names")
    func connectionErrors() throws {
        for (state, name) in [("AUTHORIZING", "AuthInProgress"), ("DEAUTHORIZED", "InvalidConnectionState")] {
            let service = try service(World(state: state))
            #expect(failure(HTTPEndpoint(), try task(service))?.error == "Events.ConnectionResource.\(name)")
        }
        for (code, name) in [
            ("ResourceNotFoundException", "ResourceNotFound"), ("AccessDeniedException", "AccessDenied"),
            ("ValidationException", "InternalError"),
        ] {
            let service = try ScriptedService { _ in (400, ["__type": .string(code), "message": "no"]) }
            let found = failure(HTTPEndpoint(), try task(service))
            #expect(found?.error == "Events.ConnectionResource.\(name)")
            #expect(found?.cause == "no")
        }
    }

    @Test("Headers, parameters and members of the body that the connection has take the place of the task's")
    func merging() throws {
        let service = try service(
            World(
                kind: "BASIC",
                secret: [
                    "username": "u", "password": "p",
                    "invocation_http_parameters": ["body_parameters": [["key": "mode", "value": "safe"]]],
                ],
                parameters: ["InvocationHttpParameters": ["QueryStringParameters": [["Key": "size", "Value": "9"]]]]))
        _ = try HTTPEndpoint().perform(
            try task(
                service,
                [
                    "RequestBody": ["mode": "wild", "id": 7], "QueryParameters": ["size": "1", "page": "2"],
                    "Headers": ["authorization": "mine"],
                ]))
        let sent = service.log.last
        #expect(sent?.action == "/orders?page=2&size=9")
        #expect(sent?.input == ["mode": "safe", "id": 7])
        #expect(sent?.authorization == "Basic dTpw")
        let text = try task(service, ["RequestBody": "plain"])
        #expect(failure(HTTPEndpoint(), text)?.error == "States.Runtime")
    }
}
