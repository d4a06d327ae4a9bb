/// A file of `NAME=value` lines; lines that begin with `#` and empty ones count for nothing. Values are taken as they stand.
///
/// Source: ECS environmentFiles.
enum EnvironmentFile {
    /// - Parameters:
    ///   - reference: `arn:aws:s3:::bucket/key`, or a path.
    ///   - directory: where a bucket's objects are looked for (`bucket/key`, then `key`), and relative paths.
    static func read(_ reference: String, in directory: String) throws(ResourceInitializationError) -> [NameValue] {
        var candidates = [reference.hasPrefix("/") ? reference : "\(directory)/\(reference)"]
        if let object = reference.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).dropFirst(5)
            .first
        {
            let key = object.split(separator: "/", maxSplits: 1).dropFirst().first ?? object
            candidates = ["\(directory)/\(object)", "\(directory)/\(key)"]
        }
        for path in candidates {
            if let bytes = try? File.read(path, countMax: 1 << 20) {
                return parse(String(decoding: bytes, as: UTF8.self))
            }
        }
        throw ResourceInitializationError(
            "failed to download env files: \(reference): there is no file \(candidates.joined(separator: " nor "))")
    }

    static func parse(_ text: String) -> [NameValue] {
        var pairs: [NameValue] = []
        for line in text.split(whereSeparator: \.isNewline) {
            guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "="), equals != line.startIndex else {
                continue
            }
            pairs.set(String(line[..<equals]), String(line[line.index(after: equals)...]))
        }
        return pairs
    }
}
