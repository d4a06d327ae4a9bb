import Digests

/// Checksums that clients verify.
enum ScriptDigest {
    /// Lower-case hexadecimal MD5 of a text, as SQS gives for a message's body.
    static func md5(_ text: String) -> String { Digest.hexadecimal(Digest.md5(Array(text.utf8))) }
}
