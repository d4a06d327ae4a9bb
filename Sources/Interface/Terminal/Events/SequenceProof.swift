/// Proves from the records alone that none is missing: under each key `sequence` counts by one.
/// Source: docs/events/README.md.
public struct SequenceProof: Sendable {
    private var last: [String: Int64] = [:]
    /// Records that were looked at.
    public private(set) var recordCount = 0
    /// Records that had been seen before; delivery may repeat them, a reader leaves them out.
    public private(set) var repeatedCount = 0
    /// What is missing, in plain words.
    public private(set) var gaps: [String] = []

    /// Nothing has been seen.
    public init() {}

    /// How many executions, state machines and activities the records are of.
    public var entityCount: Int { last.count }

    /// Takes the next record of its partition.
    /// - Parameter isWhole: reading began at the partition's first record, and none was ever deleted: the first has to be 1.
    public mutating func add(arn: String, sequence: Int64, isWhole: Bool) {
        recordCount += 1
        let before = last[arn] ?? (isWhole ? 0 : sequence - 1)
        if sequence <= before {
            repeatedCount += 1
            return
        }
        if sequence > before + 1 {
            let missing = sequence == before + 2 ? "\(before + 1)" : "\(before + 1) to \(sequence - 1)"
            gaps.append("\(arn): sequence \(missing) missing")
        }
        last[arn] = sequence
    }

    /// One line that says what was found.
    public var summary: String {
        let found = gaps.isEmpty ? "no gap" : "\(gaps.count) gaps"
        let repeated = repeatedCount == 0 ? "" : ", \(repeatedCount) repeated"
        return "\(recordCount) events under \(entityCount) keys: \(found)\(repeated)"
    }
}
