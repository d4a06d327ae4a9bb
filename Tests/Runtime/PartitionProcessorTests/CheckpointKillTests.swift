import BatchStore
import Engine
import EventLog
import EventLogEmbedded
import Foundation
import PartitionProcessor
import Testing

@Suite("A lane that is killed while it writes checkpoints")
struct CheckpointKillTests {
    /// The program beside the tests' own.
    private func program() throws -> URL {
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent()
        let candidates = [folder, Bundle.main.bundleURL].map { $0.appendingPathComponent("LaneTool") }
        return try #require(
            candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }, "LaneTool is not built")
    }

    /// Runs the program until some time after it has got somewhere on every partition, then kills it.
    private func runKilled(_ path: String, tailBytes: Int, after microseconds: UInt32) throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = try program()
        process.arguments = [path, String(tailBytes)]
        process.standardOutput = output
        try process.run()
        _ = output.fileHandleForReading.availableData
        usleep(microseconds)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal, "it ended by itself")
    }

    @Test("After each of 16 kills the checkpoints tell what all events tell, and no event is lost or repeated")
    func killed() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "steplog-\(UUID().uuidString).sqlite").path
        defer {
            for suffix in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
        var random = SystemRandomNumberGenerator()
        for round in 0..<16 {
            let delay = UInt32.random(in: 0..<300_000, using: &random)
            try runKilled(path, tailBytes: [0, 3_000, 40_000][round % 3], after: delay)
            let log = EmbeddedLog(try SQLiteBatchStorage(path: path, durability: .process))
            defer { log.close() }
            let rig = try ProcessorRig(on: log, partitions: 2)
            #expect(try rig.digests().areEqual, "round \(round), killed after \(delay) µs")
            for (arn, events) in try rig.events() {
                #expect(events.map(\.sequence) == Array(1...Int64(events.count)), "\(arn)")
            }
            #expect(try rig.values(rig.layout.names.deadletter).isEmpty)
        }
    }
}
