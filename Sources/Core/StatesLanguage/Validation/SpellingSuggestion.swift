/// Finds what a misspelt name was meant to be.
public enum SpellingSuggestion {
    /// Longer names are not compared: the work grows with the product of the lengths.
    static let nameLengthMax = 128
    /// Hints are looked for until there are this many problems.
    static let hintsMax = 50
    /// At most this many names are compared with.
    static let candidatesMax = 2_000

    /// `did you mean "Pack"?` for the nearest of `candidates`; nil when none is near.
    public static func hint(for name: String, among candidates: some Sequence<String>) -> String? {
        nearest(to: name, among: candidates).map { "did you mean \"\($0)\"?" }
    }

    /// The candidate with the least edits between, up to a third of the name's length; the first of equals.
    static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        let letters = fold(name)
        guard !letters.isEmpty, letters.count <= nameLengthMax else { return nil }
        var best: String?
        var bestDistance = max(1, letters.count / 3) + 1
        for candidate in candidates.prefix(candidatesMax) {
            let other = fold(candidate)
            guard other.count <= nameLengthMax, abs(other.count - letters.count) < bestDistance else { continue }
            let distance = edits(letters, other)
            if distance < bestDistance {
                best = candidate
                bestDistance = distance
            }
        }
        return best
    }

    /// Letters in lower case, without what people add or forget between words.
    private static func fold(_ name: String) -> [Unicode.Scalar] {
        name.lowercased().unicodeScalars.filter { $0 != " " && $0 != "-" && $0 != "_" }
    }

    /// Insertions, deletions, replacements and swaps of neighbours that lead from `a` to `b`.
    private static func edits(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var beforePrevious = [Int](repeating: 0, count: b.count + 1)
        var previous = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in b.indices {
                var cost = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforePrevious[j - 1] + 1) }
                row.append(cost)
            }
            beforePrevious = previous
            previous = row
        }
        return previous[b.count]
    }
}
