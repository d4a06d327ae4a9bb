import EventLog
import Testing

@Suite("Record batches")
struct RecordBatchTests {
    @Test("The checksum is CRC-32C", arguments: [("123456789", 0xe306_9283), ("", 0), ("a", 0xc1d0_4330)])
    func checksum(text: String, expected: Int) {
        #expect(Int(CRC32C.checksum(Array(text.utf8))) == expected)
    }

    @Test("What was appended is read back: keys, values, tombstones, headers and timestamps")
    func roundTrip() throws {
        var builder = RecordBatchBuilder()
        builder.append(key: [1, 2], value: [3], headers: ["type": "a", "name": "é"], timestamp: 1_000)
        builder.append(key: nil, value: [], timestamp: 990)
        builder.append(key: [], value: nil, timestamp: 2_000)
        let batch = try RecordBatch(decoding: builder.finish().bytes, baseOffset: 40)
        let records = Array(batch)
        #expect(records.map(\.offset) == [40, 41, 42])
        #expect(records.map(\.timestamp) == [1_000, 990, 2_000])
        #expect(records.map { $0.key.map(Array.init) } == [[1, 2], nil, []])
        #expect(records.map { $0.value.map(Array.init) } == [[3], [], nil])
        #expect(records[0].headers.text("name") == "é")
        #expect(records[1].headers.count == 0)
        #expect(records[2].isTombstone)
        #expect(batch.header.maxTimestamp == 2_000)
        #expect(batch.endOffset == 43)
    }

    @Test(
        "A value written in place makes the same bytes as a value given",
        arguments: [0, 1, 63, 64, 8_191, 8_192, 70_000])
    func inPlace(size: Int) throws {
        let value = [UInt8](repeating: 7, count: size)
        var given = RecordBatchBuilder()
        var inPlace = RecordBatchBuilder()
        for timestamp in [5, 6] as [Int64] {
            given.append(key: [9], value: value, headers: ["a": "b"], timestamp: timestamp)
            inPlace.append(key: [9], headers: ["a": "b"], timestamp: timestamp) { $0.append(contentsOf: value) }
        }
        let (left, right) = (given.finish(), inPlace.finish())
        #expect(left.bytes == right.bytes)
        #expect(Array(try RecordBatch(decoding: right.bytes, baseOffset: 0)).count == 2)
    }

    @Test("A record whose writer throws leaves no trace")
    func thrown() {
        struct Refusal: Error {}
        var builder = RecordBatchBuilder()
        builder.append(key: nil, value: [1], timestamp: 1)
        let before = builder.byteCount
        #expect(throws: Refusal.self) {
            try builder.append(key: nil, timestamp: 2) { (bytes: inout [UInt8]) throws(Refusal) in
                bytes.append(1)
                throw Refusal()
            }
        }
        #expect(builder.byteCount == before)
        #expect(Array(builder.finish()).count == 1)
    }

    @Test("Iteration begins at the asked offset")
    func starting() {
        var builder = RecordBatchBuilder()
        for index in 0..<5 { builder.append(key: nil, value: [UInt8(index)], timestamp: 0) }
        let batch = builder.finish().placed(at: 100).starting(at: 103)
        #expect(batch.map(\.offset) == [103, 104])
    }

    @Test("Any flipped bit and any missing byte is an error, never a crash")
    func damage() throws {
        var builder = RecordBatchBuilder()
        for index in 0..<3 { builder.append(key: [UInt8(index)], value: [1, 2, 3], headers: ["h": "v"], timestamp: 7) }
        let bytes = builder.finish().bytes
        for position in 8..<bytes.count where !(12..<16).contains(position) {
            var damaged = bytes
            damaged[position] ^= 0x10
            #expect(throws: EventLogError.self) { try RecordBatch(decoding: damaged, baseOffset: 0) }
        }
        for count in 0..<bytes.count {
            #expect(throws: EventLogError.self) { try RecordBatch(decoding: Array(bytes.prefix(count)), baseOffset: 0) }
        }
    }

    @Test("Random damage under a right checksum is an error or other records, never a crash", arguments: [1, 2, 3, 4])
    func damageUnderChecksum(seed: UInt64) throws {
        var state = seed
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        var builder = RecordBatchBuilder()
        for index in 0..<5 { builder.append(key: [UInt8(index)], value: [1, 2, 3], headers: ["h": "v"], timestamp: 7) }
        let bytes = builder.finish().bytes
        var refusals = 0
        for _ in 0..<2_000 {
            var damaged = bytes
            for _ in 0...random(4) { damaged[21 + random(damaged.count - 21)] = UInt8(random(256)) }
            let checksum = CRC32C.checksum(damaged, from: 21)
            for index in 0..<4 { damaged[17 + index] = UInt8(truncatingIfNeeded: checksum >> (24 - 8 * UInt32(index))) }
            do {
                for record in try RecordBatch(decoding: damaged, baseOffset: 3) {
                    _ = (record.key?.count, record.value?.count, Array(record.headers), record.timestamp)
                }
            } catch {
                refusals += 1
            }
        }
        #expect(refusals > 1_000, "seed \(seed)")
    }
}
