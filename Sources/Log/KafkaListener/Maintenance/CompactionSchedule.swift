import EventLog

/// When which compacted partition is looked at again.
struct CompactionSchedule {
    private struct Entry {
        var end: Int64
        /// When the tombstones that are left may go, in milliseconds since 1970.
        var tombstonesUntil: Int64?
    }

    private var entries: [TopicPartition: Entry] = [:]
    private var producersSweptWall: Int64 = 0

    /// Where the last compaction of `partition` ended.
    func cleanEnd(of partition: TopicPartition) -> Int64? { entries[partition]?.end }

    /// When it is worth to compact again for the sake of old tombstones; nil when there are none.
    func tombstonesUntil(of partition: TopicPartition) -> Int64? { entries[partition]?.tombstonesUntil }

    mutating func compacted(_ partition: TopicPartition, to end: Int64, tombstonesUntil: Int64?) {
        entries[partition] = Entry(end: end, tombstonesUntil: tombstonesUntil)
    }

    /// Whether it is time to forget old producers; then it is not again for an hour.
    mutating func isSweepDue(wall: Int64) -> Bool {
        guard wall - producersSweptWall >= 3_600_000 else { return false }
        producersSweptWall = wall
        return true
    }
}
