import EventLog

/// What goes wrong on purpose: rules that requests are compared with, and the numbers that decide by chance.
public struct FaultScript: Sendable {
    /// What happens to a request.
    enum Action: Sendable, Equatable {
        /// The connection is closed and nothing is done.
        case close
        /// It is done, and the connection closed before the answer: the client cannot know.
        case closeAfter
        /// Nothing is done, and no answer ever comes.
        case drop
        /// It is done as late as this.
        case delay(milliseconds: Int64)
        /// It is done at once, and answered as late as this.
        case delayAnswer(milliseconds: Int64)
        /// Nothing is done; the answer is this error.
        case error(ErrorCode)
        /// The coordinator of this group or transactional id becomes another broker; then the request is taken.
        case moveCoordinator(key: String)
        /// This broker of the cluster is lost, and comes back after so long; then the request is taken.
        case loseBroker(Int, milliseconds: Int64?)
        /// The broker dies and starts anew on what its storage kept.
        case restart(losesUnsynced: Bool)
    }

    /// Which requests, how often, and what.
    struct Rule: Sendable {
        var api: API?
        /// How the client's id begins.
        var clientPrefix = ""
        /// So many requests that would match are left alone first.
        var skips = 0
        /// To so many it happens; nil for all.
        var times: Int? = 1
        /// With what chance, in percent.
        var percent = 100
        var action: Action
    }

    private var rules: [Rule]
    private var random: SplitMix

    init(_ rules: [Rule], seed: UInt64) {
        self.rules = rules
        random = SplitMix(seed: seed)
    }

    /// What is to happen to a request; nil when nothing is.
    mutating func action(for api: API, clientID: String) -> Action? {
        for index in rules.indices {
            let rule = rules[index]
            guard rule.api == nil || rule.api == api, clientID.hasPrefix(rule.clientPrefix), rule.times != 0 else {
                continue
            }
            if rule.skips > 0 {
                rules[index].skips -= 1
                continue
            }
            guard rule.percent >= 100 || Int(random.next() % 100) < rule.percent else { continue }
            if let times = rule.times { rules[index].times = times - 1 }
            return rule.action
        }
        return nil
    }
}
