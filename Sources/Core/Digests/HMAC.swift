extension Digest {
    /// HMAC-SHA256 of `message`: 32 bytes. Source: RFC 2104.
    public static func hmacSHA256(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        let blockBytes = 64
        var padded = key.count > blockBytes ? sha256(key) : key
        padded += Array(repeating: 0, count: blockBytes - padded.count)
        let inner = sha256(padded.map { $0 ^ 0x36 } + message)
        return sha256(padded.map { $0 ^ 0x5C } + inner)
    }

    /// Whether two digests are equal, in a time that does not tell where they differ.
    public static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }
}
