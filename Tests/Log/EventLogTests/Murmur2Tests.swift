import EventLog
import Testing

@Suite("Murmur2")
struct Murmur2Tests {
    @Test(
        "Keys hash as in Kafka's Java client",
        arguments: [
            ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
            ("a-little-bit-longer-string", -1_486_304_829),
            ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971), ("abc", 479_470_107),
        ])
    func hash(key: String, expected: Int) {
        #expect(Int(Int32(bitPattern: Murmur2.hash(Array(key.utf8)))) == expected)
    }

    @Test("A partition is the hash without its sign, modulo the count")
    func partition() {
        #expect(Murmur2.partition(of: Array("21".utf8), partitionCount: 1) == 0)
        #expect(Murmur2.partition(of: Array("21".utf8), partitionCount: 16) == Int((-973_932_308 & 0x7fff_ffff) % 16))
    }
}
