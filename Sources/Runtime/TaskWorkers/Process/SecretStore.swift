import JSON

/// Secrets as files: `DIRECTORY/NAME` holds the secret named NAME; a name may have folders (`prod/db`).
struct SecretStore: Sendable {
    /// nil where none is configured.
    let directory: String?

    /// The value behind a container's `valueFrom`: a secret's or parameter's ARN or name. One final line break is not part of it.
    ///
    /// An ARN of Secrets Manager may go on with `:json-key:version-stage:version-id`: the key picks a member of a JSON secret;
    /// versions are not told apart. The six random characters that AWS appends to a name may be left off the file's name.
    /// - Throws: `ResourceInitializationError: …`, as ECS words it, with the file to write.
    func value(_ valueFrom: String) throws(ResourceInitializationError) -> String {
        let (name, key) = Self.nameAndKey(valueFrom)
        guard let directory else {
            throw ResourceInitializationError(
                "unable to pull secrets or registry auth: no directory of secrets is configured for \"\(name)\"")
        }
        guard !name.isEmpty, !name.split(separator: "/").contains("..") else {
            throw ResourceInitializationError(
                "unable to pull secrets or registry auth: \"\(valueFrom)\" names no secret")
        }
        let names = [name, Self.withoutSuffix(name)].compactMap { $0 }
        for candidate in names {
            guard let bytes = try? File.read("\(directory)/\(candidate)", countMax: 1 << 20) else { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            guard !key.isEmpty else { return text.hasSuffix("\n") ? String(text.dropLast()) : text }
            guard let member = (try? JSONParser.parse(text))?[JSONString(key)] else {
                throw ResourceInitializationError(
                    "unable to pull secrets or registry auth: \(directory)/\(candidate) is not a JSON object with the key \"\(key)\""
                )
            }
            return member.string ?? JSONWriter.text(member)
        }
        throw ResourceInitializationError(
            "unable to pull secrets or registry auth: there is no file \(directory)/\(names.last ?? name); write the secret to it"
        )
    }

    private static func nameAndKey(_ valueFrom: String) -> (name: String, key: String) {
        let parts = valueFrom.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn" else { return (valueFrom, "") }
        if parts[2] == "ssm" {
            let name = parts[5].hasPrefix("parameter") ? parts[5].dropFirst("parameter".count) : parts[5]
            return (String(name.drop { $0 == "/" }), "")
        }
        let rest = parts[5].split(separator: ":", omittingEmptySubsequences: false)
        let name = rest.count > 1 && rest[0] == "secret" ? rest[1] : rest[0]
        return (String(name), rest.count > 2 ? String(rest[2]) : "")
    }

    private static func withoutSuffix(_ name: String) -> String? {
        guard let dash = name.lastIndex(of: "-"), name[dash...].utf8.count == 7 else { return nil }
        return String(name[..<dash])
    }
}

/// What a task needed before its containers could start, and did not get.
struct ResourceInitializationError: Error, Sendable, Equatable {
    /// `ResourceInitializationError: …`, ECS's stopped reason.
    var stoppedReason: String

    init(_ message: String) { stoppedReason = "ResourceInitializationError: \(message)" }
}
