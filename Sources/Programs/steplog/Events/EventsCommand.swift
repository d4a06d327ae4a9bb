import ArgumentParser
import EventLog
import PartitionProcessor
import Terminal

/// Shows the records of `events`, of brokers or of a log's file.
struct EventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Shows what happened to all executions, from Kafka or from a log's file.",
        discussion: """
              steplog events --log dev.sqlite --type 'Execution*'
              steplog events --brokers 127.0.0.1:9092 --follow --state-machine order --output json
              steplog events --brokers kafka-1:9092 --property security.protocol=ssl --check-sequence

            A log's file is read to where it ends. To --follow a running dev, read the port that its --kafka-port opens.

            Exit codes: 0 done, 1 --check-sequence found a gap, 2 what was given can't be used or no broker answers.
            """)

    enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case table, json }

    @OptionGroup var options: LogOptions

    @Flag(help: "Go on with what happens from now on; from the end, unless --from says else.")
    var follow = false

    @Option(help: "Where to begin: beginning, end, or a time such as 2026-01-31T10:00:00Z.")
    var from: String?

    @Option(help: "Only of this state machine, its name or ARN; may be repeated.")
    var stateMachine: [String] = []

    @Option(help: "Only of this type, e.g. ExecutionFailed or 'Task*'; may be repeated.")
    var type: [String] = []

    @Option(help: "Only of this execution: MACHINE/NAME, or its ARN.")
    var execution: String?

    @Option(help: "table for people; json, the records as they are, one a line.")
    var output: OutputFormat = .table

    @Flag(
        help:
            "Prove that no event is missing: under each key the sequence counts by one. Says what it found at the end.")
    var checkSequence = false

    func validate() throws {
        if checkSequence, follow {
            throw ValidationError("--check-sequence reads to the end; it can't be with --follow.")
        }
        if follow, options.log != nil {
            throw ValidationError(
                "--follow needs --brokers: a file is read to where it ends. A running dev tells its events on its --kafka-port."
            )
        }
        if checkSequence, !type.isEmpty { throw ValidationError("--check-sequence needs all types; leave out --type.") }
    }

    func run() throws {
        let source = try options.open()
        defer { source.close() }
        let filter = EventFilter(stateMachines: stateMachine, types: type, execution: execution)
        var printer = EventPrinter(filter: filter, isJSON: output == .json, provesSequence: checkSequence)
        let begin = try EventStart(from ?? (follow ? "end" : "beginning"))
        var scan = try EventFileScan(
            source.log, topic: source.names.events, execution: execution, begin: begin.position)
        try scan.run(isEndless: follow) { printer.print($0, isWhole: $1) }
        guard let proof = printer.proof else { return }
        for gap in proof.gaps { ProgressView.write("steplog: \(gap)\n", to: 2) }
        ProgressView.write("steplog: \(proof.summary)\n", to: 2)
        if !proof.gaps.isEmpty { throw ExitCode(1) }
    }
}
