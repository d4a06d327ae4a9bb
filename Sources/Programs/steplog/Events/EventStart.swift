import EventLog
import Foundation
import Terminal

/// Where reading begins.
struct EventStart {
    let position: ReadPosition

    /// - Parameter text: `beginning`, `end`, or an RFC 3339 time.
    init(_ text: String) throws(BadInput) {
        switch text {
        case "beginning": position = .beginning
        case "end": position = .end
        default:
            let whole = try? Date(text, strategy: Date.ISO8601FormatStyle())
            guard
                let date = whole
                    ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
            else {
                throw BadInput("--from \(text): beginning, end, or a time such as 2026-01-31T10:00:00Z is expected")
            }
            position = .time(Int64((date.timeIntervalSince1970 * 1_000).rounded()))
        }
    }
}
