import Engine
import EventLog
import Foundation
import GRDB
import JSON

/// Writes events into the tables. It is used within one transaction of the database.
struct Projector {
    let database: Database
    /// Keys of the executions of this transaction.
    private var keys: [String: Int64] = [:]

    init(_ database: Database) { self.database = database }

    /// - Parameter value: the record's JSON, decoded as `event`.
    mutating func project(_ executionArn: String, _ event: Event, _ value: JSONValue) throws {
        switch event.detail {
        case .executionStarted(let started): try insert(started.start, event.timestamp)
        case .executionSucceeded(let output):
            try close(executionArn, "SUCCEEDED", event.timestamp, output: output.text, error: nil, cause: nil)
        case .executionFailed(let error, let cause):
            try close(executionArn, "FAILED", event.timestamp, output: nil, error: error, cause: cause)
        case .executionTimedOut(_, let cause):
            // The event says States.Timeout, DescribeExecution has no error. Source: surface § 1.4.
            try close(executionArn, "TIMED_OUT", event.timestamp, output: nil, error: nil, cause: cause)
        case .executionAborted(let error, let cause):
            try close(executionArn, "ABORTED", event.timestamp, output: nil, error: error, cause: cause)
        case .executionRedriven(let redriven): try reopen(executionArn, redriven.redriveCount, event.timestamp)
        default: break
        }
        guard event.id != 0, let key = try key(of: executionArn) else { return }
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO event (execution, id, json) VALUES (?, ?, ?)")
            .execute(arguments: [key, event.id, Data(HistoryEvent.bytes(of: value))])
    }

    /// Keeps an event of a state machine or an activity; those before its deletion are not needed any more.
    func keep(_ event: RegistryEvent, _ json: [UInt8]) throws {
        if event.kind == .stateMachineDeleted || event.kind == .activityDeleted {
            try database.cachedStatement(sql: "DELETE FROM registryEvent WHERE arn = ?").execute(arguments: [event.arn])
        }
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO registryEvent (arn, sequence, json) VALUES (?, ?, ?)")
            .execute(arguments: [event.arn, event.sequence, Data(json)])
    }

    /// Notes how far a partition is projected, in the same transaction.
    func save(_ records: PartitionRecords) throws {
        guard let position = ReadModelStore.Position(after: records) else { return }
        try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO position (partition, next, last, mark) VALUES (?, ?, ?, ?)"
        )
        .execute(arguments: [records.partition.partition, position.next, position.last, position.mark])
    }

    private mutating func insert(_ start: StartExecution, _ time: Int64) throws {
        try database.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO execution
                    (arn, machine, version, alias, name, role, definitionHash, traceHeader, status, started, input)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'RUNNING', ?, ?)
                """
        ).execute(arguments: [
            start.executionArn, start.stateMachineArn, start.stateMachineVersionArn, start.stateMachineAliasArn,
            start.name,
            start.roleArn, start.definitionHash, start.traceHeader, time, start.input,
        ])
    }

    private func close(
        _ arn: String, _ status: String, _ time: Int64, output: String?, error: String?, cause: String?
    ) throws {
        try database.cachedStatement(
            sql: "UPDATE execution SET status = ?, stopped = ?, output = ?, error = ?, cause = ? WHERE arn = ?"
        ).execute(arguments: [status, time, output, error, cause, arn])
    }

    private func reopen(_ arn: String, _ redriveCount: Int64, _ time: Int64) throws {
        try database.cachedStatement(
            sql: """
                UPDATE execution SET status = 'RUNNING', stopped = NULL, output = NULL, error = NULL, cause = NULL,
                    redrives = ?, redriven = ? WHERE arn = ?
                """
        ).execute(arguments: [redriveCount, time, arn])
    }

    private mutating func key(of arn: String) throws -> Int64? {
        if let known = keys[arn] { return known }
        let key = try Int64.fetchOne(
            try database.cachedStatement(sql: "SELECT key FROM execution WHERE arn = ?"), arguments: [arn])
        keys[arn] = key
        return key
    }
}

/// AWS's HistoryEvent out of a record of `events`: without the envelope and without what only folding needs.
enum HistoryEvent {
    static func bytes(of record: JSONValue) -> [UInt8] {
        guard case .object(let object) = record else { return [] }
        var event = JSONObject(minimumCapacity: object.count)
        for member in object where !["executionArn", "sequence", "steplog"].contains(member.key) {
            event.append(member.key, member.value)
        }
        return JSONWriter.bytes(.object(event))
    }
}
