import Foundation
import GRDB
import Synchronization

extension Projection {
    /// How an execution stands that was started a short time ago; nil when that is not known without reading.
    public func recentExecution(_ arn: String) -> ExecutionSummary? { recent.withLock { $0.summary(arn) } }

    /// - Returns: nil for an unknown execution.
    /// - Parameter includesData: without, input and output need not be read; the summary's may be empty.
    public func execution(_ arn: String, includesData: Bool = true) throws -> ExecutionSummary? {
        if let known = recent.withLock({ $0.summary(arn) }) { return known }
        let columns = includesData ? "*" : ExecutionSummary.columnsWithoutData
        // Asked with each request: without the two PRAGMAs with which a guarded read begins and ends.
        return try read(isGuarded: false) { database in
            try Row.fetchOne(
                try database.cachedStatement(sql: "SELECT \(columns) FROM execution WHERE arn = ?"), arguments: [arn]
            ).map(ExecutionSummary.init)
        }
    }

    /// Which executions a list shows.
    public struct ExecutionFilter: Sendable {
        public var machine: String
        /// Only those that were started through it.
        public var version: String?
        /// Only those that were started through it.
        public var alias: String?
        public var status: String?
        /// Only those that follow this one in the list's order; the place of a list's last item.
        public var after: ExecutionPlace?

        public init(
            machine: String, version: String? = nil, alias: String? = nil, status: String? = nil,
            after: ExecutionPlace? = nil
        ) {
            self.machine = machine
            self.version = version
            self.alias = alias
            self.status = status
            self.after = after
        }

        var condition: (sql: String, arguments: StatementArguments) {
            var sql: [String] = []
            var arguments: StatementArguments = []
            for (column, value) in [("version", version), ("alias", alias), ("status", status)] {
                guard let value else { continue }
                sql.append("\(column) = ?")
                arguments += [value]
            }
            // A version and an alias are of one machine: their own index serves better.
            if version == nil, alias == nil {
                sql.append("machine = ?")
                arguments += [machine]
            }
            if let after {
                sql.append("(started, key) < (?, ?)")
                arguments += [after.startedAt, after.key]
            }
            return (sql.joined(separator: " AND "), arguments)
        }
    }

    /// Executions, newest first, without inputs and outputs.
    public func executions(_ filter: ExecutionFilter, limit: Int) throws -> [ExecutionSummary] {
        let (condition, arguments) = filter.condition
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(ExecutionSummary.columnsWithoutData) FROM execution WHERE \(condition)
                    ORDER BY started DESC, key DESC LIMIT ?
                    """,
                arguments: arguments + [limit]
            ).map(ExecutionSummary.init)
        }
    }
}

/// Where an execution stands in lists, which are by start and, among those of one millisecond, by arrival.
public struct ExecutionPlace: Sendable, Equatable {
    /// Epoch milliseconds.
    public var startedAt: Int64
    public var key: Int64

    public init(startedAt: Int64, key: Int64) {
        self.startedAt = startedAt
        self.key = key
    }
}
