import ArgumentParser
import Engine
import JSON
import LogReplay
import Replay
import Terminal

/// Says what open executions wait for.
struct WhyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Says what an execution, or every open one, waits for.",
        discussion: """
              steplog why order/order-7 --log orders.sqlite
              steplog why order/order-7 --log orders.sqlite --config steplog.yaml      # with its tasks' status in ECS, asked now
              steplog why --log orders.sqlite --older-than 3600        # open for more than an hour
              steplog why --stuck --brokers kafka:9092                 # those that wait for nothing that could come, or for you

            With --config ECS is asked how the tasks are, as this configuration of a worker says; without it, their workers' notes are shown.

            Exit codes: 0 all that is shown waits for something; 1 some are stuck, or older than --older-than;
            2 what was given can't be used; 3 parts of the log are damaged.
            """)

    @Argument(help: "An execution: MACHINE/EXECUTION, or its ARN. Without it, every open one.")
    var execution: String?

    @Option(help: "Only executions that have been open for more than so many seconds.")
    var olderThan: Int64?

    @Flag(help: "Only executions that wait for nothing, or for dead letters to be put back.")
    var stuck = false

    @Option(help: "table for people, json for programs.")
    var output: ClientOptions.OutputFormat = .table

    @OptionGroup var options: LogOptions

    func run() throws {
        let log = try options.open()
        defer { log.close() }
        let now = SystemTime.epochMilliseconds
        var selection = LogSelection()
        if let execution { selection.executions = [try log.executionArn(execution)] }
        let fold = try LogFold(log.scan, selection, keepsClosed: execution != nil)
        if let arn = selection.executions?.first, fold.executions[arn] == nil, fold.damage.isEmpty {
            throw BadInput("The log has no execution \(arn).")
        }
        let inflight = try InflightTasks(log.scan)
        let parked = try ParkedExecutions(log.scan)
        let statuses = try options.kafka.config.map { try ServiceTasks.ecsStatuses(configuration: $0) }
        var open = fold.order.compactMap { fold.executions[$0] }.filter { !$0.isClosed }.map { execution in
            PendingExecution(execution, parked: parked.cause(of: execution.arn)) { taskID in
                guard let note = inflight.note(of: taskID) else { return nil }
                return statuses?.asked(note) ?? note
            }
        }
        if let olderThan { open.removeAll { now - $0.startedAt <= olderThan * 1_000 } }
        if stuck { open.removeAll { !$0.isStuck } }
        switch output {
        case .json:
            let whole: JSONValue = [
                "open": .array(open.map(\.json)), "damage": .array(fold.damage.map(\.json)),
                "unreadable": .array(log.damage.map { .string($0) }),
            ]
            ProgressView.write(JSONWriter.prettyText(whole) + "\n", to: 1)
        case .table:
            var lines = PendingTable.lines(open, now: now)
            if open.isEmpty { lines = [execution == nil ? "nothing waits" : "the execution has ended"] }
            lines += log.damage.map { "damaged: \($0)" } + fold.damage.map { "damaged: \($0.line)" }
            ProgressView.write(lines.map { $0 + "\n" }.joined(), to: 1)
        }
        if open.contains(where: \.isStuck) || (olderThan != nil && !open.isEmpty) { throw ExitCode(1) }
        if !fold.damage.isEmpty || !log.damage.isEmpty { throw ExitCode(3) }
    }
}
