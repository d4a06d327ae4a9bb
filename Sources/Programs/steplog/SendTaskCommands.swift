import ArgumentParser
import Foundation
import JSON
import Terminal

/// Where to deliver a task token.
struct TaskTokenOptions: ParsableArguments {
    @Option(help: "The task token, from $$.Task.Token.")
    var taskToken: String

    @Option(help: "The control socket; $STEPLOG_CONTROL_SOCKET without it, which tasks have.")
    var socket: String?

    @Option(help: "How many seconds to try while no Steplog listens, e.g. because it is being started again.")
    var patience: Int = 60

    /// Delivers and says what came of it.
    func deliver(_ action: ControlRequest.Action) throws {
        guard let path = socket ?? ProcessInfo.processInfo.environment["STEPLOG_CONTROL_SOCKET"], !path.isEmpty else {
            throw BadInput(
                "Which Steplog? A task that \"steplog run\" started has STEPLOG_CONTROL_SOCKET; elsewhere give --socket LOG.socket."
            )
        }
        let request = ControlRequest(id: UUID().uuidString, taskToken: taskToken, action: action)
        switch try ControlClient(path: path, patienceSeconds: patience).send(request) {
        case .accepted: return
        case .refused(let error, let message):
            ProgressView.write("An error occurred (\(error)): \(message)\n", to: 2)
            throw ExitCode(1)
        }
    }
}

struct SendTaskSuccessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send-task-success", abstract: "Ends a task that waits for its token, with an output.",
        discussion: """
              steplog send-task-success --task-token "$TASK_TOKEN" --task-output '{"approved": true}'

            Exit codes: 0 taken, 1 refused (InvalidToken, InvalidOutput, TaskTimedOut, TaskDoesNotExist), 2 nobody to ask.
            """)

    @OptionGroup var token: TaskTokenOptions

    @Option(help: "The task's output, JSON.")
    var taskOutput: String

    func run() throws { try token.deliver(.sendTaskSuccess(output: taskOutput)) }
}

struct SendTaskFailureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send-task-failure", abstract: "Fails a task that waits for its token.",
        discussion:
            #"  steplog send-task-failure --task-token "$TASK_TOKEN" --error Approval.Declined --cause "too much""#)

    @OptionGroup var token: TaskTokenOptions

    @Option(help: "The error's name, for Retry and Catch.")
    var error: String?

    @Option(help: "What happened.")
    var cause: String?

    func run() throws { try token.deliver(.sendTaskFailure(error: error, cause: cause)) }
}

struct SendTaskHeartbeatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send-task-heartbeat", abstract: "Says that a task that waits for its token is alive.",
        discussion: #"  steplog send-task-heartbeat --task-token "$TASK_TOKEN""#)

    @OptionGroup var token: TaskTokenOptions

    func run() throws { try token.deliver(.sendTaskHeartbeat) }
}
