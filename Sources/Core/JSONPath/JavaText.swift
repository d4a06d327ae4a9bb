internal import JSON

/// Values as Java's `toString` prints them, which shows in messages: `{a=1, b=[1,2]}`.
enum JavaText {
    /// An object prints its members without quotes; an array prints as compact JSON.
    static func text(_ value: JSONValue) -> String {
        switch value {
        case .object(let object):
            "{" + object.members.map { "\($0.key.text)=\(text($0.value))" }.joined(separator: ", ") + "}"
        case .array: JSONWriter.text(value)
        case .string(let string): string.text
        case .number(let number): number.text
        case .bool(let flag): flag ? "true" : "false"
        case .null: "null"
        }
    }
}
