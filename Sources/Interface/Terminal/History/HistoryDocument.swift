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
        return TextTable.lines([["id", "prev", "time", "type", "details"]] + rows, rightAligned: 3)
    }

    /// A line for one event of a history that is followed: seconds since its first event, type, and what it is about.
    /// - Parameter start: the timestamp of the first event, epoch seconds.
    public static func line(_ event: JSONValue, start: Double) -> String {
        let elapsed = ElapsedText.seconds(
            milliseconds: Int64((((event["timestamp"]?.number?.double ?? start) - start) * 1_000).rounded()))
        let padding = String(repeating: " ", count: max(0, 10 - elapsed.count))
        let summary = summary(event)
        return "\(padding)\(elapsed)  \(event["type"]?.string ?? "")\(summary.isEmpty ? "" : "  \(summary)")"
    }

    private func seconds(_ value: Double) -> String {
        ElapsedText.seconds(milliseconds: Int64((value * 1_000).rounded()))
    }

    /// The details in one line, cut where it gets long.
    static func summary(_ event: JSONValue) -> String {
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
}
