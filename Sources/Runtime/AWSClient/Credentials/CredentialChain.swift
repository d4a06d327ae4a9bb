import Foundation
import JSON
import Signatures

/// Whose credentials are used when nothing else is said, sought in the order of AWS's SDKs: environment, web identity, profile
/// (its keys, role, SSO session or process), container, instance. Source: AWS SDKs and Tools Reference Guide, credential providers.
struct CredentialChain: Sendable {
    let shared: SharedConfiguration
    let transport: HTTPTransport
    let tokens: SecurityTokenService
    let region: String

    private static let profileDepthMax = 8

    func credentials() throws(ServiceFailure) -> TemporaryCredentials {
        if shared.variable("AWS_PROFILE") == nil, let id = shared.variable("AWS_ACCESS_KEY_ID"),
            let secret = shared.variable("AWS_SECRET_ACCESS_KEY")
        {
            return TemporaryCredentials(
                Credentials(
                    accessKeyID: id, secretAccessKey: secret, sessionToken: shared.variable("AWS_SESSION_TOKEN")))
        }
        if let role = shared.variable("AWS_ROLE_ARN"), let file = shared.variable("AWS_WEB_IDENTITY_TOKEN_FILE") {
            return try webIdentity(role, file, shared.variable("AWS_ROLE_SESSION_NAME"))
        }
        if let found = try profile(shared.profile, depth: 0) { return found }
        if let found = try container() { return found }
        if let found = try instance() { return found }
        throw .noCredentials(
            "no keys in the environment, in the profile \(shared.profile), from a container or an instance")
    }

    // MARK: - Profiles

    private func profile(_ name: String, depth: Int) throws(ServiceFailure) -> TemporaryCredentials? {
        guard depth < Self.profileDepthMax else { throw .noCredentials("source_profile of \(name) leads in a circle") }
        let settings = shared.settings(name)
        if let role = settings["role_arn"] {
            if let file = settings["web_identity_token_file"] {
                return try webIdentity(role, file, settings["role_session_name"])
            }
            return try assumed(role, settings, name, depth)
        }
        if let id = settings["aws_access_key_id"], let secret = settings["aws_secret_access_key"] {
            return TemporaryCredentials(
                Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: settings["aws_session_token"]))
        }
        if settings["sso_account_id"] != nil { return try singleSignOn(settings, name) }
        if let command = settings["credential_process"] {
            return try CredentialProcess.credentials(command)
        }
        return nil
    }

    private func assumed(
        _ role: String, _ settings: [String: String], _ name: String, _ depth: Int
    ) throws(ServiceFailure) -> TemporaryCredentials {
        let base: TemporaryCredentials?
        if let source = settings["source_profile"] {
            base = source == name ? keys(settings) : try profile(source, depth: depth + 1)
        } else {
            switch settings["credential_source"] {
            case "Environment":
                base = keys([
                    "aws_access_key_id": shared.variable("AWS_ACCESS_KEY_ID") ?? "",
                    "aws_secret_access_key": shared.variable("AWS_SECRET_ACCESS_KEY") ?? "",
                    "aws_session_token": shared.variable("AWS_SESSION_TOKEN") ?? "",
                ])
            case "EcsContainer": base = try container()
            case "Ec2InstanceMetadata": base = try instance()
            default: throw .noCredentials("profile \(name) has role_arn without source_profile or credential_source")
            }
        }
        guard let base else { throw .noCredentials("the source of profile \(name)'s role has no keys") }
        return try tokens.assumeRole(
            role, sessionName: settings["role_session_name"] ?? "steplog", externalID: settings["external_id"],
            durationSeconds: settings["duration_seconds"].flatMap { Int($0) } ?? 3600, region: region, base.credentials)
    }

    private func keys(_ settings: [String: String]) -> TemporaryCredentials? {
        guard let id = settings["aws_access_key_id"], let secret = settings["aws_secret_access_key"], !id.isEmpty
        else { return nil }
        let token = settings["aws_session_token"].flatMap { $0.isEmpty ? nil : $0 }
        return TemporaryCredentials(Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token))
    }

    private func webIdentity(
        _ role: String, _ file: String, _ sessionName: String?
    ) throws(ServiceFailure) -> TemporaryCredentials {
        guard let token = FileManager.default.contents(atPath: file) else {
            throw .noCredentials("the web identity's token file \(file) can't be read")
        }
        let text = String(decoding: token, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return try tokens.assumeRole(
            role, sessionName: sessionName ?? "steplog", webIdentityToken: text, region: region, nil)
    }

    /// Asks SSO's portal with the token that `aws sso login` left in its cache.
    private func singleSignOn(
        _ settings: [String: String], _ name: String
    ) throws(ServiceFailure) -> TemporaryCredentials {
        let session = settings["sso_session"]
        let merged = settings.merging(session.map { shared.session($0) } ?? [:]) { $1 }
        guard let account = merged["sso_account_id"], let role = merged["sso_role_name"],
            let region = merged["sso_region"], let key = session ?? merged["sso_start_url"]
        else {
            throw .noCredentials("profile \(name) lacks sso_account_id, sso_role_name, sso_region or sso_start_url")
        }
        let path = "\(shared.home)/.aws/sso/cache/\(CredentialProcess.cacheName(key)).json"
        let cached = FileManager.default.contents(atPath: path).flatMap { try? JSONParser.parse(Array($0)) }
        guard let token = cached?["accessToken"]?.string,
            let end = cached?["expiresAt"]?.string.flatMap(TimestampText.epochMilliseconds),
            end > Moment.epochMilliseconds
        else {
            throw .noCredentials("the SSO session of profile \(name) has ended; run: aws sso login --profile \(name)")
        }
        let place = tokens.endpoints.resolve(prefix: "portal.sso", serviceID: "SSO", region: region)
        let request = HTTPRequest(
            method: "GET", endpoint: place.endpoint, path: "/federation/credentials",
            parameters: [.init("role_name", role), .init("account_id", account)],
            headers: [.init("x-amz-sso_bearer_token", token)])
        let answer = try ask(request, seconds: 10)
        let made = (try? JSONParser.parse(answer.body))?["roleCredentials"]
        guard answer.status == 200, let id = made?["accessKeyId"]?.string, let secret = made?["secretAccessKey"]?.string
        else { throw .noCredentials("SSO refused credentials for profile \(name): HTTP \(answer.status)") }
        return TemporaryCredentials(
            Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: made?["sessionToken"]?.string),
            expiration: made?["expiration"]?.number?.int64)
    }

    // MARK: - Containers and instances

    private func container() throws(ServiceFailure) -> TemporaryCredentials? {
        var endpoint = "http://169.254.170.2"
        var path = ""
        if let relative = shared.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
            path = relative
        } else if let full = shared.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI"), let address = ServerAddress(full) {
            // Source: container credential provider: plain http only to this machine and to the agents' addresses.
            let agents = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23", "localhost", "::1"]
            guard address.isSecure || agents.contains(address.host) || address.host.hasPrefix("127.") else {
                throw .noCredentials("AWS_CONTAINER_CREDENTIALS_FULL_URI names \(address.host) over plain http")
            }
            endpoint = "\(address.isSecure ? "https" : "http")://\(address.authority)"
            let query = full.split(separator: "?", maxSplits: 1).dropFirst().first.map { "?\($0)" } ?? ""
            path = (address.basePath.isEmpty ? "/" : address.basePath) + query
        } else {
            return nil
        }
        var headers: [HTTPRequest.Field] = [.init("Accept", "application/json")]
        if let token = shared.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN") {
            headers.append(.init("Authorization", token))
        } else if let file = shared.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"),
            let bytes = FileManager.default.contents(atPath: file)
        {
            headers.append(.init("Authorization", String(decoding: bytes, as: UTF8.self).filter { !$0.isNewline }))
        }
        let query = path.split(separator: "?", maxSplits: 1)
        let parameters =
            query.count < 2
            ? []
            : query[1].split(separator: "&").map { pair -> HTTPRequest.Field in
                let parts = pair.split(separator: "=", maxSplits: 1)
                return HTTPRequest.Field(
                    PercentCoding.decode(parts.first ?? ""), parts.count == 2 ? PercentCoding.decode(parts[1]) : "")
            }
        let request = HTTPRequest(
            method: "GET", endpoint: endpoint, path: query.first.map(String.init) ?? "/", parameters: parameters,
            headers: headers)
        return try read(try ask(request, seconds: 5), "the container's endpoint")
    }

    /// Instance metadata, version 2 only.
    private func instance() throws(ServiceFailure) -> TemporaryCredentials? {
        if shared.variable("AWS_EC2_METADATA_DISABLED")?.lowercased() == "true" { return nil }
        let endpoint = shared.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? "http://169.254.169.254"
        let base = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
        let ask = HTTPRequest(
            method: "PUT", endpoint: base, path: "/latest/api/token",
            headers: [.init("x-aws-ec2-metadata-token-ttl-seconds", "21600")])
        // No such address: this is no instance.
        guard let token = try? transport.send(ask, timeoutSeconds: 1), token.status == 200 else { return nil }
        let proof = [HTTPRequest.Field("x-aws-ec2-metadata-token", String(decoding: token.body, as: UTF8.self))]
        let path = "/latest/meta-data/iam/security-credentials/"
        let role = try self.ask(HTTPRequest(method: "GET", endpoint: base, path: path, headers: proof), seconds: 2)
        guard role.status == 200,
            let name = String(decoding: role.body, as: UTF8.self).split(whereSeparator: \.isNewline).first
        else { return nil }
        let answer = try self.ask(
            HTTPRequest(method: "GET", endpoint: base, path: path + name, headers: proof), seconds: 2)
        return try read(answer, "the instance's metadata")
    }

    private func read(_ answer: HTTPAnswer, _ source: String) throws(ServiceFailure) -> TemporaryCredentials {
        guard answer.status == 200, let value = try? JSONParser.parse(answer.body),
            let made = TemporaryCredentials(json: value)
        else { throw .noCredentials("\(source) answered HTTP \(answer.status) without credentials") }
        return made
    }

    private func ask(_ request: HTTPRequest, seconds: Int) throws(ServiceFailure) -> HTTPAnswer {
        do throws(HTTPTransport.Failure) {
            return try transport.send(request, timeoutSeconds: seconds)
        } catch {
            throw .noCredentials(error.message)
        }
    }
}

extension TemporaryCredentials {
    /// Of the JSON that containers, instances and processes give; nil where a key is missing.
    init?(json value: JSONValue) {
        guard let id = value["AccessKeyId"]?.string, let secret = value["SecretAccessKey"]?.string else { return nil }
        self.init(
            Credentials(
                accessKeyID: id, secretAccessKey: secret,
                sessionToken: (value["Token"] ?? value["SessionToken"])?.string),
            expiration: value["Expiration"]?.string.flatMap(TimestampText.epochMilliseconds))
    }
}
