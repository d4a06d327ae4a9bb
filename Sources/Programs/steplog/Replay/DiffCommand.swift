import ArgumentParser
import JSON
import LogReplay
import Replay
import Terminal

/// Compares an execution at two moments, or two executions.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Compares an execution at two moments.",
        discussion: """
              steplog diff order/order-7@5 order/order-7@9 --log orders.sqlite      # after events 5 and 9 of its history
              steplog diff order/order-7@2026-11-22T14:00:00Z order/order-7 --brokers kafka:9092

            Exit codes: 0 no difference, 1 there are some, 2 what was given can't be used.
            """)

    @Argument(help: "EXECUTION@MOMENT: the id of an event, # and a sequence, or a time.")
    var left: String

    @Argument(help: "The other one; without a moment, as it is now.")
    var right: String

    @Option(help: "table for people, json for programs.")
    var output: ClientOptions.OutputFormat = .table

    @OptionGroup var options: LogOptions

    func run() throws {
        let log = try options.open()
        defer { log.close() }
        let pictures = try [left, right].map { reference in
            let (execution, limit) = try PastMoment.split(reference)
            return try log.execution(execution, at: limit).picture
        }
        let found = JSONDifference.between(pictures[0], pictures[1])
        switch output {
        case .json:
            let rows = found.map { difference -> JSONValue in
                [
                    "place": .string(difference.place), "left": difference.left ?? .null,
                    "right": difference.right ?? .null,
                ]
            }
            ProgressView.write(JSONWriter.prettyText(["differences": .array(rows)]) + "\n", to: 1)
        case .table: ProgressView.write(DifferenceTable.lines(found).map { $0 + "\n" }.joined(), to: 1)
        }
        if !found.isEmpty { throw ExitCode(1) }
    }
}
