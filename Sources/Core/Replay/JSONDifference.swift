public import JSON

/// A place at which two JSON documents are not the same.
public struct JSONDifference: Sendable {
    /// Members and indexes on the way, e.g. `frames.Fan[0].input`; empty for the whole document.
    public var place: String
    /// nil: the left document has nothing there.
    public var left: JSONValue?
    /// nil: the right document has nothing there.
    public var right: JSONValue?

    /// In the order of the left document, what only the right one has behind it. Objects are compared by member.
    public static func between(_ left: JSONValue, _ right: JSONValue) -> [JSONDifference] {
        var found: [JSONDifference] = []
        collect(left, right, "", &found)
        return found
    }

    private static func collect(
        _ left: JSONValue, _ right: JSONValue, _ place: String, _ found: inout [JSONDifference]
    ) {
        switch (left, right) {
        case (.object(let left), .object(let right)):
            let prefix = place.isEmpty ? "" : place + "."
            for member in left.members {
                let name = prefix + member.key.text
                guard let other = right[member.key] else {
                    found.append(JSONDifference(place: name, left: member.value, right: nil))
                    continue
                }
                collect(member.value, other, name, &found)
            }
            for member in right.members where left[member.key] == nil {
                found.append(JSONDifference(place: prefix + member.key.text, left: nil, right: member.value))
            }
        case (.array(let left), .array(let right)):
            for index in 0..<max(left.count, right.count) {
                let name = "\(place)[\(index)]"
                if index < left.count, index < right.count {
                    collect(left[index], right[index], name, &found)
                } else {
                    found.append(
                        JSONDifference(
                            place: name, left: index < left.count ? left[index] : nil,
                            right: index < right.count ? right[index] : nil))
                }
            }
        default:
            if left != right { found.append(JSONDifference(place: place, left: left, right: right)) }
        }
    }
}
