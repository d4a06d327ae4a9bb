import ArgumentParser
import Dispatch
import Synchronization
import Terminal

/// Serves the AWS Step Functions API on this machine.
struct DevCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dev", abstract: "Serves the AWS Step Functions API on this machine.",
        discussion: """
            Engine, workers and API in one process. boto3, the aws CLI and Terraform work against it unchanged.

              steplog dev --log steplog.sqlite
              aws --endpoint-url http://127.0.0.1:8083 stepfunctions list-state-machines

            Requests are not authenticated, and only this machine can reach it, unless --credentials names who may do what.
            StartSyncExecution and TestState are sent to the host
            sync-127.0.0.1, which is none: take http://localhost.localstack.cloud:8083 or a name of your own in /etc/hosts.
            """)

    @Option(help: "The port to listen on.")
    var port: Int = 8083

    @Option(help: "The address to listen on; one that other machines can reach needs --credentials.")
    var host: String = "127.0.0.1"

    @Option(
        help:
            "Access keys and policies, in YAML or JSON: every request must be signed, and is allowed or refused by them."
    )
    var credentials: String?

    @Option(help: "Keep the log in this SQLite file; without it, all is gone when the process ends.")
    var log: String?

    @Option(help: "Answers for services, in the format of Step Functions Local; start executions on ARN#TESTCASE.")
    var mockConfig: String?

    @Option(help: "The folder of ECS task definitions.")
    var taskDefinitions: String?

    @Option(help: "Settings of tasks, Lambda functions and images, in YAML.")
    var config: String?

    @Option(help: "Of ARNs, where a request's signature names none.")
    var region: String?

    @Option(help: "The account of ARNs.")
    var account: String?

    @Option(help: "aws: AWS's limits, 256 KiB of payload and 25,000 events a history. steplog: Steplog's own.")
    var compatibility: RunCommand.Compatibility = .aws

    @OptionGroup var kafka: KafkaAccess

    func run() throws {
        let service = try DevService(self)
        let done = DispatchSemaphore(value: 0)
        let failure = Mutex<(any Error)?>(nil)
        // `done` awaits it below.
        Task.detached {
            do {
                try await service.serve()
            } catch {
                failure.withLock { $0 = error }
            }
            done.signal()
        }
        done.wait()
        service.stop()
        if let error = failure.withLock({ $0 }) {
            throw BadInput("The API can't be served on \(host):\(port): \(error)")
        }
    }
}
