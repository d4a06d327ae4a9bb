/// 128 bits that stand for an execution's ARN, for as long as its name may not be used again.
/// Source: MurmurHash3, x64 variant of 128 bits, seed 0 (public domain).
struct NameHash: Hashable {
    var high: UInt64
    var low: UInt64

    private static let c1: UInt64 = 0x87c3_7b91_1142_53d5
    private static let c2: UInt64 = 0x4cf5_ad43_2745_937f

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init(_ text: String) {
        var (h1, h2): (UInt64, UInt64) = (0, 0)
        var (k1, k2): (UInt64, UInt64) = (0, 0)
        var count: UInt64 = 0
        for byte in text.utf8 {
            let place = count % 16
            if place < 8 { k1 |= UInt64(byte) << (place * 8) } else { k2 |= UInt64(byte) << ((place - 8) * 8) }
            count += 1
            if place == 15 {
                h1 ^= Self.mixed1(k1)
                h1 = ((h1 << 27 | h1 >> 37) &+ h2) &* 5 &+ 0x52dc_e729
                h2 ^= Self.mixed2(k2)
                h2 = ((h2 << 31 | h2 >> 33) &+ h1) &* 5 &+ 0x3849_5ab5
                (k1, k2) = (0, 0)
            }
        }
        h2 ^= Self.mixed2(k2)
        h1 ^= Self.mixed1(k1)
        h1 ^= count
        h2 ^= count
        h1 &+= h2
        h2 &+= h1
        h1 = Self.finished(h1)
        h2 = Self.finished(h2)
        h1 &+= h2
        h2 &+= h1
        self.init(high: h1, low: h2)
    }

    private static func mixed1(_ word: UInt64) -> UInt64 {
        let product = word &* c1
        return (product << 31 | product >> 33) &* c2
    }

    private static func mixed2(_ word: UInt64) -> UInt64 {
        let product = word &* c2
        return (product << 33 | product >> 31) &* c1
    }

    private static func finished(_ word: UInt64) -> UInt64 {
        var word = word
        word = (word ^ word >> 33) &* 0xff51_afd7_ed55_8ccd
        word = (word ^ word >> 33) &* 0xc4ce_b9fe_1a85_ec53
        return word ^ word >> 33
    }
}
