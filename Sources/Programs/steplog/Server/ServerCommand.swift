import ArgumentParser
import Foundation
import Terminal

/// Runs a part of Steplog on Kafka, or all of it.
struct ServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "server", abstract: "Engine, workers and API on Kafka: one process among many.",
        discussion: """
            Each process does what its roles say; any number of each share the work, on as many hosts as there are. The topics are made
            beforehand, once:

              steplog topics apply --brokers kafka-1:9092 --replication 3
              steplog server --kafka-bootstrap kafka-1:9092 --role engine
              steplog server --kafka-bootstrap kafka-1:9092 --role worker
              steplog server --kafka-bootstrap kafka-1:9092 --role api

            Processes of the roles engine and api need the same key of task tokens (--token-key). Workers that run tasks as processes
            need the same folder of tasks (--data) wherever one is to go on with another's. SIGTERM hands everything over and ends.
            """)

    /// What a process does.
    enum Role: String, ExpressibleByArgument, CaseIterable {
        case engine, worker, api, all
    }

    @Option(help: "engine, worker, api or all; may be repeated. all unless given.")
    var role: [Role] = []

    @Option(
        name: [.long, .customLong("brokers")], help: "The first brokers to ask, host:port, separated by commas.")
    var kafkaBootstrap: String?

    @Option(help: "What the names of topics begin with; steplog unless given.")
    var prefix: String?

    @Option(
        name: [.long, .customLong("property")],
        help: "A setting of librdkafka, NAME=VALUE, e.g. security.protocol=ssl; may be repeated.")
    var kafkaProperty: [String] = []

    @Option(help: "A name for this process in its consumer groups, another one for each process; see docs/server.md.")
    var instanceID: String?

    @Option(help: "Threads of the engine; one a core unless given.")
    var lanes: Int?

    @Option(help: "A pool that this process does tasks of; may be repeated. default unless given.")
    var pool: [String] = []

    @Option(help: "How many tasks of a pool this process does at a time.")
    var tasksMax: Int = 1_000

    @Option(help: "The port of the API.")
    var port: Int = 8083

    @Option(help: "The address of API and health; an API that other machines can reach needs --credentials.")
    var host: String = "127.0.0.1"

    @Option(
        help:
            "The port of /health/live and /health/ready for a process without the API, which has them on its own port.")
    var healthPort: Int?

    @Option(
        help:
            "Access keys and policies, in YAML or JSON: every request must be signed, and is allowed or refused by them."
    )
    var credentials: String?

    @Option(help: "The folder of what this process keeps: read model, tasks, the key of task tokens.")
    var data: String = "steplog-data"

    @Option(
        help:
            "The file of the key that signs task tokens, the same for every engine and API; DATA/token.key unless given."
    )
    var tokenKey: String?

    @Option(help: "The file of the API's read model; DATA/read-model-PORT.sqlite unless given.")
    var readModel: String?

    @Option(help: "Answers for services, in the format of Step Functions Local; start executions on ARN#TESTCASE.")
    var mockConfig: String?

    @Option(help: "The folder of ECS task definitions.")
    var taskDefinitions: String?

    @Option(help: "Settings of Kafka, pools, tasks, Lambda functions and images, in YAML.")
    var config: String?

    @Option(help: "Of ARNs, where a request's signature names none.")
    var region: String?

    @Option(help: "The account of ARNs.")
    var account: String?

    @Option(help: "aws: AWS's limits, 256 KiB of payload and 25,000 events a history. steplog: Steplog's own.")
    var compatibility: RunCommand.Compatibility = .aws

    func validate() throws {
        guard lanes.map({ (1...1_024).contains($0) }) ?? true else { throw ValidationError("--lanes: 1 to 1024.") }
        guard tasksMax > 0 else { throw ValidationError("--tasks-max: at least 1.") }
        for port in [port, healthPort ?? 0] where !(0...65_535).contains(port) {
            throw ValidationError("\(port) is no port.")
        }
    }

    func run() throws {
        let signals = StopSignals()
        try withExtendedLifetime(signals.listen()) {
            let settings = try ServerSettings(self)
            guard let service = try ServerService.make(settings, until: signals) else { return }
            try service.run(until: signals)
        }
    }
}
