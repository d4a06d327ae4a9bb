import Terminal

/// librdkafka's settings as they are given on the command line.
enum KafkaProperties {
    /// - Parameter texts: `NAME=VALUE` each; a later one of the same name counts.
    static func parse(_ texts: [String]) throws(BadInput) -> [String: String] {
        var properties: [String: String] = [:]
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                // The value is not shown: it may be a password.
                throw BadInput(
                    "--property \(parts.first ?? ""): a setting of librdkafka is given as NAME=VALUE, e.g. security.protocol=ssl"
                )
            }
            properties[parts[0]] = parts[1]
        }
        return properties
    }
}
