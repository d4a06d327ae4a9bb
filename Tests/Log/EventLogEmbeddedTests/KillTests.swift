import BatchStore
import EventLog
import EventLogEmbedded
import Foundation
import Testing

/// The program `log-writer` beside the tests' own binary.
struct LogWriterProgram {
    let process = Process()
    let output = Pipe()

    init(_ arguments: [String]) throws {
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent()
        var candidates = [folder.appendingPathComponent("log-writer")]
        candidates.append(Bundle.main.bundleURL.appendingPathComponent("log-writer"))
        let program = try #require(
            candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }, "log-writer is not built")
        process.executableURL = program
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
    }

    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// What it printed until it ended.
    func text() throws -> String {
        String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    }

    /// Waits until it has printed something.
    func firstOutput() -> String {
        String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    }
}

@Suite("The log in SQLite and other processes")
struct KillTests {
    private let path = FileManager.default.temporaryDirectory
        .appendingPathComponent("steplog-\(UUID().uuidString).sqlite").path

    private func removeFiles() {
        for suffix in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    @Test("After kill -9 mid-write every commit is there, whole, and the next process goes on")
    func kill() throws {
        defer { removeFiles() }
        var random = SystemRandomNumberGenerator()
        var printed: Int64 = -1
        for round in 0..<8 {
            let writer = try LogWriterProgram(["write", path])
            let first = writer.firstOutput()
            let delay = UInt32.random(in: 0..<60_000, using: &random)
            usleep(delay)
            writer.kill()
            let lines = (first + (try writer.text())).split(separator: "\n", omittingEmptySubsequences: true)
            // The last line may be cut.
            if let last = lines.dropLast().last { printed = try #require(Int64(last)) }
            let log = EmbeddedLog(try SQLiteBatchStorage(path: path, durability: .process))
            defer { log.close() }
            var found: [[String]] = []
            for partition in 0..<2 {
                var values: [String] = []
                try log.readToEnd(TopicPartition("t", partition)) { record in
                    values.append(String(decoding: record.value?.prefix { $0 != 32 } ?? [], as: UTF8.self))
                }
                found.append(values)
            }
            #expect(found[0] == found[1], "round \(round), killed after \(delay) µs")
            #expect(found[0] == (0..<found[0].count).map(String.init))
            #expect(Int64(found[0].count) > printed, "committed and printed, but gone")
            let partition = TopicPartition("t", 0)
            #expect(try log.committedOffsets(of: "g", for: [partition])[partition] == Int64(found[0].count))
        }
    }

    @Test("A second process is refused and told who has the log; the lock ends with its owner")
    func lock() throws {
        defer { removeFiles() }
        let writer = try LogWriterProgram(["write", path])
        _ = writer.firstOutput()
        let error = #expect(throws: EventLogError.self) { try SQLiteBatchStorage(path: path, durability: .process) }
        #expect(error?.code == .locked)
        #expect(error?.message.contains("process \(writer.process.processIdentifier)") == true)
        writer.kill()
        let storage = try SQLiteBatchStorage(path: path, durability: .process)
        #expect(throws: EventLogError.self) { try SQLiteBatchStorage(path: path, durability: .process) }
        storage.close()
        #expect(!FileManager.default.fileExists(atPath: path + ".lock"))
    }

    @Test("A file or folder that does not allow writing is one clear error")
    func readOnly() throws {
        defer { removeFiles() }
        try SQLiteBatchStorage(path: path, durability: .process).close()
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
        #expect(try opened(path).hasPrefix("readOnly: \"\(path)\" cannot be written"))
        try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: path)
        #expect(try opened(path).hasPrefix("unreadable: \"\(path)\" cannot be read"))
        let folder = path + ".folder"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
        #expect(try opened(folder + "/log.sqlite").hasPrefix("readOnly: "))
    }

    /// What a process without special rights is told.
    private func opened(_ path: String) throws -> String {
        let program = try LogWriterProgram(["open", path])
        program.process.waitUntilExit()
        return try program.text()
    }
}
