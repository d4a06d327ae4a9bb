import Foundation
import Signatures

/// The environment and the files of AWS's command line, as one place to ask.
struct SharedConfiguration: Sendable {
    let environment: [String: String]
    let profile: String
    private let config: ProfileFile
    private let keys: ProfileFile
    let home: String

    init(environment: [String: String], profile: String?) {
        self.environment = environment
        func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        home = variable("HOME") ?? ""
        self.profile = profile ?? variable("AWS_PROFILE") ?? variable("AWS_DEFAULT_PROFILE") ?? "default"
        config = ProfileFile(Self.text(variable("AWS_CONFIG_FILE") ?? "\(home)/.aws/config"))
        keys = ProfileFile(Self.text(variable("AWS_SHARED_CREDENTIALS_FILE") ?? "\(home)/.aws/credentials"))
    }

    /// A variable that is set and not empty.
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// A profile's settings of both files, those of the credentials file first; empty when there is none.
    func settings(_ name: String) -> [String: String] {
        let own = config.section(name == "default" ? name : "profile \(name)") ?? config.section("profile \(name)")
        return (own ?? [:]).merging(keys.section(name) ?? [:]) { $1 }
    }

    /// An `[sso-session NAME]` section.
    func session(_ name: String) -> [String: String] { config.section("sso-session \(name)") ?? [:] }

    /// The region that environment or profile name.
    var region: String? {
        variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION") ?? settings(profile)["region"]
    }

    var usesFIPS: Bool {
        (variable("AWS_USE_FIPS_ENDPOINT") ?? settings(profile)["use_fips_endpoint"])?.lowercased() == "true"
    }

    var attemptsMax: Int {
        (variable("AWS_MAX_ATTEMPTS") ?? settings(profile)["max_attempts"]).flatMap { Int($0) }
            ?? Retry.attemptsDefault
    }

    /// Endpoints that environment and profile name.
    func endpoints(usesFIPS: Bool) -> Endpoints {
        let settings = settings(profile)
        var endpoints = Endpoints(ofAll: nil, ofService: [:], usesFIPS: usesFIPS)
        if variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")?.lowercased() == "true" { return endpoints }
        let services = settings["services"].flatMap { config.section("services \($0)") } ?? [:]
        for (key, value) in services where key.hasSuffix(".endpoint_url") {
            endpoints.ofService[key.dropLast(".endpoint_url".count).uppercased()] = value
        }
        let prefix = "AWS_ENDPOINT_URL_"
        for (key, value) in environment where key.hasPrefix(prefix) && !value.isEmpty {
            endpoints.ofService[String(key.dropFirst(prefix.count))] = value
        }
        endpoints.ofAll = variable("AWS_ENDPOINT_URL") ?? settings["endpoint_url"]
        // The environment's endpoint of all goes before a profile's of one service.
        if let all = variable("AWS_ENDPOINT_URL") {
            endpoints.ofService = endpoints.ofService.filter { environment[prefix + $0.key] != nil }
            endpoints.ofAll = all
        }
        return endpoints
    }

    private static func text(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
