import ArgumentParser
import JSON
import StepFunctionsClient
import Terminal

/// Follows the history of an execution of a Step Functions API.
struct TailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail", abstract: "Prints the history of an execution as it grows, until the execution has ended.",
        discussion: """
              steplog tail order/order-7
              steplog tail "$(steplog start order)" --output json      # an event a line

            Exit codes: 0 it succeeded; 1 it failed, timed out or was stopped; 2 wrong use; 3 the API refused; 4 no API answers.
            """)

    @Argument(help: "The execution: MACHINE/EXECUTION, or its ARN.")
    var execution: String

    @OptionGroup var options: ClientOptions

    func run() throws {
        let client = try options.client()
        let arn = try client.executionArn(execution)
        let watch = ExecutionWatch(client)
        var start: Double?
        try watch.follow(arn) { event in
            start = start ?? event["timestamp"]?.number?.double
            switch options.output {
            case .json: ProgressView.write(JSONWriter.text(event) + "\n", to: 1)
            case .table: ProgressView.write(HistoryDocument.line(event, start: start ?? 0) + "\n", to: 1)
            }
        }
        try ExecutionWatch.report(try client.call("DescribeExecution", ["executionArn": .string(arn)]))
    }
}
