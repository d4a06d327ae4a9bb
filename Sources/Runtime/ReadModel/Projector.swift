import Engine
import EventLog
import Foundation
import GRDB
import JSON

/// Gathers a batch of events and writes it into the tables. It is used within one transaction of the database.
struct Projector {
    private let database: Database
    private var executions: [PendingExecution] = []
    private var places: [String: Int] = [:]
    /// The execution of the record before, which mostly is that of the next one.
    private var lastArn: [UInt8] = []
    private var lastPlace = 0
    private var decoder = EventDecoder()

    init(_ database: Database) { self.database = database }

    /// Takes a record of an execution.
    /// - Throws: `CodecError` or the parser's error for what is no event.
    mutating func take(_ record: EventLog.Record) throws {
        let bytes = record.valueSpan
        guard let parts = HistoryRecord(bytes) else { return try takeParsed(Array(record.value ?? [])) }
        let place = place(of: bytes.extracting(parts.executionArn))
        if PendingExecution.types.contains(where: { Self.areEqual($0.span, bytes.extracting(parts.type)) }) {
            executions[place].take(try decoder.next(bytes).event)
        }
        guard let id = parts.id else { return }
        executions[place].append(id: id) { json in
            json.append(UInt8(ascii: "{"))
            json.append(copying: record.valueSpan.extracting(parts.members))
            json.append(UInt8(ascii: "}"))
        }
    }

    private mutating func takeParsed(_ bytes: [UInt8]) throws {
        let (arn, event) = try EventDecoder.decode(bytes)
        let place = place(of: Array(arn.utf8).span)
        executions[place].take(event)
        guard event.id != 0 else { return }
        let value = try JSONParser.parse(bytes)
        executions[place].append(id: event.id) { $0 += HistoryEvent.bytes(of: value) }
    }

    private mutating func place(of arn: Span<UInt8>) -> Int {
        if !executions.isEmpty, Self.areEqual(lastArn.span, arn) { return lastPlace }
        lastArn.removeAll(keepingCapacity: true)
        lastArn.append(copying: arn)
        let name = String(decoding: lastArn, as: UTF8.self)
        if let known = places[name] {
            lastPlace = known
        } else {
            lastPlace = executions.count
            places[name] = lastPlace
            executions.append(PendingExecution(arn: name))
        }
        return lastPlace
    }

    private static func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        // From the end: names differ there.
        var index = left.count
        while index > 0 {
            index -= 1
            if left[index] != right[index] { return false }
        }
        return true
    }

    // MARK: - Writing

    /// Writes what was taken.
    /// - Returns: each execution that changed, with the key of its row if that is new; and what changed about tasks of activities.
    func finish() throws -> (
        executions: [(execution: PendingExecution, insertedKey: Int64?)], activities: [ActivityChange]
    ) {
        let changed = try executions.map { execution -> (execution: PendingExecution, insertedKey: Int64?) in
            let insertedKey = try execution.start.flatMap { try insert($0.request, $0.time, execution) }
            guard let key = try insertedKey ?? update(execution) else { return (execution, nil) }
            for segment in execution.segments {
                try database.cachedStatement(
                    sql: "INSERT OR REPLACE INTO segment (execution, first, last, json) VALUES (?, ?, ?, ?)"
                )
                .execute(arguments: [key, segment.first, segment.last, Data(segment.json)])
            }
            return (execution, insertedKey)
        }
        return (changed, try ActivityTable(database).take(executions))
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

    /// - Returns: nil when the execution was there already.
    private func insert(_ start: StartExecution, _ time: Int64, _ execution: PendingExecution) throws -> Int64? {
        let outcome = execution.outcome
        try database.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO execution
                    (arn, machine, version, alias, name, role, definitionHash, traceHeader, testCase, started, input,
                    status, stopped, output, error, cause, redrives, redriven)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            start.executionArn, start.stateMachineArn, start.stateMachineVersionArn, start.stateMachineAliasArn,
            start.name, start.roleArn, start.definitionHash, start.traceHeader, start.testCase, time, start.input,
            outcome?.status ?? "RUNNING", outcome?.stopped, outcome?.output, outcome?.error, outcome?.cause,
            execution.redrive?.count ?? 0, execution.redrive?.time,
        ])
        return database.changesCount == 0 ? nil : database.lastInsertedRowID
    }

    /// - Returns: the key of the execution's row; nil when there is none, since retention dropped it.
    private func update(_ execution: PendingExecution) throws -> Int64? {
        if let redrive = execution.redrive {
            try database.cachedStatement(sql: "UPDATE execution SET redrives = ?, redriven = ? WHERE arn = ?")
                .execute(arguments: [redrive.count, redrive.time, execution.arn])
        }
        if let outcome = execution.outcome {
            try database.cachedStatement(
                sql: "UPDATE execution SET status = ?, stopped = ?, output = ?, error = ?, cause = ? WHERE arn = ?"
            ).execute(arguments: [
                outcome.status, outcome.stopped, outcome.output, outcome.error, outcome.cause, execution.arn,
            ])
        }
        return try Int64.fetchOne(
            try database.cachedStatement(sql: "SELECT key FROM execution WHERE arn = ?"), arguments: [execution.arn])
    }
}
