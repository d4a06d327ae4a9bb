import Foundation
import GRDB
import Synchronization

/// How long executions stay in the read model after they have ended.
public struct ReadModelRetention: Sendable {
    public var period: Duration
    /// Milliseconds since 1970 (UTC).
    public var now: @Sendable () -> Int64

    public init(period: Duration, now: @escaping @Sendable () -> Int64) {
        self.period = period
        self.now = now
    }
}

extension Projection {
    /// Executions in one transaction; projecting goes on between two of them.
    private static let dropCount = 100

    /// Drops executions that ended before the retention's period, with their histories.
    /// - Returns: whether there may be more of them.
    func dropOld(_ retention: ReadModelRetention) throws -> Bool {
        let before = retention.now() - retention.period.components.seconds * 1_000
        let store = serving.withLock { $0.store }
        let count = try store.database.write { database in
            let keys = try Int64.fetchAll(
                database, sql: "SELECT key FROM execution WHERE stopped < ? ORDER BY stopped LIMIT ?",
                arguments: [before, Self.dropCount])
            for key in keys {
                try database.cachedStatement(sql: "DELETE FROM segment WHERE execution = ?").execute(arguments: [key])
                try database.cachedStatement(sql: "DELETE FROM execution WHERE key = ?").execute(arguments: [key])
            }
            return keys.count
        }
        if count > 0 { recent.withLock { $0.removeAll() } }
        return count == Self.dropCount
    }
}
