import BatchStore
import EventLog
import EventLogEmbedded
import Foundation
import Testing

@Suite("Recovery on SQLite")
struct SQLiteRecoveryTests {
    @Test("With commits that fail at any moment nothing is lost on a log file either, and a reopened one has it all")
    func faults() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "steplog-recovery-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "log.sqlite").path
        let storage = try SQLiteBatchStorage(path: path, durability: .process)
        let rig = try ProcessorRig(storage, seed: 5)
        try RecoveryTests.survives(rig, jobs: 4)
        let counts = try rig.events().mapValues(\.count)
        rig.log.close()
        let reopened = try ProcessorRig(SQLiteBatchStorage(path: path, durability: .process), seed: 6)
        #expect(try reopened.events().mapValues(\.count) == counts)
        try reopened.start("more", Machines.pass, hash: "other")
        #expect(try reopened.run { try $0.ends()["more"] != nil })
        reopened.log.close()
    }
}
