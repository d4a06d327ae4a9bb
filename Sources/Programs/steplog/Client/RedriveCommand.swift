import ArgumentParser
import JSON
import StepFunctionsClient
import Terminal

/// Lets a failed execution of a Step Functions API go on where it failed.
struct RedriveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redrive",
        abstract: "Lets an execution that failed, timed out or was stopped go on where it ended.",
        discussion: """
              steplog redrive order/order-7 && steplog tail order/order-7

            \(ClientOptions.exitCodes)
            """)

    @Argument(help: "The execution: MACHINE/EXECUTION, or its ARN.")
    var execution: String

    @OptionGroup var options: ClientOptions

    func run() throws {
        let client = try options.client()
        let arn = try client.executionArn(execution)
        let answer = try client.call("RedriveExecution", ["executionArn": .string(arn)])
        options.show(answer) {
            AnswerTable.description(["executionArn": .string(arn)] + answer, now: ClientOptions.now)
        }
    }
}
