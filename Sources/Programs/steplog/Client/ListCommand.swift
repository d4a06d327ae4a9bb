import ArgumentParser
import JSON
import StepFunctionsClient
import Terminal

/// Lists state machines, or the executions of one, of a Step Functions API.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the state machines, or the executions of one.",
        discussion: """
              steplog list                                             # state machines
              steplog list order                                       # its executions, newest first
              steplog list order:live --status FAILED --limit 10
              steplog list order --output json | jq -r '.executions[].name'

            \(ClientOptions.exitCodes)
            """)

    enum Status: String, ExpressibleByArgument, CaseIterable {
        case running = "RUNNING"
        case succeeded = "SUCCEEDED"
        case failed = "FAILED"
        case timedOut = "TIMED_OUT"
        case aborted = "ABORTED"
    }

    @Argument(help: "A state machine: ARN, NAME, NAME:VERSION or NAME:ALIAS.")
    var machine: String?

    @Option(help: "Only executions of this status.")
    var status: Status?

    @Option(help: "So many at most.")
    var limit: Int = 100

    @OptionGroup var options: ClientOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit takes a number from 1 on.") }
        if status != nil, machine == nil {
            throw ValidationError("--status is for executions: name the state machine, steplog list MACHINE --status …")
        }
    }

    func run() throws {
        let client = try options.client()
        guard let machine else {
            let items = try client.items("ListStateMachines", [:], member: "stateMachines", limit: limit)
            return options.show(["stateMachines": .array(items)]) { AnswerTable.machines(items) }
        }
        var request: JSONObject = ["stateMachineArn": .string(try client.machineArn(machine))]
        request["statusFilter"] = status.map { .string($0.rawValue) }
        let items = try client.items("ListExecutions", request, member: "executions", limit: limit)
        options.show(["executions": .array(items)]) { AnswerTable.executions(items, now: ClientOptions.now) }
    }
}
