import ArgumentParser
import JSON
import StepFunctionsClient
import Terminal

/// Prints the history of an execution of a Step Functions API.
struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Prints the history of an execution.",
        discussion: """
              steplog history order/order-7
              steplog history order/order-7 --reverse --limit 5        # the last five events, the last one first
              steplog history order/order-7 --output json > history.json

            \(ClientOptions.exitCodes)
            """)

    @Argument(help: "The execution: MACHINE/EXECUTION, or its ARN.")
    var execution: String

    @Flag(help: "The last event first.")
    var reverse = false

    @Option(help: "So many events at most.")
    var limit: Int?

    @OptionGroup var options: ClientOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit takes a number of events from 1 on.") }
    }

    func run() throws {
        let client = try options.client()
        let request: JSONObject = [
            "executionArn": .string(try client.executionArn(execution)), "reverseOrder": .bool(reverse),
            "maxResults": 1_000,
        ]
        let events = try client.items("GetExecutionHistory", request, member: "events", limit: limit)
        options.show(["events": .array(events)]) {
            var document = HistoryDocument()
            for event in events { document.append(event) }
            return document.tableLines
        }
    }
}
