import Engine
import LogReplay
import StatesLanguage
import Terminal

/// A moment of an execution as users name it: the id of an event in its history, `#` and a sequence, or a time.
struct PastMoment {
    let limit: LogFold.Limit

    init(_ text: String) throws(BadInput) {
        if let id = Int64(text), id > 0 {
            limit = .event(id)
        } else if text.hasPrefix("#"), let sequence = Int64(text.dropFirst()), sequence > 0 {
            limit = .sequence(sequence)
        } else if let time = Timestamp(rfc3339: text) {
            limit = .time(time.epochSeconds * 1_000 + Int64(time.nanoseconds) / 1_000_000)
        } else {
            throw BadInput(
                "\(text): a moment is the id of an event (7), a sequence (#9) or a time (2026-11-22T14:00:00Z).")
        }
    }

    /// `EXECUTION@MOMENT`; without a moment, the end of the log.
    static func split(_ reference: String) throws(BadInput) -> (execution: String, limit: LogFold.Limit) {
        guard let mark = reference.lastIndex(of: "@") else { return (reference, .whole) }
        let moment = try PastMoment(String(reference[reference.index(after: mark)...]))
        return (String(reference[..<mark]), moment.limit)
    }
}

extension OpenedLog {
    /// The execution as it was.
    /// - Throws: `BadInput` when the log does not have it, or it had not begun.
    func execution(_ reference: String, at limit: LogFold.Limit) throws -> Execution {
        let arn = try executionArn(reference)
        let fold = try LogFold(scan, LogSelection(executions: [arn]), until: limit)
        if let found = fold.executions[arn] { return found }
        if let damage = fold.damage.first { throw BadInput("\(reference) can't be folded: \(damage.line)") }
        throw BadInput("\(reference): the log has no such execution, or it had not begun then.")
    }
}
