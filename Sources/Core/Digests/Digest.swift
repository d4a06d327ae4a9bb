/// Message digests over bytes: MD5, SHA-1, SHA-256, SHA-384, SHA-512. Core names no package, so these are its own.
///
/// Each function is total: any number of bytes gives the digest, most significant byte first.
public enum Digest {
    /// The names AWS gives the algorithms in `$hash` and `States.Hash`.
    /// Source: Step Functions Developer Guide, intrinsic functions § States.Hash.
    public enum Algorithm: String, Sendable, CaseIterable {
        case md5 = "MD5"
        case sha1 = "SHA-1"
        case sha256 = "SHA-256"
        case sha384 = "SHA-384"
        case sha512 = "SHA-512"
    }

    /// The digest of `bytes` by the algorithm that is given.
    public static func digest(_ bytes: [UInt8], _ algorithm: Algorithm) -> [UInt8] {
        switch algorithm {
        case .md5: md5(bytes)
        case .sha1: sha1(bytes)
        case .sha256: sha256(bytes)
        case .sha384: sha384(bytes)
        case .sha512: sha512(bytes)
        }
    }

    /// `bytes` as lower-case hexadecimal digits, two a byte.
    public static func hexadecimal(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            for digit in [byte >> 4, byte & 0xF] {
                text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The message, a one bit, zeros, and the message's length in bits, filled up to whole blocks.
    /// - Parameters:
    ///   - block: bytes in one block: 64, or 128 for SHA-384 and SHA-512.
    ///   - bigEndian: whether the length's most significant byte comes first (the SHA family) or last (MD5).
    static func padded(_ message: [UInt8], block: Int, bigEndian: Bool) -> [UInt8] {
        let lengthBytes = block / 8
        var result = message
        result.reserveCapacity(message.count + 2 * block)
        result.append(0x80)
        while result.count % block != block - lengthBytes { result.append(0) }
        result.append(contentsOf: repeatElement(0, count: lengthBytes - 8))
        let bits = UInt64(message.count) << 3
        for index in 0..<8 {
            let shift = UInt64(bigEndian ? 56 - 8 * index : 8 * index)
            result.append(UInt8(truncatingIfNeeded: bits >> shift))
        }
        return result
    }

    /// The words of `state`, most significant byte first.
    static func bytes<Word: FixedWidthInteger>(of state: [Word]) -> [UInt8] {
        var result: [UInt8] = []
        for word in state {
            for shift in stride(from: Word.bitWidth - 8, through: 0, by: -8) {
                result.append(UInt8(truncatingIfNeeded: word >> Word(shift)))
            }
        }
        return result
    }

    /// `value` with its bits moved left by `count`, those that fall out coming in again on the right.
    @inline(__always)
    static func rotatedLeft(_ value: UInt32, _ count: UInt32) -> UInt32 {
        value &<< count | value &>> (32 &- count)
    }
}
