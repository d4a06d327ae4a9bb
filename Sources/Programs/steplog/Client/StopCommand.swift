import ArgumentParser
import JSON
import StepFunctionsClient
import Terminal

/// Stops an execution of a Step Functions API.
struct StopCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Stops an execution; its tasks are stopped too.",
        discussion: """
              steplog stop order/order-7 --error Cancelled --cause "The customer has changed her mind."

            An execution that has ended keeps its end. \(ClientOptions.exitCodes)
            """)

    @Argument(help: "The execution: MACHINE/EXECUTION, or its ARN.")
    var execution: String

    @Option(help: "The error's name, for the history.")
    var error: String?

    @Option(help: "Why.")
    var cause: String?

    @OptionGroup var options: ClientOptions

    func run() throws {
        let client = try options.client()
        let arn = try client.executionArn(execution)
        var request: JSONObject = ["executionArn": .string(arn)]
        request["error"] = error.map { .string($0) }
        request["cause"] = cause.map { .string($0) }
        let answer = try client.call("StopExecution", request)
        options.show(answer) {
            AnswerTable.description(["executionArn": .string(arn)] + answer, now: ClientOptions.now)
        }
    }
}
