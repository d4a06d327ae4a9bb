public import JSON

/// A history as `--history` prints it, from the records on `events`.
public struct HistoryDocument: Sendable {
    private var events: [JSONValue] = []

    /// Members of a record that AWS does not have.
    private static let ownMembers: Set<JSONString> = ["executionArn", "sequence", "steplog"]

    public init() {}

    /// Adds a record of `events`; what AWS does not show is left out.
    public mutating func append(_ record: JSONValue) {
        guard case .object(let object) = record, object["id"] != nil else { return }
        var event = JSONObject(minimumCapacity: object.count)
        for member in object where !Self.ownMembers.contains(member.key) { event.append(member.key, member.value) }
        events.append(.object(event))
    }

    /// As GetExecutionHistory answers: `{"events": [{"id", "previousEventId", "timestamp", "type", …EventDetails}]}`; timestamps are
    /// epoch seconds.
    public var json: JSONValue { ["events": .array(events)] }

    /// A line an event: id, previous id, seconds since the start, type, and what it is about.
    public var tableLines: [String] {
        let start = events.first?["timestamp"]?.number?.double ?? 0
        let rows = events.map { event -> [String] in
            let elapsed = (event["timestamp"]?.number?.double ?? start) - start
            return [
                event["id"]?.description ?? "", event["previousEventId"]?.description ?? "", seconds(elapsed),
                event["type"]?.string ?? "", Self.summary(event),
            ]
        }
        return Self.table([["id", "prev", "time", "type", "details"]] + rows)
    }

    private func seconds(_ value: Double) -> String {
        ElapsedText.seconds(milliseconds: Int64((value * 1_000).rounded()))
    }

    /// The details in one line, cut where it gets long.
    private static func summary(_ event: JSONValue) -> String {
        guard case .object(let object) = event,
            let details = object.first(where: { $0.key.text.hasSuffix("EventDetails") })?.value.object
        else { return "" }
        let parts = details.compactMap { member -> String? in
            switch member.key.text {
            case "name": member.value.string
            case "inputDetails", "outputDetails", "assignedVariablesDetails", "roleArn", "region", "resourceType": nil
            default: "\(member.key.text)=\(member.value.string ?? member.value.description)"
            }
        }
        return LineText.clipped(parts.joined(separator: " "), to: 100)
    }

    /// Columns padded to the widest cell; the last one as it is.
    private static func table(_ rows: [[String]]) -> [String] {
        let columns = (rows.first?.count ?? 1) - 1
        let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).enumerated().map { column, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return column < 3 ? padding + cell.0 : cell.0 + padding
            }
            let line = (cells + [row[columns]]).joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
