import Foundation
import GRDB

extension Projection {
    /// - Returns: nil for an unknown execution.
    public func execution(_ arn: String) throws -> ExecutionSummary? {
        try database.read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM execution WHERE arn = ?", arguments: [arn]).map(
                ExecutionSummary.init)
        }
    }

    /// The executions of a state machine, newest first.
    /// - Parameters:
    ///   - version, alias: only those that were started through it.
    ///   - offset: how many to pass over.
    public func executions(
        ofMachine machine: String, version: String? = nil, alias: String? = nil, status: String? = nil, offset: Int = 0,
        limit: Int
    ) throws -> [ExecutionSummary] {
        try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM execution
                    WHERE machine = ? AND (? IS NULL OR version = ?) AND (? IS NULL OR alias = ?) AND (? IS NULL OR status = ?)
                    ORDER BY started DESC, key DESC LIMIT ? OFFSET ?
                    """,
                arguments: [machine, version, version, alias, alias, status, status, limit, offset]
            ).map(ExecutionSummary.init)
        }
    }

    /// The id of the last event of an execution's history; 0 for an unknown execution.
    public func lastEventID(of arn: String) throws -> Int64 {
        try database.read { database in
            try Int64.fetchOne(
                database,
                sql: """
                    SELECT max(event.id) FROM event JOIN execution ON execution.key = event.execution
                    WHERE execution.arn = ?
                    """,
                arguments: [arn])
        } ?? 0
    }

    /// A page of an execution's history: AWS's HistoryEvents as JSON.
    /// - Parameter after: the id of the event that the page follows in its order; nil for the first page.
    public func history(
        of arn: String, after: Int64?, isReversed: Bool, limit: Int
    ) throws -> [(id: Int64, json: [UInt8])] {
        let order = isReversed ? "DESC" : "ASC"
        let bound = after ?? (isReversed ? .max : 0)
        return try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT event.id, event.json FROM event JOIN execution ON execution.key = event.execution
                    WHERE execution.arn = ? AND event.id \(isReversed ? "<" : ">") ? ORDER BY event.id \(order) LIMIT ?
                    """,
                arguments: [arn, bound, limit]
            ).map { row in
                let json: Data = row["json"]
                return (row["id"], Array(json))
            }
        }
    }
}
