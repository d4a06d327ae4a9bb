/// The names of a partition's executions that have ended, for as long as they may not be used again, in 33 bytes each.
///
/// On `checkpoints` they stand in segments, `@closed/<number>`, to which names are only ever added; a segment goes when its last
/// name has become free again.
struct ClosedNames {
    struct Mark: Equatable {
        var name: NameHash
        /// 64 bits of the input's hash.
        var input: UInt64
        /// Days since 1970 (UTC).
        var closingDay: Int32
        /// Epoch seconds: the log has nothing of the execution before.
        var startedAtSeconds: UInt32
        /// False for one that no redrive can do anything with.
        var isKept: Bool
    }

    /// Source: StartExecution: a name can be used again after 90 days.
    static let reuseDays: Int32 = 90
    static let segmentMarks = 512
    static let millisecondsPerDay: Int64 = 86_400_000

    private struct Value {
        var closingDay: Int32
        var startedAtSeconds: UInt32
        var isKept: Bool
    }

    private struct Segment {
        var number: Int
        var lastDay: Int32
        var names: [NameHash]
    }

    private var known: [NameHash: Value] = [:]
    private var pending: [Mark] = []
    /// Written, the last one not full.
    private var segments: [Segment] = []
    private var open: [Mark] = []
    private var nextNumber = 0

    static func day(_ epochMilliseconds: Int64) -> Int32 {
        Int32(clamping: epochMilliseconds / millisecondsPerDay)
    }

    /// The mark of a name that may not be used again at `time` (epoch milliseconds).
    func mark(_ name: NameHash, at time: Int64) -> (startedAt: Int64, isKept: Bool)? {
        guard let value = known[name], Self.day(time) - value.closingDay <= Self.reuseDays else { return nil }
        return (Int64(value.startedAtSeconds) * 1_000, value.isKept)
    }

    mutating func insert(_ mark: Mark) {
        note(mark)
        pending.append(mark)
    }

    /// Takes over the names that are new in another one.
    mutating func adopt(_ other: ClosedNames) {
        for mark in other.pending { insert(mark) }
    }

    private mutating func note(_ mark: Mark) {
        known[mark.name] = Value(
            closingDay: mark.closingDay, startedAtSeconds: mark.startedAtSeconds, isKept: mark.isKept)
    }

    /// One line a name, sorted.
    var dump: [String] {
        known.map { "\($0.key.high).\($0.key.low) \($0.value.closingDay) \($0.value.isKept)" }.sorted()
    }

    // MARK: - Segments

    static let keyPrefix = "@closed/"

    private static func key(_ number: Int) -> [UInt8] { Array("\(keyPrefix)\(number)".utf8) }

    /// The records that put what is new on `checkpoints`: of segments with names, and of those that are no more (nil).
    mutating func takeRecords(at time: Int64) -> [(key: [UInt8], value: [UInt8]?)] {
        guard !pending.isEmpty else { return [] }
        var records: [(key: [UInt8], value: [UInt8]?)] = []
        let added = pending
        pending = []
        for start in stride(from: 0, to: added.count, by: 1) {
            open.append(added[start])
            if open.count == Self.segmentMarks { records.append(closeSegment()) }
        }
        if !open.isEmpty { records.append((Self.key(nextNumber), Self.encoded(open))) }
        while let oldest = segments.first, Self.day(time) - oldest.lastDay > Self.reuseDays {
            segments.removeFirst()
            for name in oldest.names where known[name].map({ $0.closingDay <= oldest.lastDay }) == true {
                known[name] = nil
            }
            records.append((Self.key(oldest.number), nil))
        }
        return records
    }

    private mutating func closeSegment() -> (key: [UInt8], value: [UInt8]?) {
        let record = (Self.key(nextNumber), Optional(Self.encoded(open)))
        keepSegment(nextNumber, open)
        open = []
        nextNumber += 1
        return record
    }

    private mutating func keepSegment(_ number: Int, _ marks: [Mark]) {
        segments.append(
            Segment(
                number: number, lastDay: marks.map(\.closingDay).max() ?? 0, names: marks.map(\.name)))
    }

    /// Takes over a segment; those of a partition come in the order of their numbers, a later one of the same number counts.
    /// - Throws: `RecoveryError` when it can't be read.
    mutating func restore(_ number: Int, _ value: [UInt8]) throws(SegmentError) {
        let marks = try Self.decoded(value)
        for mark in marks { note(mark) }
        guard number >= nextNumber else { return }
        if number > nextNumber, !open.isEmpty { keepSegment(nextNumber, open) }
        (nextNumber, open) = (number, marks)
        if open.count >= Self.segmentMarks {
            keepSegment(number, open)
            (nextNumber, open) = (number + 1, [])
        }
    }

    struct SegmentError: Error {
        var message: String
    }

    private static let form: UInt8 = 1
    private static let markBytes = 33

    private static func encoded(_ marks: [Mark]) -> [UInt8] {
        var bytes: [UInt8] = [form]
        bytes.reserveCapacity(1 + marks.count * markBytes)
        func append(_ value: UInt64, _ count: Int) {
            for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * (count - 1 - index)))) }
        }
        for mark in marks {
            append(mark.name.high, 8)
            append(mark.name.low, 8)
            append(mark.input, 8)
            append(UInt64(UInt32(bitPattern: mark.closingDay)), 4)
            append(UInt64(mark.startedAtSeconds), 4)
            bytes.append(mark.isKept ? 1 : 0)
        }
        return bytes
    }

    private static func decoded(_ bytes: [UInt8]) throws(SegmentError) -> [Mark] {
        guard bytes.first == form else {
            throw SegmentError(
                message: "the closed names have form \(bytes.first ?? 0); this release reads forms up to \(form), a "
                    + "newer one may have written them")
        }
        guard (bytes.count - 1) % markBytes == 0 else { throw SegmentError(message: "closed names are cut short") }
        return stride(from: 1, to: bytes.count, by: markBytes).map { start in
            func number(_ offset: Int, _ count: Int) -> UInt64 {
                bytes[start + offset..<start + offset + count].reduce(0) { $0 << 8 | UInt64($1) }
            }
            return Mark(
                name: NameHash(high: number(0, 8), low: number(8, 8)), input: number(16, 8),
                closingDay: Int32(bitPattern: UInt32(truncatingIfNeeded: number(24, 4))),
                startedAtSeconds: UInt32(truncatingIfNeeded: number(28, 4)), isKept: bytes[start + 32] == 1)
        }
    }
}
