import EventLog

/// Some batches of one partition in memory, in order of offset.
struct BatchSequence: Sendable {
    private(set) var batches: [RecordBatch] = []
    private(set) var byteCount = 0

    /// The first offset in memory; nil when there is none.
    var firstOffset: Int64? { batches.first?.baseOffset }

    mutating func append(_ batch: RecordBatch) {
        batches.append(batch)
        byteCount += batch.bytes.count
    }

    /// Batches that hold offsets from `offset` on, up to `bytesMax` and at least one.
    func read(from offset: Int64, bytesMax: Int) -> [RecordBatch] {
        var index = firstIndex(endingAfter: offset)
        var result: [RecordBatch] = []
        var remaining = bytesMax
        while index < batches.count {
            let batch = batches[index]
            if !result.isEmpty, batch.bytes.count > remaining { break }
            result.append(result.isEmpty ? batch.starting(at: offset) : batch)
            remaining -= batch.bytes.count
            index += 1
        }
        return result
    }

    /// Removes batches that lie wholly before `offset`.
    mutating func trim(before offset: Int64) {
        let index = firstIndex(endingAfter: offset)
        byteCount -= batches[..<index].reduce(0) { $0 + $1.bytes.count }
        batches.removeSubrange(..<index)
    }

    /// Removes the oldest batches until at most half of `bytesMax` is left, if there is more than `bytesMax`.
    /// The newest batch always stays.
    mutating func shrink(to bytesMax: Int) {
        guard byteCount > bytesMax else { return }
        var index = 0
        while index < batches.count - 1, byteCount > bytesMax / 2 {
            byteCount -= batches[index].bytes.count
            index += 1
        }
        batches.removeSubrange(..<index)
    }

    /// Puts `replacement` in the place of the batches that begin within `offsets`.
    mutating func replace(_ offsets: Range<Int64>, with replacement: [RecordBatch]) {
        let kept = batches.filter { !offsets.contains($0.baseOffset) }
        batches = (kept + replacement).sorted { $0.baseOffset < $1.baseOffset }
        byteCount = batches.reduce(0) { $0 + $1.bytes.count }
    }

    /// The first record from `begin` on whose timestamp is `timestamp` or later.
    func offset(atOrAfter timestamp: Int64, from begin: Int64) -> Int64? {
        for batch in batches where batch.endOffset > begin && batch.header.maxTimestamp >= timestamp {
            if let offset = batch.starting(at: max(begin, batch.baseOffset)).offset(atOrAfter: timestamp) {
                return offset
            }
        }
        return nil
    }

    private func firstIndex(endingAfter offset: Int64) -> Int {
        var low = 0
        var high = batches.count
        while low < high {
            let middle = (low + high) / 2
            if batches[middle].endOffset > offset { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension RecordBatch {
    /// The first record whose timestamp is `timestamp` or later; of a compressed batch, the first offset.
    func offset(atOrAfter timestamp: Int64) -> Int64? {
        if header.isCompressed { return firstOffset }
        return first { $0.timestamp >= timestamp }?.offset
    }
}
