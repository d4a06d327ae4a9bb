import CommandTesting
import Foundation
import Glibc
import JSON
import Testing

/// Steplog is killed with SIGKILL at random moments of each example and started again with `--resume`, until the execution has ended.
///
/// `STEPLOG_KILLS` says how often each example is killed (8; `make crash-test` sets 200), `STEPLOG_SEED` repeats a run.
@Suite("A killed Steplog goes on where it was", .serialized)
struct CrashTests {
    private static let kills = Int(ProcessInfo.processInfo.environment["STEPLOG_KILLS"] ?? "") ?? 8
    private static let seed =
        UInt64(ProcessInfo.processInfo.environment["STEPLOG_SEED"] ?? "") ?? UInt64.random(in: 0...UInt64.max)
    /// So often in one execution, which then ends undisturbed.
    private static let killsPerRun = 8

    @Test(
        "No task starts twice, nothing is left running, the history is that of an undisturbed run",
        arguments: Example.names)
    func killedAtRandomMoments(name: String) throws {
        let example = Example(name: name, inputFile: "input.json")
        let expected = try example.json(example.expectedOutputFile)
        let undisturbed = try Execution(of: example)
        defer { undisturbed.delete() }
        let started = ContinuousClock.now
        let calm = try undisturbed.start(resuming: false).wait()
        let seconds = Double((ContinuousClock.now - started) / .milliseconds(1)) / 1000
        try #require(calm.status == 0, "\(calm.messages)")
        let shape = try HistoryShape(undisturbed.events(printedBy: calm))
        let starts = try undisturbed.starts()

        var generator = SeededGenerator(seed: Self.seed)
        var killed = 0
        while killed < Self.kills {
            let execution = try Execution(of: example)
            defer { execution.delete() }
            let many = min(Self.killsPerRun, Self.kills - killed)
            let (outcome, kills) = try execution.runKilled(atMost: many, within: seconds, using: &generator)
            killed += max(kills, 1)
            let how: Comment = "repeat with STEPLOG_SEED=\(Self.seed); killed \(kills) times; \(outcome.messages)"
            try #require(outcome.status == 0, how)
            #expect(try JSONParser.parse(outcome.output) == expected, how)
            #expect(try HistoryShape(execution.events(printedBy: outcome)) == shape, how)
            let counted = try execution.starts()
            #expect(Set(counted).count == counted.count, how)
            #expect(Self.names(counted) == Self.names(starts), how)
            #expect(execution.processesLeft().isEmpty, how)
        }
    }

    /// `export 123-7` starts `export`; which came first among parallel ones is of no account.
    private static func names(_ starts: [String]) -> [Substring] {
        starts.compactMap { $0.split(separator: " ").first }.sorted()
    }
}

/// One execution of an example with a folder of its own for the log, the results and the count of starts.
private struct Execution {
    let example: Example
    let folder: URL

    init(of example: Example) throws {
        self.example = example
        folder = try SteplogProcess.temporaryFolder()
    }

    func delete() { try? FileManager.default.removeItem(at: folder) }

    func start(resuming: Bool) throws -> SteplogProcess {
        let arguments = [
            "run", "workflow.asl.json", "--input", "@\(example.inputFile)", "--skip-waits", "--history", "json",
            "--log", folder.appending(path: "run.sqlite").path,
        ]
        let environment = [
            "STEPLOG_EXAMPLE_DIR": folder.path, "STEPLOG_EXAMPLE_PACE": "0.05",
            "STEPLOG_TASK_COUNTER_FILE": folder.appending(path: "starts").path,
        ]
        return try SteplogProcess(
            arguments + (resuming ? ["--resume"] : []), in: example.folder, environment: environment)
    }

    /// Starts, kills and resumes up to `killsMax` times, each after a random part of `seconds`; then waits for the end.
    /// - Returns: how the last process ended, and how many were killed.
    func runKilled(
        atMost killsMax: Int, within seconds: Double, using generator: inout SeededGenerator
    ) throws -> (outcome: SteplogProcess.Outcome, kills: Int) {
        var process = try start(resuming: false)
        for kills in 0..<killsMax {
            let moment = Double.random(in: 0..<seconds, using: &generator)
            if process.hasEnded(within: moment) { return (try process.wait(), kills) }
            kill(process.identifier, SIGKILL)
            let outcome = try process.wait()
            // It may have ended by itself at that very moment.
            if !outcome.wasKilled { return (outcome, kills) }
            process = try start(resuming: true)
        }
        return (try process.wait(), killsMax)
    }

    /// A line for each start of a container: its name and the launch it belongs to.
    func starts() throws -> [String] {
        try String(contentsOf: folder.appending(path: "starts"), encoding: .utf8).split(separator: "\n").map(
            String.init)
    }

    /// The history that `--history json` printed.
    func events(printedBy outcome: SteplogProcess.Outcome) throws -> [JSONValue] {
        let lines = outcome.messages.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasPrefix("{") || $0.hasPrefix("[") }, "\(outcome.messages)")
        let document = try JSONParser.parse(lines[start...].joined(separator: "\n"))
        return try #require(document.array ?? document["events"]?.array)
    }

    /// The processes that still run with this execution's folder in their environment.
    func processesLeft() -> [String] {
        let marker = Data("STEPLOG_EXAMPLE_DIR=\(folder.path)\0".utf8)
        return Example.files(in: URL(filePath: "/proc")).filter { name in
            guard name.allSatisfy(\.isNumber) else { return false }
            guard let environment = try? Data(contentsOf: URL(filePath: "/proc/\(name)/environ")) else { return false }
            return environment.range(of: marker) != nil
        }
    }
}
