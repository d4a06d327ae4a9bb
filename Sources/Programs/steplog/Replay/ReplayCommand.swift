import ArgumentParser
import JSON
import LogReplay
import Replay
import StatesLanguage
import Terminal

/// Reads a log again: to check it, to prove it, to try a changed definition on it, to rebuild what is made of it.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Reads a log again: checks it, proves it, tries a changed definition on it.",
        discussion: """
              steplog replay --log orders.sqlite                       # fold it: what is there, and is any of it damaged?
              steplog replay --verify --log orders.sqlite              # would this release decide the same?
              steplog replay --verify --brokers kafka:9092 --from 2026-11-22T00:00:00Z --to 2026-11-23T00:00:00Z
              steplog replay --what-if order.asl.json --log incident.jsonl
              steplog replay --into read-model --log orders.sqlite     # rebuild what dev shows, while it runs
              steplog replay --into read-model --from 120000 --log orders.sqlite   # from that offset of each partition on

            Exit codes: 0 all is as it was; 1 with --verify an event would be another one, with --what-if an execution would take
            another path or need a result that was never recorded; 2 what was given can't be used; 3 parts of the log are damaged,
            and the rest is as it was.
            """)

    enum Target: String, ExpressibleByArgument, CaseIterable { case readModel = "read-model" }
    enum Compatibility: String, ExpressibleByArgument, CaseIterable { case aws, steplog }

    @Flag(help: "Decide the recorded commands again, and compare event by event.")
    var verify = false

    @Option(
        help: "A changed definition: what would have become of the executions, with the results that were recorded?")
    var whatIf: String?

    @Option(help: "Rebuild a projection.")
    var into: Target?

    @Option(help: "The projection's file; else that of the log.")
    var readModel: String?

    @Option(help: "The limits that the log was written with; without it, what fits each execution is found.")
    var compatibility: Compatibility?

    @Option(help: "table for people, json for programs.")
    var output: ClientOptions.OutputFormat = .table

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var options: LogOptions

    func validate() throws {
        guard [verify, whatIf != nil, into != nil].count(where: { $0 }) <= 1 else {
            throw ValidationError("--verify, --what-if and --into: one at a time.")
        }
        if readModel != nil, into == nil { throw ValidationError("--read-model belongs to --into read-model.") }
    }

    func run() throws {
        if into == .readModel { return try ReadModelRebuild(self).perform() }
        let log = try options.open()
        defer { log.close() }
        if verify { return try verify(log) }
        if let whatIf { return try tryDefinition(whatIf, log) }
        try fold(log)
    }

    private func fold(_ log: OpenedLog) throws {
        let start = ContinuousClock.now
        let fold = try LogFold(log.scan, try selection.selection(in: log), keepsClosed: false)
        let report = FoldReport(
            eventCount: fold.eventCount, statuses: fold.statuses.map { ($0.key, $0.value) },
            duration: ContinuousClock.now - start)
        try finish(report.json, report.lines, fold.damage.map { ($0.line, $0.json) }, log)
    }

    private func verify(_ log: OpenedLog) throws {
        let result = try LogVerification(log.scan, try selection.selection(in: log), profiles: profiles)
        let report = VerificationReport(
            eventCount: result.eventCount, sameCount: result.sameCount, profiles: result.profiles,
            differences: result.differences)
        try finish(
            report.json, report.lines, result.damage.map { ($0.line, $0.json) }, log,
            isSame: result.differences.isEmpty)
    }

    private func tryDefinition(_ path: String, _ log: OpenedLog) throws {
        let definition = try DefinitionFile(path)
        let compilation = definition.compile(CompileOptions(includeWarnings: false))
        guard let machine = compilation.machine else {
            let lines = DiagnosticsReport(file: path, diagnostics: compilation.errors).lines
            throw BadInput("The definition can't be used:\n" + lines.map { "  \($0)" }.joined(separator: "\n"))
        }
        var wanted = try selection.selection(in: log)
        if wanted.machine == nil, wanted.executions == nil { wanted.machine = definition.machineName }
        var results: [WhatIfResult] = []
        let survey = try WhatIfSurvey(log.scan, wanted, machine: machine, settings: profiles[0].settings) {
            results.append($0)
        }
        guard !results.isEmpty || !survey.damage.isEmpty else {
            throw BadInput(
                "The log has no such execution of the state machine \(wanted.machine ?? "asked for"); "
                    + "name another with --machine or --execution.")
        }
        let report = WhatIfReport(results: results)
        try finish(
            report.json, report.lines, survey.damage.map { ($0.line, $0.json) }, log,
            isSame: results.allSatisfy { $0.verdict == .samePath })
    }

    private var profiles: [DecisionProfile] {
        let all = DecisionProfile.all(region: "us-east-1")
        guard let compatibility else { return all }
        return all.filter { $0.name.hasPrefix(compatibility.rawValue) }
    }

    /// Prints the report and what is damaged. - Throws: the exit code, unless all is well.
    private func finish(
        _ report: JSONObject, _ lines: [String], _ damage: [(line: String, json: JSONValue)], _ log: OpenedLog,
        isSame: Bool = true
    ) throws {
        switch output {
        case .json:
            let whole =
                report + [
                    "damage": .array(damage.map(\.json)), "unreadable": .array(log.damage.map { .string($0) }),
                ]
            ProgressView.write(JSONWriter.prettyText(.object(whole)) + "\n", to: 1)
        case .table:
            let damaged = log.damage.map { "damaged: \($0)" } + damage.map { "damaged: \($0.line)" }
            ProgressView.write((lines + damaged).map { $0 + "\n" }.joined(), to: 1)
        }
        if !isSame { throw ExitCode(1) }
        if !damage.isEmpty || !log.damage.isEmpty { throw ExitCode(3) }
    }
}
