extension Digest {
    /// HMAC-SHA256 of `message`: 32 bytes. Source: RFC 2104.
    public static func hmacSHA256(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        hmac(message, key: key, .sha256)
    }

    /// HMAC of `message`, as long as the algorithm's digests. Source: RFC 2104.
    public static func hmac(_ message: [UInt8], key: [UInt8], _ algorithm: Algorithm) -> [UInt8] {
        let blockBytes = algorithm == .sha384 || algorithm == .sha512 ? 128 : 64
        var padded = key.count > blockBytes ? digest(key, algorithm) : key
        padded += Array(repeating: 0, count: blockBytes - padded.count)
        let inner = digest(padded.map { $0 ^ 0x36 } + message, algorithm)
        return digest(padded.map { $0 ^ 0x5C } + inner, algorithm)
    }

    /// The first block of PBKDF2 with HMAC, as long as the algorithm's digests. Source: RFC 8018 § 5.2.
    /// - Parameter iterationCount: how often the password is mixed in; less than 1 counts as 1.
    public static func stretchedPassword(
        _ password: [UInt8], salt: [UInt8], iterationCount: Int, _ algorithm: Algorithm
    ) -> [UInt8] {
        var block = hmac(salt + [0, 0, 0, 1], key: password, algorithm)
        var sum = block
        for _ in stride(from: 1, to: iterationCount, by: 1) {
            block = hmac(block, key: password, algorithm)
            for index in sum.indices { sum[index] ^= block[index] }
        }
        return sum
    }

    /// Whether two digests are equal, in a time that does not tell where they differ.
    public static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }
}
