import ArgumentParser
import Digests
import Engine
import Foundation
import JSON
import LogReplay
import StepFunctionsClient
import Terminal

/// Starts again what a log recorded.
struct ReprocessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reprocess", abstract: "Starts executions of a log again, under new names.",
        discussion: """
              steplog reprocess --log orders.sqlite --status FAILED --from 2026-11-22T14:00:00Z      # says what it would do
              steplog reprocess --log orders.sqlite --status FAILED --from 2026-11-22T14:00:00Z --go --rate 5/s
              steplog reprocess --log orders.sqlite --status FAILED --definition order-2.asl.json --go

            Each is started through the API with its old input, as NAME-LABEL-HASH; its trace header names the old execution
            (Reprocessed=ARN). The same command again starts nothing twice; another --label does.

            Exit codes: 0 done; 1 some could not be started; 2 wrong use; 3 the API refused; 4 no API answers.
            """)

    @Option(help: "Only executions that ended so; may be repeated. All that have ended without it.")
    var status: [ListCommand.Status] = []

    @Option(help: "Start them on a new state machine of this definition, with the role of the old one.")
    var definition: String?

    @Option(help: "Start them on this state machine: ARN, NAME, NAME:VERSION or NAME:ALIAS.")
    var on: String?

    @Option(help: "So many starts a second at most: 5/s or 5.")
    var rate: String = "10/s"

    @Option(help: "Tells one reprocessing from another: letters, digits and dashes.")
    var label: String = "r1"

    @Flag(help: "Start them. Without it, what would be started is only shown.")
    var go = false

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var options: LogOptions
    @OptionGroup var api: ClientOptions

    func validate() throws {
        guard startsPerSecond != nil else { throw ValidationError("--rate \(rate): a number of starts a second, 5/s.") }
        guard (1...20).contains(label.count),
            label.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        else { throw ValidationError("--label \(label): 1 to 20 letters, digits and dashes.") }
        if definition != nil, on != nil { throw ValidationError("--definition and --on: one of them.") }
        if status.contains(.running) { throw ValidationError("--status RUNNING: what runs is not started again.") }
    }

    private var startsPerSecond: Double? {
        let text = rate.hasSuffix("/s") ? String(rate.dropLast(2)) : rate
        return Double(text).flatMap { $0 > 0 && $0 <= 10_000 ? $0 : nil }
    }

    func run() throws {
        let log = try options.open()
        defer { log.close() }
        let plan = try ReprocessPlan(
            log.scan, try selection.selection(in: log),
            statuses: Set(status.compactMap { Execution.Status(rawValue: $0.rawValue) }), label: label)
        for damage in plan.damage { ProgressView.write("steplog: left out, damaged: \(damage.line)\n", to: 2) }
        guard go else { return show(plan) }
        let client = try api.client()
        var targets: [String: String] = [:]
        var (started, before, refused) = (0, 0, [JSONValue]())
        let begin = ContinuousClock.now
        for (index, item) in plan.items.enumerated() {
            let due = begin + .seconds(Double(index) / (startsPerSecond ?? 1))
            let wait = due - ContinuousClock.now
            if wait > .zero { Thread.sleep(forTimeInterval: wait / .seconds(1)) }
            let old = item.start.stateMachineArn
            let target = try targets[old] ?? target(old, item.start.roleArn, client)
            targets[old] = target
            var request: JSONObject = [
                "stateMachineArn": .string(target), "name": .string(item.newName), "input": .string(item.start.input),
            ]
            if item.lineage.count <= 256 { request["traceHeader"] = .string(item.lineage) }
            do throws(ClientFailure) {
                _ = try client.call("StartExecution", request)
                started += 1
            } catch {
                guard case .refused(_, let code, let message) = error else { throw error }
                if code == "ExecutionAlreadyExists" {
                    before += 1
                } else {
                    refused.append(["executionArn": .string(item.start.executionArn), "message": .string(message)])
                }
            }
        }
        let answer: JSONObject = [
            "started": .integer(started), "startedBefore": .integer(before), "refused": .array(refused),
        ]
        api.show(answer) {
            ["\(started) started, \(before) had been started before, \(refused.count) refused"]
                + refused.map { "  \($0["executionArn"]?.string ?? ""): \($0["message"]?.string ?? "")" }
        }
        if !refused.isEmpty { throw ExitCode(1) }
    }

    private func show(_ plan: ReprocessPlan) {
        let rows = plan.items.map { item -> JSONValue in
            [
                "executionArn": .string(item.start.executionArn), "status": .string(item.status.rawValue),
                "newName": .string(item.newName),
                "stateMachine": .string(on ?? definition ?? item.start.stateMachineArn),
            ]
        }
        api.show(["dryRun": true, "executions": .array(rows)]) {
            plan.items.map { "\($0.status.rawValue)  \($0.start.executionArn)  would be started as \($0.newName)" }
                + ["\(plan.items.count) executions; nothing was started: that takes --go"]
        }
    }

    /// The state machine to start on instead of `old`.
    private func target(_ old: String, _ role: String, _ client: APIClient) throws -> String {
        if let on { return try client.machineArn(on) }
        guard let definition else { return old }
        let file = try DefinitionFile(definition)
        let hash = Digest.hexadecimal(Digest.sha256(Array(file.text.utf8))).prefix(8)
        let name = (old.split(separator: ":").last.map(String.init) ?? "machine").prefix(64) + "-\(hash)"
        // The same name with the same definition again is the same state machine.
        let answer = try client.call(
            "CreateStateMachine",
            ["name": .string(String(name)), "definition": .string(file.text), "roleArn": .string(role)])
        return answer["stateMachineArn"]?.string ?? old
    }
}
