import ArgumentParser
import Foundation
import JSON
import StepFunctionsClient
import Terminal

/// Starts an execution at a Step Functions API.
struct StartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Starts an execution, and waits for its end if asked to.",
        discussion: """
              steplog start order --input '{"id": 7}'                  # prints the execution's ARN
              steplog start order:live --name order-7 --input @order.json
              steplog start order --input - --wait < order.json        # prints the output
              execution=$(steplog start order) && steplog tail "$execution"

            Exit codes: 0 started, and with --wait succeeded; 1 with --wait: it failed, timed out or was stopped; 2 wrong use;
            3 the API refused; 4 no API answers.
            """)

    @Argument(help: "The state machine: ARN, NAME, NAME:VERSION or NAME:ALIAS.")
    var machine: String

    @Option(help: "The execution's input: JSON, @FILE, or - for standard input.")
    var input: String = "{}"

    @Option(
        help:
            "The execution's name. The same name with the same input starts it once only; without it the API takes a new one."
    )
    var name: String?

    @Flag(help: "Wait for the end; print the output.")
    var wait = false

    @OptionGroup var options: ClientOptions

    func run() throws {
        let text = try InputArgument.text(input, option: "--input")
        let client = try options.client()
        var request: JSONObject = ["stateMachineArn": .string(try client.machineArn(machine)), "input": .string(text)]
        request["name"] = name.map { .string($0) }
        let answer = try client.call("StartExecution", request)
        let arn = answer["executionArn"]?.string ?? ""
        guard wait else { return options.show(answer) { [arn] } }
        let end = try ExecutionWatch(client).waitForEnd(of: arn)
        options.show(end) { end["output"].map { [$0.string ?? ""] } ?? [] }
        try ExecutionWatch.report(end)
    }
}
