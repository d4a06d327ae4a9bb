import Digests
import Testing

@Suite struct HMACTests {
    /// Source: RFC 4231, test cases 1, 2 and 6.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func `HMAC-SHA256 gives the digests of RFC 4231`(_ key: [UInt8], _ message: String, _ digest: String) {
        #expect(Digest.hexadecimal(Digest.hmacSHA256(Array(message.utf8), key: key)) == digest)
    }

    @Test func `Digests are equal when every byte is`() {
        #expect(Digest.areEqual([1, 2], [1, 2]))
        #expect(!Digest.areEqual([1, 2], [1, 3]))
        #expect(!Digest.areEqual([1, 2], [1]))
    }

    @Test func `HMAC with SHA-1 and SHA-512 is of RFC 2202 and RFC 4231`() {
        let message = Array("what do ya want for nothing?".utf8)
        #expect(
            Digest.hexadecimal(Digest.hmac(message, key: Array("Jefe".utf8), .sha1))
                == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")
        #expect(
            Digest.hexadecimal(Digest.hmac(message, key: Array("Jefe".utf8), .sha512))
                == "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737")
    }

    /// Source: RFC 6070 for SHA-1, RFC 7914 § 11 for SHA-256; SHA-512 as Python's hashlib has it.
    @Test(
        "A password is stretched as PBKDF2 says",
        arguments: [
            (Digest.Algorithm.sha1, "password", "salt", 1, "0c60c80f961f0e71f3a9b524af6012062fe037a6"),
            (.sha1, "password", "salt", 2, "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"),
            (.sha256, "passwd", "salt", 1, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"),
            (
                .sha512, "pass, word", "salt", 3,
                "5970dbc0f0f98d5a31f0dbc925653d0b8c61a26597d24c7ce6d53c74e1714b1d"
                    + "5dc3bd5ea24126d443c855904bfac1de36fe8a15e5c4b768cd4e15219115805f"
            ),
        ])
    func stretched(
        _ algorithm: Digest.Algorithm, _ password: String, _ salt: String, _ count: Int, _ digest: String
    ) {
        let stretched = Digest.stretchedPassword(
            Array(password.utf8), salt: Array(salt.utf8), iterationCount: count, algorithm)
        #expect(Digest.hexadecimal(stretched) == digest)
    }
}
