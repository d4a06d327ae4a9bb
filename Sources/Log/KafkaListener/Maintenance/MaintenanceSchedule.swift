import EventLog

/// What is worth to be looked at: where compaction has been, and which offsets are old enough for retention.
struct MaintenanceSchedule {
    private struct Entry {
        var end: Int64
        /// When the tombstones that are left may go, in milliseconds since 1970.
        var tombstonesUntil: Int64?
    }

    /// How far partitions were filled, and when that was seen.
    private var marks: [TopicPartition: [(end: Int64, wall: Int64)]] = [:]
    /// What is seen in the first round was there before the broker was.
    var isFirstRound = true
    private var entries: [TopicPartition: Entry] = [:]
    private var producersSweptWall: Int64 = 0

    /// Where the last compaction of `partition` ended.
    func cleanEnd(of partition: TopicPartition) -> Int64? { entries[partition]?.end }

    /// When it is worth to compact again for the sake of old tombstones; nil when there are none.
    func tombstonesUntil(of partition: TopicPartition) -> Int64? { entries[partition]?.tombstonesUntil }

    mutating func compacted(_ partition: TopicPartition, to end: Int64, tombstonesUntil: Int64?) {
        entries[partition] = Entry(end: end, tombstonesUntil: tombstonesUntil)
    }

    /// Below which offset retention may look. A log is let go of by segments, and the newest one is not before it is closed: records
    /// are safe for `milliseconds` after they came, however old they say they are. What was there at the start is not.
    /// Source: Kafka's `segment.ms`.
    mutating func closedEnd(
        of partition: TopicPartition, _ extent: Range<Int64>, after milliseconds: Int64, wall: Int64
    ) -> Int64 {
        var known = marks[partition] ?? [(isFirstRound ? extent.upperBound : extent.lowerBound, .min)]
        if let last = known.last, last.end != extent.upperBound,
            last.wall == .min || wall - last.wall >= milliseconds / 8
        {
            known.append((extent.upperBound, wall))
        }
        let closed = known.lastIndex { $0.wall == .min || wall - $0.wall >= milliseconds } ?? 0
        known.removeFirst(closed)
        marks[partition] = known
        return known.first.map { $0.wall == .min || wall - $0.wall >= milliseconds ? $0.end : extent.lowerBound }
            ?? extent.lowerBound
    }

    /// Forgets partitions of a topic that is no more.
    mutating func forget(_ topic: String) {
        marks = marks.filter { $0.key.topic != topic }
        entries = entries.filter { $0.key.topic != topic }
    }

    /// Whether it is time to forget old producers; then it is not again for an hour.
    mutating func isSweepDue(wall: Int64) -> Bool {
        guard wall - producersSweptWall >= 3_600_000 else { return false }
        producersSweptWall = wall
        return true
    }
}
