public import Signatures

/// Where the API is and who asks, found as AWS's command line finds them: an option, else the environment, else the profile.
///
/// One thing is different: where nothing names an endpoint it is `steplog dev` on this machine, not AWS.
/// Source: AWS SDKs and Tools Reference Guide, settings reference.
public struct ClientSettings: Sendable, Equatable {
    public var endpoint: String
    public var region: String
    /// nil: requests are not signed.
    public var credentials: Credentials?

    public static let endpointDefault = "http://127.0.0.1:8083"
    public static let regionDefault = "us-east-1"

    public init(endpoint: String, region: String, credentials: Credentials?) {
        self.endpoint = endpoint
        self.region = region
        self.credentials = credentials
    }

    /// - Parameters:
    ///   - endpoint, region, profile: as options gave them.
    ///   - environment: `AWS_…` and `HOME`.
    ///   - file: the text of a file; nil when there is none.
    /// - Throws: when a profile that was asked for by name is in neither file, and when it has half of a key.
    public init(
        endpoint: String? = nil, region: String? = nil, profile: String? = nil, environment: [String: String],
        file: (_ path: String) throws -> String?
    ) throws {
        func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let home = variable("HOME") ?? ""
        let config = ProfileFile(try file(variable("AWS_CONFIG_FILE") ?? "\(home)/.aws/config") ?? "")
        let keys = ProfileFile(
            try file(variable("AWS_SHARED_CREDENTIALS_FILE") ?? "\(home)/.aws/credentials") ?? "")
        let named = profile ?? variable("AWS_PROFILE") ?? variable("AWS_DEFAULT_PROFILE")
        let name = named ?? "default"
        let settings = config.section(name == "default" ? name : "profile \(name)") ?? config.section("profile \(name)")
        let secrets = keys.section(name)
        if let named, settings == nil, secrets == nil { throw ClientFailure.settings(Self.unknown(named)) }

        let isIgnoring = variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")?.lowercased() == "true"
        let services = settings?["services"].flatMap { config.section("services \($0)") }
        let configured =
            variable("AWS_ENDPOINT_URL_SFN") ?? services?["sfn.endpoint_url"] ?? variable("AWS_ENDPOINT_URL")
            ?? settings?["endpoint_url"]
        self.endpoint = endpoint ?? (isIgnoring ? nil : configured) ?? Self.endpointDefault
        self.region =
            region ?? variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION") ?? settings?["region"]
            ?? Self.regionDefault

        // A profile on the command line goes before keys in the environment, as with AWS's own.
        if profile == nil, let id = variable("AWS_ACCESS_KEY_ID"), let secret = variable("AWS_SECRET_ACCESS_KEY") {
            credentials = Credentials(
                accessKeyID: id, secretAccessKey: secret, sessionToken: variable("AWS_SESSION_TOKEN"))
        } else {
            credentials = try Self.credentials(secrets, name) ?? Self.credentials(settings, name)
        }
    }

    private static func credentials(_ section: [String: String]?, _ name: String) throws -> Credentials? {
        switch (section?["aws_access_key_id"], section?["aws_secret_access_key"]) {
        case (nil, nil): return nil
        case (let id?, let secret?):
            return Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: section?["aws_session_token"])
        case (nil, _), (_, nil):
            throw ClientFailure.settings(
                "The profile \(name) has half of a key: aws_access_key_id and aws_secret_access_key belong together.")
        }
    }

    private static func unknown(_ profile: String) -> String {
        "There is no profile \(profile) in ~/.aws/config ([profile \(profile)]) nor in ~/.aws/credentials ([\(profile)])."
    }
}
