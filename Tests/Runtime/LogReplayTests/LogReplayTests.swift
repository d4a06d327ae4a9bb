import BatchStore
import Engine
import EventLog
import EventLogEmbedded
import Foundation
import GRDB
import LogReplay
import Replay
import StatesLanguage
import Testing

@Suite("Replaying a log")
struct LogReplayTests {
    private static let names = ["good-1", "bad-1", "open-1", "good-2"]
    private let profiles = DecisionProfile.all(region: "us-east-1")

    @Test("A log is verified whatever limits it was written with, and a changed event is named")
    func verifies() throws {
        let clean = try LogVerification(try RecordedLog.scan(RecordedLog.log(Self.names)), profiles: profiles)
        #expect(clean.isClean)
        #expect(clean.sameCount == 4)
        let changed = try RecordedLog.log(Self.names) { name, event, bytes in
            guard name == "good-2", case .taskSucceeded = event.detail else { return bytes }
            return Array(String(decoding: bytes, as: UTF8.self).replacing("ok", with: "no").utf8)
        }
        let found = try LogVerification(try RecordedLog.scan(changed), profiles: profiles)
        #expect(found.sameCount == 3)
        #expect(found.differences.map(\.executionArn) == [RecordedLog.arn("good-2")])
        #expect(found.differences.first?.members.map(\.place) == ["stateExitedEventDetails.output"])
    }

    @Test("An export reads back as the same log, whole or by execution and time")
    func exports() throws {
        let log = try RecordedLog.log(Self.names)
        let whole = try RecordedLog.lines(log)
        let again = try RecordedLog.imported(whole)
        #expect(try RecordedLog.lines(again) == whole)
        let spread = try RecordedLog.imported(whole, partitions: 1)
        #expect(try LogVerification(try RecordedLog.scan(spread), profiles: profiles).sameCount == 4)
        let one = try RecordedLog.imported(
            try RecordedLog.lines(log, LogSelection(executions: [RecordedLog.arn("bad-1")])))
        #expect(try LogFold(try RecordedLog.scan(one)).order == [RecordedLog.arn("bad-1")])
        let hour: Int64 = 3_600_000
        let start = try #require(try LogFold(try RecordedLog.scan(log)).executions[RecordedLog.arn("good-1")]).startedAt
        let later = try RecordedLog.imported(
            try RecordedLog.lines(log, LogSelection(from: start + hour, to: start + 3 * hour)))
        #expect(Set(try LogFold(try RecordedLog.scan(later)).order) == Set(["bad-1", "open-1"].map(RecordedLog.arn)))
    }

    @Test("An export that was cut off, or is of a newer release, is refused with its line")
    func refusesBrokenExports() throws {
        var lines = try RecordedLog.lines(try RecordedLog.log(Self.names))
        lines[3].removeLast(20)
        #expect(throws: ExportError.self) { _ = try RecordedLog.imported(lines) }
        #expect(throws: ExportError.self) { _ = try RecordedLog.imported([Array("{}".utf8)]) }
    }

    @Test("Garbage, an event of a newer release, and a gap set their execution aside; the others go on")
    func setsDamagedAside() throws {
        let log = try RecordedLog.log(Self.names) { name, event, bytes in
            guard event.sequence == 3 else { return bytes }
            switch name {
            case "good-1": return Array("not JSON".utf8)
            case "bad-1":
                return Array(
                    String(decoding: bytes, as: UTF8.self).replacing(event.detail.typeName, with: "Later").utf8)
            case "open-1":
                return Array(
                    String(decoding: bytes, as: UTF8.self).replacing("\"sequence\":3", with: "\"sequence\":4").utf8)
            default: return bytes
            }
        }
        let fold = try LogFold(try RecordedLog.scan(log))
        #expect(fold.order == [RecordedLog.arn("good-2")])
        #expect(Set(fold.damage.compactMap(\.executionArn)) == Set(["good-1", "bad-1", "open-1"].map(RecordedLog.arn)))
        #expect(fold.damage.count == 3)
        #expect(fold.damage.contains { $0.reason.contains("a newer one may have written it") })
        let verified = try LogVerification(try RecordedLog.scan(log), profiles: profiles)
        #expect(verified.sameCount == 1)
        #expect(!verified.isClean)
    }

    @Test("Executions whose definition vanished are set aside with its hash")
    func vanishedDefinition() throws {
        let fold = try LogFold(try RecordedLog.scan(RecordedLog.log(["good-1"], withDefinition: false)))
        #expect(fold.executions.isEmpty)
        #expect(fold.damage.first?.reason.contains(RecordedLog.start("x").definitionHash) == true)
    }

    @Test("A torn batch of a SQLite file is left out and said; the rest is read, also while the log is owned")
    func tornFile() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "replay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "log.sqlite").path
        let storage = try SQLiteBatchStorage(path: path, durability: .process)
        _ = try RecordedLog.log(Self.names, on: storage)
        let owned = try SQLiteSnapshot(path: path)
        #expect(try LogFold(try RecordedLog.scan(EmbeddedLog(owned))).order.count == 4)
        owned.close()
        storage.close()
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try database.execute(
                sql: """
                    UPDATE batch SET bytes = substr(bytes, 1, 100)
                    WHERE position = (SELECT min(position) FROM batch)
                    """)
        }
        try queue.close()
        let snapshot = try SQLiteSnapshot(path: path)
        let log = EmbeddedLog(snapshot)
        defer { log.close() }
        let fold = try LogFold(try RecordedLog.scan(log))
        #expect(snapshot.damage.count == 1)
        #expect(fold.order.count == 3)
    }

    @Test("What is started again has a name of its own that stays the same, and tells where it comes from")
    func reprocesses() throws {
        let scan = try RecordedLog.scan(RecordedLog.log(Self.names))
        let plan = try ReprocessPlan(scan, LogSelection(), statuses: [.failed], label: "r1")
        #expect(plan.items.map(\.start.name) == ["bad-1"])
        #expect(plan.items.first?.newName.hasPrefix("bad-1-r1-") == true)
        #expect(plan.items.first?.lineage == "Reprocessed=" + RecordedLog.arn("bad-1"))
        let all = try ReprocessPlan(scan, LogSelection(), statuses: [], label: "r1")
        #expect(all.items.map(\.start.name) == ["good-1", "bad-1", "good-2"])
        #expect(all.items.first { $0.status == .failed }?.newName == plan.items.first?.newName)
    }

    @Test("A changed definition is tried on all executions of its machine")
    func surveys() throws {
        let scan = try RecordedLog.scan(RecordedLog.log(Self.names))
        let changed = RecordedLog.definition.replacing("Rest", with: "Sleep")
        let machine = try #require(Definition.compile(changed, options: CompileOptions()).machine)
        var results: [WhatIfResult] = []
        let survey = try WhatIfSurvey(
            scan, LogSelection(machine: "M"), machine: machine, settings: profiles[1].settings
        ) { results.append($0) }
        #expect(survey.counts == [.otherPath: 2, .samePath: 2])
        #expect(results.count == 4)
    }
}
