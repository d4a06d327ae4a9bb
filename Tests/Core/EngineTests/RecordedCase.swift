import Engine
import EngineTestKit
import Foundation
import JSON

/// One recorded execution of the corpus, run in virtual time with the recorded answers of its services.
struct RecordedCase {
    let name: String
    let content: JSONValue
    let execution: JSONValue
    let expected: [JSONValue]

    /// The folder of the cases; nil when ../shared is not there. STEPLOG_SHARED names another one.
    static var folder: URL? {
        var shared = URL(filePath: #filePath)
        for _ in 0..<5 { shared.deleteLastPathComponent() }
        shared.append(path: "shared")
        if let path = ProcessInfo.processInfo.environment["STEPLOG_SHARED"] { shared = URL(filePath: path) }
        let folder = shared.appending(path: "conformance/aws-recorded/cases")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }

    /// The executions that were recorded on AWS with their history.
    static func all(in folder: URL) throws -> [RecordedCase] {
        var cases: [RecordedCase] = []
        let groups = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        for group in groups.sorted(by: { $0.path < $1.path }) {
            let files = try FileManager.default.contentsOfDirectory(at: group, includingPropertiesForKeys: nil)
            for file in files.sorted(by: { $0.path < $1.path }) where file.pathExtension == "json" {
                let content = try JSONParser.parse(Array(try Data(contentsOf: file)))
                if content["source"]?["provenance"]?.string == "emulator" { continue }
                for (index, execution) in (content["executions"]?.array ?? []).enumerated() {
                    guard let history = execution["expected_history"]?.array, !history.isEmpty else { continue }
                    let ordered = history.first?["type"]?.string == "ExecutionStarted" ? history : history.reversed()
                    let name = "\(group.lastPathComponent)/\(content["id"]?.string ?? "") #\(index)"
                    cases.append(RecordedCase(name: name, content: content, execution: execution, expected: ordered))
                }
            }
        }
        return cases
    }

    /// Why the case needs more than the engine of this release; nil when it does not.
    var exclusion: String? {
        let features = (content["features"]?.array ?? []).compactMap(\.string)
        if features.contains("map-distributed") { return "DISTRIBUTED Map" }
        if content["needs"]?.string?.contains("activity") == true { return "activities" }
        if content["needs"]?.string?.contains("cloudformation") == true {
            return "machines from CloudFormation templates"
        }
        return nil
    }

    /// The recorder parsed objects, so the white space of a cause that is JSON is lost: it is tried as Lambda's two forms.
    /// - Returns: nil when the engine's history is the recorded one.
    func difference() throws -> (difference: String?, problems: [String]) {
        let compact = try difference(spaced: false)
        if compact.difference == nil { return compact }
        let spaced = try difference(spaced: true)
        return spaced.difference == nil ? spaced : compact
    }

    private func difference(spaced: Bool) throws -> (difference: String?, problems: [String]) {
        let harness: ExecutionHarness
        do throws(InvalidDefinition) {
            harness = try ExecutionHarness(
                execution["definition_text"]?.string ?? "", start: start,
                settings: Decider.Settings(region: "us-east-1", limits: .aws, tokenKey: [1, 2, 3]), now: now)
        } catch {
            return ("the definition is refused: \(error.message)", [])
        }
        try run(harness, spaced)
        var history = harness.history
        if !isWhole { history = Array(history.prefix(expected.count)) }
        var comparison = RecordedComparison(case: content)
        return (comparison.difference(expected, history), harness.problems)
    }

    /// False where the recording ends before the execution did.
    private var isWhole: Bool {
        let last = expected.last?["type"]?.string ?? ""
        return last.hasPrefix("Execution") && last != "ExecutionStarted"
    }

    private var start: StartExecution {
        let number = execution["start_step"]?.number?.int64
        let step = content["steps"]?.array?.first { $0["n"]?.number?.int64 == number }
        let arn = step?["fake"]?["executionArn"]?.string ?? ExecutionHarness.arn
        let parts = arn.split(separator: ":").map(String.init)
        return StartExecution(
            executionArn: arn, name: parts.count > 7 ? parts[7] : "E",
            stateMachineArn: step?["params"]?["stateMachineArn"]?.string ?? "",
            roleArn: content["roles"]?.array?.first?.string ?? recordedRole, definitionHash: "h",
            input: step?["params"]?["input"]?.string ?? "{}")
    }

    /// Times that the recording computed from its own day lie as far from the harness's clock.
    private var now: Int64 {
        for member in content["relative_times"]?.object?.members ?? [] {
            let formatter = ISO8601DateFormatter()
            guard let date = formatter.date(from: member.key.text + "Z"), let days = member.value.number?.double else {
                continue
            }
            return Int64((date.timeIntervalSince1970 - days * 86_400) * 1_000)
        }
        return ExecutionHarness.startOfTime
    }

    private var recordedRole: String { expected.first.map(RecordedHistory.details)?["roleArn"]?.string ?? "r" }

    // MARK: - Running

    private func run(_ harness: ExecutionHarness, _ spaced: Bool) throws {
        var answers: [String: [JSONValue]] = [:]
        for answer in execution["service_answers"]?.array ?? [] {
            answers[answer["state"]?.string ?? "", default: []].append(answer)
        }
        try harness.start()
        var asked: Set<String> = []
        var counts: [String: Int] = [:]
        let isStopped = expected.last?["type"]?.string == "ExecutionAborted"
        for _ in 0..<5_000 where !harness.execution.isClosed {
            if harness.continueDecision() { continue }
            let fresh = harness.pending.filter { asked.insert($0.taskID).inserted }
            for request in fresh { try? harness.report(request.taskID, .started) }
            for request in fresh {
                let count = counts[request.stateName, default: 0]
                counts[request.stateName] = count + 1
                guard let list = answers[request.stateName], count < list.count else { continue }
                for report in reports(list[count], spaced) { try? harness.report(request.taskID, report) }
            }
            if !fresh.isEmpty { continue }
            let count = harness.history.count
            if isStopped, count >= expected.count - 1 { return stop(harness) }
            if !isWhole, count >= expected.count { return }
            if !harness.fireNextTimers() { return }
        }
    }

    private func stop(_ harness: ExecutionHarness) {
        let details = RecordedHistory.details(expected.last ?? .null)
        harness.stop(error: details["error"]?.string, cause: details["cause"]?.string)
    }

    private func reports(_ answer: JSONValue, _ spaced: Bool) -> [TaskReport] {
        func text(_ value: JSONValue) -> String { value.string ?? JSONWriter.text(value) }
        var reports: [TaskReport] = []
        if let submitted = answer["submitted"], !submitted.isNull {
            reports.append(.submitted(output: text(submitted)))
        }
        if answer["answer"]?["Throw"]?["Error"]?.string == "States.DataLimitExceeded" {
            // The result that was too big for AWS is not in the recording either.
            return reports + [.succeeded(output: "\"" + String(repeating: "x", count: 300_000) + "\"")]
        }
        if answer["engine_made"] != nil { return reports }
        if let value = answer["answer"]?["Return"] {
            reports.append(.succeeded(output: text(value)))
        } else if let failure = answer["answer"]?["Throw"] {
            let cause = failure["Cause"].flatMap { cause in
                cause.isNull ? nil : cause.string ?? (spaced ? Self.spacedText(cause) : JSONWriter.text(cause))
            }
            reports.append(.failed(error: failure["Error"]?.string, cause: cause))
        }
        return reports
    }

    /// JSON with a space behind commas and colons, as Python writes it.
    private static func spacedText(_ value: JSONValue) -> String {
        switch value {
        case .object(let object):
            "{"
                + object.members.map { JSONWriter.text(.string($0.key)) + ": " + spacedText($0.value) }.joined(
                    separator: ", ") + "}"
        case .array(let items): "[" + items.map(spacedText).joined(separator: ", ") + "]"
        case .null, .bool, .number, .string: JSONWriter.text(value)
        }
    }
}
