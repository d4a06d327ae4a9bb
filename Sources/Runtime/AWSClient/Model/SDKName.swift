/// Names as the AWS SDK for Java writes them, with a capital: Step Functions' names of members, and of services in error names.
/// `MD5OfBody` is `Md5OfBody`, `SSEKMSKeyId` is `SsekmsKeyId`, `DynamoDB` is `DynamoDb`.
public enum SDKName {
    public static func member(_ name: String) -> String {
        // S3's checksums keep their spelling. Source: recorded outputs of putObject (`ChecksumCRC32`).
        if name.hasPrefix("Checksum"), name != "Checksum" { return name }
        return words(Array(name.utf8)).map { word in
            String(decoding: [upper(word[0])] + word.dropFirst().map(lower), as: UTF8.self)
        }.joined()
    }

    /// Splits at what is no letter or digit, before `v2`, between small and capital letters, before the last of several capitals
    /// that small ones follow, and behind digits.
    private static func words(_ name: [UInt8]) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var word: [UInt8] = []
        func isBoundary(_ index: Int) -> Bool {
            let (last, next) = (name[index - 1], name[index])
            if isLower(last), isUpper(next) {
                return index + 1 < name.count
                    && (isUpper(name[index + 1]) || isLower(name[index + 1]) || isDigit(name[index + 1]))
            }
            if isUpper(last), isUpper(next), index + 1 < name.count, isLower(name[index + 1]) { return true }
            return isDigit(last) && !isDigit(next)
        }
        for (index, byte) in name.enumerated() {
            guard isUpper(byte) || isLower(byte) || isDigit(byte) else {
                if !word.isEmpty { words.append(word) }
                word = []
                continue
            }
            if !word.isEmpty, isBoundary(index) {
                words.append(word)
                word = []
            }
            word.append(byte)
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func upper(_ byte: UInt8) -> UInt8 { isLower(byte) ? byte - 0x20 : byte }
    private static func lower(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte + 0x20 : byte }
}
