public import AccessPolicy
import Foundation
import JSON
import StatesLanguage

/// The file that `--credentials` names: users with their access keys and policies, in YAML or JSON. Source: docs/configuration.md.
public enum AccessFile {
    private static let userKeys = ["arn", "tags", "accessKeys", "policies"]
    private static let keyKeys = ["accessKeyId", "secretAccessKey", "sessionToken", "expiration"]

    /// A longer file is refused unread.
    private static let bytesMax = 4 << 20

    /// - Parameters:
    ///   - path: policies that are paths start at its folder.
    ///   - account: of users whose ARN is not given.
    /// - Throws: with file, line and column for what is wrong.
    public static func users(readingFrom path: String, account: String) throws(BadInput) -> [AccessUser] {
        let document = try YAMLDocument(
            try TextFile.read(path, what: "file of credentials", bytesMax: bytesMax), name: path)
        let file = try ConfigurationFields(document.value, document, name: path, path: .root, known: ["users"])
        let all = try file.child("users", known: nil)
        guard !all.object.isEmpty else { throw file.problem("users", "must name at least one user") }
        let folder = URL(filePath: path).standardizedFileURL.deletingLastPathComponent()
        var users: [AccessUser] = []
        var known: Set<String> = []
        for member in all.object {
            let name = member.key.text
            let fields = try all.child(name, known: userKeys)
            let keys = try accessKeys(fields)
            for key in keys where !known.insert(key.id).inserted {
                throw fields.problem("accessKeys", "has \"\(key.id)\", which another entry of the file has too")
            }
            let tags = try fields.child("tags", known: nil)
            var principalTags: [(key: String, value: String)] = []
            for tag in tags.object { principalTags.append((tag.key.text, try tags.string(tag.key.text) ?? "")) }
            users.append(
                AccessUser(
                    name: name, arn: try fields.string("arn") ?? "arn:aws:iam::\(account):user/\(name)",
                    tags: principalTags, keys: keys, policies: try policies(fields, folder)))
        }
        return users
    }

    private static func accessKeys(_ user: ConfigurationFields) throws(BadInput) -> [AccessKey] {
        var keys: [AccessKey] = []
        for fields in try user.children("accessKeys", known: keyKeys) {
            guard let id = try fields.string("accessKeyId"), !id.isEmpty, isPlain(id) else {
                throw fields.problem("accessKeyId", "must be letters, digits, - and _")
            }
            guard let secret = try fields.string("secretAccessKey"), !secret.isEmpty else {
                throw fields.problem("secretAccessKey", "must be given")
            }
            var expiry: Int64?
            if let text = try fields.string("expiration") {
                expiry = PolicyTime.epochMilliseconds(text)
                if expiry == nil { throw fields.problem("expiration", "must be a time such as 2026-01-31T10:00:00Z") }
            }
            keys.append(
                AccessKey(
                    id: id, secret: secret, sessionToken: try fields.string("sessionToken"), expiresAt: expiry))
        }
        return keys
    }

    private static func isPlain(_ id: String) -> Bool {
        id.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
    }

    /// Policy documents, or paths of JSON files that hold one.
    private static func policies(_ user: ConfigurationFields, _ folder: URL) throws(BadInput) -> [PolicyDocument] {
        guard let given = user.object["policies"], !given.isNull else { return [] }
        guard case .array(let list) = given else { throw user.problem("policies", "must be a list") }
        var policies: [PolicyDocument] = []
        for (index, item) in list.enumerated() {
            do {
                var value = item
                if let file = item.string {
                    let path = URL(filePath: file, relativeTo: folder).standardizedFileURL.path
                    let text = try TextFile.read(path, what: "policy", bytesMax: bytesMax)
                    value = try JSONParser.parse(text)
                }
                policies.append(try PolicyDocument(value))
            } catch let error as BadInput {
                throw error
            } catch {
                throw user.problem("policies", "has a policy that is wrong: number \(index + 1), \(error)")
            }
        }
        return policies
    }
}
