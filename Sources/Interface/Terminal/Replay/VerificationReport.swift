public import JSON
public import Replay

/// Whether a log is what would be decided today.
public struct VerificationReport: Sendable {
    private let eventCount: Int
    private let sameCount: Int
    private let profiles: [(name: String, count: Int)]
    private let differences: [EventDifference]

    /// - Parameter profiles: how many executions were written under which settings.
    public init(
        eventCount: Int, sameCount: Int, profiles: [(name: String, count: Int)], differences: [EventDifference]
    ) {
        self.eventCount = eventCount
        self.sameCount = sameCount
        self.profiles = profiles
        self.differences = differences
    }

    public var json: JSONObject {
        [
            "events": .integer(eventCount), "same": .integer(sameCount), "different": .integer(differences.count),
            "profiles": .array(profiles.map { ["name": .string($0.name), "executions": .integer($0.count)] }),
            "differences": .array(differences.map(\.json)),
        ]
    }

    public var lines: [String] {
        let under = profiles.map { "\($0.count) with limits \($0.name)" }.joined(separator: ", ")
        var lines = [
            "\(eventCount) events: \(sameCount) executions are as they would be decided today"
                + (under.isEmpty ? "" : " (\(under))") + ", \(differences.count) are not"
        ]
        for difference in differences {
            lines.append("\(difference.executionArn), event \(difference.sequence): \(difference.message)")
            for member in difference.members {
                lines.append("  \(member.place)")
                lines.append("    recorded: \(LineText.clipped(member.left?.description ?? "nothing", to: 300))")
                lines.append("    today:    \(LineText.clipped(member.right?.description ?? "nothing", to: 300))")
            }
            if difference.members.isEmpty {
                lines.append(
                    "    recorded: \(LineText.clipped(difference.recorded?.description ?? "nothing", to: 300))")
                lines.append("    today:    \(LineText.clipped(difference.decided?.description ?? "nothing", to: 300))")
            }
        }
        return lines
    }
}
