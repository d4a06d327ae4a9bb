import ArgumentParser
import Engine
import Terminal

/// Runs a workflow on this machine, from start to end.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Runs a workflow on this machine, from start to end.",
        discussion: """
            ECS tasks run as processes: their task definitions are read from the folder "task-definitions" beside FILE, and relative
            commands start in FILE's folder. The output goes to standard output, everything else to standard error.

              steplog run order.asl.json --input '{"id": 7}'
              steplog run order.asl.json --input @order.json --history table
              steplog run order.asl.json --input - --log order.sqlite < order.json
              steplog run order.asl.json --log order.sqlite --resume        # after a crash
              steplog run order.asl.json --mock-config mocks.json#HappyPath --skip-waits

            Exit codes: 0 succeeded; 1 failed, timed out or was stopped (Ctrl-C); 2 something given can't be used.
            """)

    enum HistoryFormat: String, ExpressibleByArgument, CaseIterable { case table, json }
    enum Compatibility: String, ExpressibleByArgument, CaseIterable { case steplog, aws }

    @Argument(
        help: "The definition in Amazon States Language, JSON or YAML. FILE#CASE chooses a test case of --mock-config.")
    var file: String

    @Option(help: "The execution's input: JSON, @FILE, or - for standard input.")
    var input: String = "{}"

    @Option(help: "Keep the log in this file; --resume goes on with it.")
    var log: String?

    @Flag(
        help: "Go on with the execution of --log that a crash interrupted, or print its result again if it has ended.")
    var resume = false

    @Option(help: "The execution's name; a random one without it.")
    var name: String?

    @Option(help: "Print the history to standard error at the end: table, or json as GetExecutionHistory answers.")
    var history: HistoryFormat?

    @Flag(help: "Let Wait states and retry delays pass at once.")
    var skipWaits = false

    @Option(help: "The folder of task definitions (FAMILY.json).")
    var taskDefinitions: String?

    @Option(help: "Settings, see config/steplog.yaml and docs/configuration.md.")
    var config: String?

    @Option(help: "Answers of mocked services, as AWS Step Functions Local takes them, and after # the test case.")
    var mockConfig: String?

    @Option(help: "Whose limits hold: steplog's, or aws's (payloads of 256 KiB, 25,000 events).")
    var compatibility: Compatibility = .steplog

    @Flag(help: "Say nothing of the progress.")
    var quiet = false

    func run() throws {
        let run = try LocalRun(self)
        throw ExitCode(try run.perform())
    }
}
