import ArgumentParser
import EventLog
import Foundation
import StepFunctionsClient
import Terminal

@main
struct Steplog: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "steplog", abstract: "Workflows you can read, trace and trust.",
        discussion: """
            Runs workflows in Amazon States Language: of ECS tasks as processes of this machine, without a broker or an account.

              steplog run order.asl.json --input '{"id": 7}'
              steplog validate order.asl.json
              steplog dev --log orders.sqlite                    # the Step Functions API on this machine
              steplog server --kafka-bootstrap kafka:9092        # engine, workers and API on Kafka, on many hosts
              steplog start order --input '{"id": 7}' --wait      # a client of it, as are list, describe, history, stop …
              steplog eval --language jsonpath '$.items[*].price' --input @order.json

            Exit codes: 0 it went well, 1 it did not, 2 what was given can't be used; of clients of the API also 3 the API refused,
            4 there is no API.
            """,
        subcommands: [
            RunCommand.self,
            DevCommand.self,
            ServerCommand.self,
            StartCommand.self,
            DescribeCommand.self,
            HistoryCommand.self,
            ListCommand.self,
            StopCommand.self,
            RedriveCommand.self,
            TailCommand.self,
            ValidateCommand.self,
            GraphCommand.self,
            EvalCommand.self,
            SendTaskSuccessCommand.self,
            SendTaskFailureCommand.self,
            SendTaskHeartbeatCommand.self,
            SuperviseCommand.self,
            TestBrokerCommand.self,
            TestECSCommand.self,
            TopicsCommand.self,
            EventsCommand.self,
            ConfigCommand.self,
            DeadLetterCommand.self,
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
        if let failure = error as? ClientFailure {
            ProgressView.write("steplog: \(failure)\n", to: 2)
            return failure.exitStatus
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
