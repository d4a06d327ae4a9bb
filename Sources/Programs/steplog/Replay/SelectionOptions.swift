import ArgumentParser
import LogReplay
import StatesLanguage
import Terminal

/// Which executions of a log a command is about.
struct SelectionOptions: ParsableArguments {
    @Option(help: "Only this execution, its ARN or MACHINE/EXECUTION; may be repeated.")
    var execution: [String] = []

    @Option(help: "Only executions that started then or later: 2026-11-22T14:00:00Z.")
    var from: String?

    @Option(help: "Only executions that started before: 2026-11-22T15:00:00Z.")
    var to: String?

    @Option(help: "Only executions of this state machine, its name or ARN.")
    var machine: String?

    func selection(in log: OpenedLog) throws -> LogSelection {
        LogSelection(
            executions: execution.isEmpty ? nil : Set(try execution.map { try log.executionArn($0) }),
            from: try from.map { try Self.time($0, option: "--from") },
            to: try to.map { try Self.time($0, option: "--to") }, machine: machine)
    }

    /// Epoch milliseconds.
    static func time(_ text: String, option: String) throws(BadInput) -> Int64 {
        guard let time = Timestamp(rfc3339: text) else {
            throw BadInput("\(option) \(text): a time is written as 2026-11-22T14:00:00Z or with an offset, +01:00.")
        }
        return time.epochSeconds * 1_000 + Int64(time.nanoseconds) / 1_000_000
    }
}
