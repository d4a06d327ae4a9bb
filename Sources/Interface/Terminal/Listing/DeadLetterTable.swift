public import JSON

/// Dead letters as people read them.
public enum DeadLetterTable {
    /// - Parameter letters: objects as `steplog deadletter list --output json` gives them.
    /// - Returns: number, time, where the record stood, key and reason.
    public static func lines(_ letters: [JSONValue]) -> [String] {
        let rows = letters.map { letter in
            let place = "\(letter["topic"]?.string ?? "")/\(number(letter["partition"]))@\(number(letter["offset"]))"
            return [
                number(letter["number"]), letter["time"]?.string ?? "", place, letter["key"]?.string ?? "",
                letter["reason"]?.string ?? "",
            ]
        }
        return TextTable.lines([["number", "time", "record", "key", "reason"]] + rows, rightAligned: 1)
    }

    private static func number(_ value: JSONValue?) -> String { value?.number?.text ?? "" }
}
