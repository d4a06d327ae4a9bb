public import JSON
public import Replay

/// What a changed definition would have done: a summary, then the executions one by one.
public struct WhatIfReport: Sendable {
    private let results: [WhatIfResult]

    public init(results: [WhatIfResult]) { self.results = results }

    public var json: JSONObject {
        var summary: JSONObject = ["executions": .integer(results.count)]
        for verdict in WhatIfResult.Verdict.allCases {
            summary[JSONString(verdict.rawValue)] = .integer(results.count { $0.verdict == verdict })
        }
        summary["otherOutput"] = .integer(results.count(where: \.hasOtherOutput))
        return ["summary": .object(summary), "executions": .array(results.map(\.json))]
    }

    public var lines: [String] {
        var rows = [["executions", "verdict"]]
        for verdict in WhatIfResult.Verdict.allCases {
            let count = results.count { $0.verdict == verdict }
            if count > 0 { rows.append(["\(count)", Self.text(verdict)]) }
        }
        let others = results.count(where: \.hasOtherOutput)
        if others > 0 { rows.append(["\(others)", "would have another output"]) }
        return TextTable.lines(rows, rightAligned: 1) + [""] + results.flatMap(Self.lines)
    }

    private static func lines(_ result: WhatIfResult) -> [String] {
        var lines = ["\(result.executionArn): \(text(result.verdict))"]
        if result.recordedStatus != result.status {
            lines.append("  \(result.status) instead of \(result.recordedStatus)")
        }
        if let missing = result.missing { lines.append("  at \(missing)") }
        if result.hasOtherOutput { lines.append("  another output: \(LineText.clipped(result.end ?? "", to: 300))") }
        if !result.otherInputs.isEmpty {
            lines.append("  answered though asked otherwise: \(result.otherInputs.joined(separator: ", "))")
        }
        if result.verdict != .samePath { lines += result.path.map { "  \($0.mark.rawValue) \($0.state)" } }
        return lines
    }

    private static func text(_ verdict: WhatIfResult.Verdict) -> String {
        switch verdict {
        case .samePath: "the same path"
        case .otherPath: "another path"
        case .needsResult: "needs a result that was never recorded"
        case .unending: "goes on for too long"
        case .refused: "would be refused"
        }
    }
}
