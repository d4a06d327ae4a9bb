import ArgumentParser
import JSON
import StepFunctionsClient
import Terminal

/// Shows an execution or a state machine of a Step Functions API.
struct DescribeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Shows an execution or a state machine.",
        discussion: """
              steplog describe order/order-7                           # an execution: MACHINE/EXECUTION, or its ARN
              steplog describe order                                   # a state machine
              steplog describe order/order-7 --output json | jq -r .status

            \(ClientOptions.exitCodes)
            """)

    @Argument(help: "An execution, MACHINE/EXECUTION, or a state machine, NAME or NAME:VERSION; or the ARN of either.")
    var reference: String

    @OptionGroup var options: ClientOptions

    func run() throws {
        let client = try options.client()
        let isMachine = reference.hasPrefix("arn:") ? reference.contains(":stateMachine:") : !reference.contains("/")
        let answer =
            isMachine
            ? try client.call("DescribeStateMachine", ["stateMachineArn": .string(try client.machineArn(reference))])
            : try client.call("DescribeExecution", ["executionArn": .string(try client.executionArn(reference))])
        options.show(answer) { AnswerTable.description(answer, now: ClientOptions.now) }
    }
}
