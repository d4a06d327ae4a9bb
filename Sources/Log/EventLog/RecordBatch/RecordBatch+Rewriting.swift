extension RecordBatch {
    /// The same batch with `timestamp` (milliseconds since 1970) in the place of its records' own.
    /// Source: Kafka's `message.timestamp.type=LogAppendTime`.
    public func stamped(_ timestamp: Int64) -> RecordBatch {
        var header = header
        header.attributes |= 0x08
        header.maxTimestamp = timestamp
        return rewritten(bytes, header)
    }

    /// The same batch with those of its records alone that `isKept` is true of: its offsets, producer and attributes stay.
    /// Nil when none is kept. The batch is not compressed.
    public func filtered(_ isKept: (Record) -> Bool) -> RecordBatch? {
        precondition(!header.isCompressed, "the records of a compressed batch can't be told apart")
        var cursor = RecordCursor(self)
        var kept = Array(bytes[..<RecordBatch.headerBytes])
        var count: Int32 = 0
        for _ in 0..<self.count {
            let start = cursor.position
            guard let record = cursor.next() else { break }
            guard isKept(record) else { continue }
            kept.append(contentsOf: bytes[start..<cursor.position])
            count += 1
        }
        guard count > 0 else { return nil }
        var header = header
        header.recordCount = count
        return rewritten(kept, header)
    }

    private func rewritten(_ bytes: [UInt8], _ header: Header) -> RecordBatch {
        var bytes = bytes
        RecordBatch.write(header, to: &bytes)
        return RecordBatch(sealed: bytes, header: header).placed(at: baseOffset)
    }
}
