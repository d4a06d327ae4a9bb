import ArgumentParser
import BatchStore
import CommandGateway
import Engine
import EventLog
import EventLogEmbedded
import Foundation
import LocalService
import PartitionProcessor
import ReadModel
import StepFunctionsAPI
import Synchronization
import TaskWorkers

struct DevCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dev", abstract: "Serves the AWS Step Functions API on this machine.",
        discussion: "Engine, workers and API in one process. Point clients at it with --endpoint-url http://127.0.0.1:8083.")

    @Option(help: "The port on the loopback address.")
    var port: Int = 8083

    @Option(help: "Keep the log in this SQLite file; without it, all is gone when the process ends.")
    var log: String?

    @Option(help: "Answers for services, in the format of Step Functions Local; start executions on ARN#TESTCASE.")
    var mockConfig: String?

    @Option(help: "Where ECS task definitions stand.")
    var taskDefinitions: String = "task-definitions"

    @Option(help: "Settings of Lambda functions and images.")
    var config: String = "config/steplog.yaml"

    @Option(help: "Of ARNs, where a request's signature names no region.")
    var region: String = "us-east-1"

    @Option(help: "Of ARNs.")
    var account: String = "000000000000"

    @Option(help: "aws: AWS's limits (256 KiB of payload, 25,000 events); none: Steplog's own.")
    var compatibility: String = "aws"

    func run() async throws {
        guard ["aws", "none"].contains(compatibility) else {
            throw ValidationError("--compatibility is aws or none, not \"\(compatibility)\".")
        }
        let service = try DevService(self)
        try await service.run()
    }
}
