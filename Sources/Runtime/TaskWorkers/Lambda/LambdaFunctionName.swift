/// How a Lambda function is named: `name`, `account:function:name` or an ARN, each with `:qualifier` behind it or not.
struct LambdaFunctionName: Sendable, Equatable {
    /// As it was written.
    var text: String
    var name: String
    /// A version or alias; nil for `$LATEST`.
    var qualifier: String?

    init(_ text: String) {
        self.text = text
        var parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if let marker = parts.firstIndex(of: "function") { parts.removeFirst(marker + 1) }
        name = parts.first.map(String.init) ?? ""
        qualifier = parts.count > 1 ? String(parts[1]) : nil
    }

    /// The function's ARN with a version.
    func arn(region: String, accountID: String) -> String {
        let end = "function:\(name):\(qualifier ?? "$LATEST")"
        guard text.hasPrefix("arn:") else { return "arn:aws:lambda:\(region):\(accountID):\(end)" }
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return "\(parts.prefix(5).joined(separator: ":")):\(end)"
    }
}
