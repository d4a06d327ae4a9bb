import ArgumentParser
import JSON
import LogReplay
import Replay
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
              steplog describe order/order-7 --at 5 --log orders.sqlite              # as it was after event 5
              steplog describe order/order-7 --at 2026-11-22T14:00:00Z --brokers kafka:9092

            With --log or --brokers the log is read and no API is asked: state, variables, timers and tasks.

            \(ClientOptions.exitCodes)
            """)

    @Argument(help: "An execution, MACHINE/EXECUTION, or a state machine, NAME or NAME:VERSION; or the ARN of either.")
    var reference: String

    @Option(help: "A moment: the id of an event of the history, # and a sequence, or a time. Needs a log.")
    var at: String?

    @OptionGroup var options: ClientOptions
    @OptionGroup var log: LogOptions

    func run() throws {
        if log.isGiven || at != nil { return try describePast() }
        let client = try options.client()
        let isMachine = reference.hasPrefix("arn:") ? reference.contains(":stateMachine:") : !reference.contains("/")
        let answer =
            isMachine
            ? try client.call("DescribeStateMachine", ["stateMachineArn": .string(try client.machineArn(reference))])
            : try client.call("DescribeExecution", ["executionArn": .string(try client.executionArn(reference))])
        options.show(answer) { AnswerTable.description(answer, now: ClientOptions.now) }
    }

    private func describePast() throws {
        let open = try log.open()
        defer { open.close() }
        let execution = try open.execution(reference, at: try at.map { try PastMoment($0).limit } ?? .whole)
        guard case .object(let picture) = execution.picture else { return }
        options.show(picture) { JSONWriter.prettyText(.object(picture)).split(separator: "\n").map(String.init) }
    }
}
