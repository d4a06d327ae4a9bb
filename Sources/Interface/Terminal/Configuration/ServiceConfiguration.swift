import Foundation
import JSON

/// What the configuration says of AWS: the keys below `aws`. Source: docs/configuration.md.
public struct ServiceConfiguration: Sendable, Equatable {
    public var region: String?
    public var profile: String?
    public var endpointURL: String?
    /// By service id, in capitals.
    public var endpointURLs: [String: String] = [:]
    public var modelsDirectory: String?
    public var usesFIPS: Bool?
    public var attemptsMax: Int?
    public var assumesStateMachineRoles = false

    static let keys = [
        "region", "profile", "endpointUrl", "endpoints", "modelsDirectory", "useFips", "maxAttempts",
        "assumeStateMachineRoles",
    ]

    /// - Returns: nil where nothing is said.
    init?(_ fields: ConfigurationFields, folder: String) throws(BadInput) {
        if fields.object.isEmpty { return nil }
        region = try fields.string("region")
        profile = try fields.string("profile")
        endpointURL = try Self.address(fields, "endpointUrl")
        let endpoints = try fields.child("endpoints", known: nil)
        for member in endpoints.object {
            let name = member.key.text.uppercased().replacing("-", with: "_").replacing(" ", with: "_")
            endpointURLs[name] = try Self.address(endpoints, member.key.text)
        }
        modelsDirectory = try fields.string("modelsDirectory").map {
            URL(filePath: $0, relativeTo: URL(filePath: folder, directoryHint: .isDirectory)).standardizedFileURL.path
        }
        usesFIPS = try fields.bool("useFips")
        if let text = try fields.string("maxAttempts") {
            guard let count = Int(text), (1...100).contains(count) else {
                throw fields.problem("maxAttempts", "must be a number from 1 to 100")
            }
            attemptsMax = count
        }
        assumesStateMachineRoles = try fields.bool("assumeStateMachineRoles") ?? false
    }

    private static func address(_ fields: ConfigurationFields, _ key: String) throws(BadInput) -> String? {
        guard let text = try fields.string(key) else { return nil }
        guard text.hasPrefix("http://") || text.hasPrefix("https://") else {
            throw fields.problem(key, "must be an address that begins with http:// or https://")
        }
        return text
    }
}
