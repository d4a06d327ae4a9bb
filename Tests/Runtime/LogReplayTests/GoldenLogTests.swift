import BatchStore
import Engine
import EventLogEmbedded
import Foundation
import LogReplay
import Replay
import Testing

/// Logs that releases have written, kept for ever: what they decided is decided today, or a changed decision shows here. One is added
/// with `steplog export --log LOG --to-file Tests/Support/GoldenLogs/NAME.jsonl` when decisions or formats change.
@Suite("Logs of earlier releases")
struct GoldenLogTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Support/GoldenLogs").standardizedFileURL

    @Test(
        "A recorded log is what would be decided today, event by event",
        arguments: ["engine-1-dev.jsonl", "engine-1-run.jsonl"])
    func isDecidedTheSame(name: String) throws {
        let lines = try LineFile(Self.folder.appending(path: name).path)
        let log = EmbeddedLog(MemoryBatchStorage())
        let loaded = try LogImport(into: log) { try lines.next() }
        let result = try LogVerification(
            try EventScan(log: log, names: loaded.names), profiles: DecisionProfile.all(region: "us-east-1"))
        #expect(result.differences.map(\.json).isEmpty)
        #expect(result.damage.isEmpty)
        #expect(result.sameCount > 0)
    }

    @Test("An execution can be had as it was after each event of its history")
    func isFoldedToEachEvent() throws {
        let lines = try LineFile(Self.folder.appending(path: "engine-1-dev.jsonl").path)
        let log = EmbeddedLog(MemoryBatchStorage())
        let loaded = try LogImport(into: log) { try lines.next() }
        let scan = try EventScan(log: log, names: loaded.names)
        for (arn, execution) in try LogFold(scan).executions {
            for id in 1...execution.lastEventID {
                let fold = try LogFold(scan, LogSelection(executions: [arn]), until: .event(id))
                #expect(fold.damage.isEmpty)
                #expect(fold.executions[arn]?.lastEventID == id)
            }
        }
    }

    @Test("Every golden log is verified")
    func areAllNamed() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        #expect(found == ["engine-1-dev.jsonl", "engine-1-run.jsonl"])
    }
}
