/// Texts that many executions have in common (ARNs, hashes of definitions), each kept once.
public struct SharedTexts: Sendable {
    private var known: [String: String] = [:]

    /// More different ones are a sign that nothing is shared; then all are let go and it begins anew.
    private static let countMax = 10_000

    public init() {}

    /// The text itself, or the same one that was seen before.
    public mutating func shared(_ text: String) -> String {
        if let earlier = known[text], earlier.utf8.elementsEqual(text.utf8) { return earlier }
        if known.count >= Self.countMax { known = [:] }
        known[text] = text
        return text
    }

    /// A start whose texts are shared.
    public mutating func shared(_ start: StartExecution) -> StartExecution {
        var start = start
        start.stateMachineArn = shared(start.stateMachineArn)
        start.stateMachineVersionArn = start.stateMachineVersionArn.map { shared($0) }
        start.stateMachineAliasArn = start.stateMachineAliasArn.map { shared($0) }
        start.roleArn = shared(start.roleArn)
        start.definitionHash = shared(start.definitionHash)
        return start
    }
}
