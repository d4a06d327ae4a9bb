import Engine
import Foundation
import JSON
import Synchronization

@testable import TaskWorkers

/// A directory with task definitions and tasks of its own, and a runner on it.
final class TaskBench: Sendable {
    let root: String
    let configuration: LocalTaskConfiguration
    let runner: LocalTaskRunner

    init(_ change: (inout LocalTaskConfiguration) -> Void = { _ in }) throws {
        root = "\(NSTemporaryDirectory())/steplog-tasks-\(UUID().uuidString)"
        for name in ["definitions", "tasks", "work", "secrets"] { try File.makeDirectories("\(root)/\(name)") }
        var configuration = LocalTaskConfiguration(
            tasksDirectory: "\(root)/tasks", taskDefinitionsDirectory: "\(root)/definitions",
            workingDirectory: "\(root)/work",
            secretsDirectory: "\(root)/secrets", supervisorCommand: [Self.superviseTool])
        change(&configuration)
        self.configuration = configuration
        runner = try LocalTaskRunner(configuration)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// The helper program beside the test program.
    static var superviseTool: String {
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        let candidates = [own, CommandLine.arguments[0], Bundle.main.bundlePath + "/x"]
            .map { ($0 as NSString).deletingLastPathComponent + "/SuperviseTool" }
        return candidates.first { File.isExecutable($0) } ?? "SuperviseTool"
    }

    func write(_ name: String, _ text: String) throws {
        try File.writeAtomically(Array(text.utf8), to: "\(root)/\(name)", durable: false)
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(root)/\(name)") }

    /// A file below `work`, or what a shell would have said.
    func read(_ name: String) -> String {
        String(decoding: (try? File.read("\(root)/\(name)")) ?? [], as: UTF8.self)
    }

    /// Writes a definition of one container `main` that runs a shell script.
    func define(_ family: String, script: String, more: String = "") throws {
        let command = JSONWriter.text(["/bin/sh", "-c", .string(script)])
        try write(
            "definitions/\(family).json",
            #"{"containerDefinitions": [{"name": "main", "image": "shell", "command": \#(command)\#(more)}]}"#)
    }

    func request(_ id: String, _ resource: String, _ input: String, token: String? = nil) -> TaskRequest {
        TaskRequest(
            taskID: id, executionArn: "arn:aws:states:us-east-1:123456789012:execution:m:e",
            stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:m", roleArn: "", stateName: "S",
            resource: resource, input: input, taskToken: token)
    }

    /// Runs `family` with `.sync` to its end.
    func runSync(_ family: String, id: String = "t1", more: String = "") async -> [TaskReport] {
        await run(request(id, "arn:aws:states:::ecs:runTask.sync", #"{"TaskDefinition": "\#(family)"\#(more)}"#))
    }

    /// All reports of a task up to its last; gives up after a minute.
    func run(_ request: TaskRequest) async -> [TaskReport] {
        let collector = ReportCollector()
        runner.start(request) { collector.add($0) }
        return await collector.all()
    }

    /// Waits until `condition` holds, at most 30 s.
    func wait(_ condition: () -> Bool) async -> Bool {
        for _ in 0..<3000 {
            if condition() { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }
}

/// Gathers the reports of a task.
final class ReportCollector: Sendable {
    private let reports = Mutex<[TaskReport]>([])

    var current: [TaskReport] { reports.withLock { $0 } }

    func add(_ report: TaskReport) { reports.withLock { $0.append(report) } }

    /// All, once the last is there.
    func all() async -> [TaskReport] {
        for _ in 0..<30_000 {
            switch current.last {
            case .succeeded?, .failed?: return current
            case .started?, .claimed?, .submitted?, .heartbeat?, nil: try? await Task.sleep(for: .milliseconds(2))
            }
        }
        return current
    }
}

extension [TaskReport] {
    /// The last report's output or cause as JSON; null where it is none.
    var document: JSONValue {
        switch last {
        case .succeeded(let text)?, .failed(_, let text?)?: (try? JSONParser.parse(text)) ?? .null
        case .started?, .claimed?, .submitted?, .heartbeat?, .failed(_, nil)?, nil: .null
        }
    }

    var error: String? {
        guard case .failed(let error, _)? = last else { return nil }
        return error
    }

    var cause: String {
        guard case .failed(_, let cause)? = last else { return "" }
        return cause ?? ""
    }

    var isSuccess: Bool {
        guard case .succeeded? = last else { return false }
        return true
    }
}
