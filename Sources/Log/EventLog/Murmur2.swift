/// The hash that places keys on partitions, the same as in Kafka's Java client.
/// Source: `org.apache.kafka.common.utils.Utils.murmur2` and `BuiltInPartitioner`, seed 0x9747b28c.
public enum Murmur2 {
    /// The partition of `key` among `partitionCount` (at least 1).
    public static func partition(of key: some Collection<UInt8>, partitionCount: Int) -> Int {
        precondition(partitionCount > 0, "a topic has at least one partition")
        return Int(hash(key) & 0x7fff_ffff) % partitionCount
    }

    /// The 32-bit hash of `key`.
    public static func hash(_ key: some Collection<UInt8>) -> UInt32 {
        let multiplier: UInt32 = 0x5bd1_e995
        var hash: UInt32 = 0x9747_b28c ^ UInt32(truncatingIfNeeded: key.count)
        var word: UInt32 = 0
        var filled: UInt32 = 0
        for byte in key {
            word |= UInt32(byte) << (8 * filled)
            filled += 1
            if filled == 4 {
                word &*= multiplier
                word ^= word >> 24
                word &*= multiplier
                hash = (hash &* multiplier) ^ word
                word = 0
                filled = 0
            }
        }
        if filled > 0 { hash = (hash ^ word) &* multiplier }
        hash ^= hash >> 13
        hash &*= multiplier
        hash ^= hash >> 15
        return hash
    }
}
