public import JSON
import TaskWorkers

/// Answers of the Step Functions API as people read them.
public enum AnswerTable {
    /// Of ListStateMachines: name, type, creation, ARN.
    public static func machines(_ items: [JSONValue]) -> [String] {
        let rows = items.map { item in
            [text(item["name"]), text(item["type"]), time(item["creationDate"]), text(item["stateMachineArn"])]
        }
        return TextTable.lines([["name", "type", "created", "arn"]] + rows)
    }

    /// Of ListExecutions: name, status, start, how long it took, version or alias it was started through.
    /// - Parameter now: epoch milliseconds, for those that still run.
    public static func executions(_ items: [JSONValue], now: Int64) -> [String] {
        let rows = items.map { item in
            [
                text(item["name"]), text(item["status"]), time(item["startDate"]), elapsed(item, now: now),
                qualifier(item),
            ]
        }
        return TextTable.lines([["name", "status", "started", "took", "through"]] + rows)
    }

    /// Of any Describe operation: a line a member, names at the left. Long texts that are JSON stand indented below their name.
    /// - Parameter now: epoch milliseconds.
    public static func description(_ answer: JSONObject, now: Int64) -> [String] {
        var lines: [String] = []
        for member in answer where !hidden.contains(member.key) {
            let name = member.key.text
            let padded = name.padding(to: nameWidth)
            if name.hasSuffix("Date") {
                lines.append(padded + time(member.value))
            } else if documents.contains(member.key), let text = member.value.string {
                let pretty = (try? JSONParser.parse(text)).map { JSONWriter.prettyText($0) } ?? text
                let parts = pretty.split(separator: "\n", omittingEmptySubsequences: false)
                lines += parts.count == 1 ? [padded + pretty] : [name] + parts.map { "  \($0)" }
            } else {
                lines.append(padded + text(member.value))
            }
        }
        if answer["startDate"] != nil {
            lines.append("took".padding(to: nameWidth) + elapsed(.object(answer), now: now))
        }
        return lines
    }

    /// `2026-11-22 14:05:09.123Z`; empty for what is no time.
    static func time(_ value: JSONValue?) -> String {
        guard let seconds = value?.number?.double else { return "" }
        let text = CalendarTime(epochMilliseconds: Int64((seconds * 1_000).rounded())).iso8601
        return text.replacing("T", with: " ", maxReplacements: 1)
    }

    private static let nameWidth = 24
    private static let documents: Set<JSONString> = ["input", "output", "definition"]
    /// Says only that input and output are there.
    private static let hidden: Set<JSONString> = ["inputDetails", "outputDetails"]

    private static func text(_ value: JSONValue?) -> String { value?.string ?? value?.description ?? "" }

    private static func elapsed(_ item: JSONValue, now: Int64) -> String {
        guard let start = item["startDate"]?.number?.double else { return "" }
        let end = item["stopDate"]?.number?.double ?? Double(now) / 1_000
        return ElapsedText.text(milliseconds: Int64(((end - start) * 1_000).rounded()))
    }

    private static func qualifier(_ item: JSONValue) -> String {
        let arn = item["stateMachineAliasArn"]?.string ?? item["stateMachineVersionArn"]?.string
        return arn?.split(separator: ":").last.map(String.init) ?? ""
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
