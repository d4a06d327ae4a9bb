/// Gathers records that keep their offsets, with gaps between them, into as few batches as their size allows:
/// what compaction leaves of many batches.
public struct RecordGatherer: Sendable {
    private let bytesMax: Int
    private var builder = RecordBatchBuilder()
    private var baseOffset: Int64 = 0
    private var batches: [RecordBatch] = []

    /// - Parameter bytesMax: a batch is closed when it has reached this size.
    public init(bytesMax: Int = 1 << 20) {
        self.bytesMax = bytesMax
    }

    /// Keeps `record`, whose offset is higher than that of the one kept before.
    public mutating func keep(_ record: Record) {
        if builder.byteCount >= bytesMax || record.offset - baseOffset > Int64(Int32.max) { closeBatch() }
        if builder.isEmpty { baseOffset = record.offset }
        builder.append(copyOf: record, offsetDelta: record.offset - baseOffset)
    }

    /// The batches of all records kept, in order, at their offsets. The gatherer is as new afterwards.
    public mutating func finish() -> [RecordBatch] {
        closeBatch()
        defer { batches = [] }
        return batches
    }

    private mutating func closeBatch() {
        guard !builder.isEmpty else { return }
        batches.append(builder.finish().placed(at: baseOffset))
    }
}
