import JSON
public import Replay

/// Differences between two documents, a line or two each.
public enum DifferenceTable {
    public static func lines(_ differences: [JSONDifference]) -> [String] {
        differences.flatMap { difference in
            [
                difference.place,
                difference.left.map { "  - " + LineText.clipped($0.description, to: 500) },
                difference.right.map { "  + " + LineText.clipped($0.description, to: 500) },
            ].compactMap(\.self)
        }
    }
}
