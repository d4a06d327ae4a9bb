import Foundation
import GRDB
import Synchronization

extension Projection {
    /// A part of a history.
    public struct HistoryPage: Sendable {
        /// AWS's HistoryEvents as JSON.
        public var events: [(id: Int64, json: ArraySlice<UInt8>)] = []
        /// Whether more follow.
        public var hasMore = false
    }

    /// The id of the last event of an execution's history; 0 for an unknown execution.
    public func lastEventID(of arn: String) throws -> Int64 {
        if let known = recent.withLock({ $0.lastEventID(arn) }) { return known }
        return try read { database in
            try Int64.fetchOne(
                database,
                sql: """
                    SELECT last FROM segment WHERE execution = (SELECT key FROM execution WHERE arn = ?)
                    ORDER BY first DESC LIMIT 1
                    """,
                arguments: [arn])
        } ?? 0
    }

    /// A page of an execution's history.
    /// - Parameters:
    ///   - after: the id of the event that the page follows in its order; nil for the first page.
    ///   - bytesMax: the page ends before the event that would make it longer; one event comes in any case.
    public func history(
        of arn: String, after: Int64?, isReversed: Bool, limit: Int, bytesMax: Int
    ) throws -> HistoryPage {
        let bound = after ?? (isReversed ? .max : 0)
        let condition = isReversed ? "first < ? ORDER BY first DESC" : "last > ? ORDER BY first"
        return try read { database in
            guard
                let key = try Int64.fetchOne(
                    try database.cachedStatement(sql: "SELECT key FROM execution WHERE arn = ?"), arguments: [arn])
            else { return HistoryPage() }
            // Segments do not overlap: the first one of a page begins at its bound, or is the last one that begins before it.
            let start = isReversed ? 0 : try Self.segmentStart(key, holding: bound, database)
            let segments = try Row.fetchCursor(
                try database.cachedStatement(
                    sql: "SELECT first, json FROM segment WHERE execution = ? AND first >= ? AND \(condition)"),
                arguments: [key, start, bound])
            var page = HistoryPage()
            var bytes = 0
            while !page.hasMore, let row = try segments.next() {
                let json: Data = row["json"]
                let events = Self.events(Array(json), first: row["first"])
                for event in isReversed ? events.reversed() : events
                where isReversed ? event.id < bound : event.id > bound {
                    bytes += event.json.count
                    guard page.events.count < limit, page.events.isEmpty || bytes <= bytesMax else {
                        page.hasMore = true
                        break
                    }
                    page.events.append(event)
                }
            }
            return page
        }
    }

    private static func segmentStart(_ key: Int64, holding id: Int64, _ database: Database) throws -> Int64 {
        try Int64.fetchOne(
            try database.cachedStatement(
                sql: "SELECT first FROM segment WHERE execution = ? AND first <= ? ORDER BY first DESC LIMIT 1"),
            arguments: [key, id]) ?? 0
    }

    /// The lines of a segment. Ids have no gaps.
    private static func events(_ json: [UInt8], first: Int64) -> [(id: Int64, json: ArraySlice<UInt8>)] {
        var events: [(id: Int64, json: ArraySlice<UInt8>)] = []
        for line in json.split(separator: UInt8(ascii: "\n")) { events.append((first + Int64(events.count), line)) }
        return events
    }
}
