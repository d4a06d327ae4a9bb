import ArgumentParser
import EventLog
import Foundation
import Terminal

@main
struct Steplog: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "steplog", abstract: "Workflows you can read, trace and trust.",
        discussion: """
            Runs workflows in Amazon States Language: of ECS tasks as processes of this machine, without a broker or an account.

              steplog run order.asl.json --input '{"id": 7}'
              steplog validate order.asl.json
              steplog eval --language jsonpath '$.items[*].price' --input @order.json

            Exit codes: 0 it went well, 1 it did not, 2 what was given can't be used.
            """,
        subcommands: [
            RunCommand.self, DevCommand.self, ValidateCommand.self, GraphCommand.self, EvalCommand.self,
            SendTaskSuccessCommand.self,
            SendTaskFailureCommand.self, SendTaskHeartbeatCommand.self, SuperviseCommand.self, TestBrokerCommand.self,
        ])

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            Foundation.exit(status(of: error))
        }
    }

    /// Says what happened where it belongs, and gives the exit code.
    private static func status(of error: any Error) -> Int32 {
        if let code = error as? ExitCode { return code.rawValue }
        if error is BadInput || error is EventLogError {
            ProgressView.write("steplog: \(error)\n", to: 2)
            return 2
        }
        let text = fullMessage(for: error)
        if exitCode(for: error).isSuccess {
            print(text)
            return 0
        }
        ProgressView.write("\(text)\n", to: 2)
        return 2
    }
}
