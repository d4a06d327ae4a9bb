import Digests

/// Task tokens: base64url of version, sequence, 128 random bits, execution ARN and a MAC. At most 1,024 characters.
///
/// A token names its task by itself, so nobody has to look it up, and can't be made without the key.
public enum TaskToken {
    private static let version: UInt8 = 1
    private static let macBytes = 16
    private static let headBytes = 1 + 8 + 16

    /// - Parameters: sequence: of the task's Scheduled event. bits: 128 random ones. key: of the installation.
    static func make(executionArn: String, sequence: Int64, bits: (UInt64, UInt64), key: [UInt8]) -> String {
        var bytes: [UInt8] = [version]
        for word in [UInt64(bitPattern: sequence), bits.0, bits.1] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        bytes.append(contentsOf: executionArn.utf8)
        bytes.append(contentsOf: mac(of: bytes, key: key))
        return Base64.encode(bytes).replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// The execution and task that a token names; nil for what is no token of this installation.
    public static func parse(_ token: String, key: [UInt8]) -> (executionArn: String, taskID: String)? {
        var text = token.replacing("-", with: "+").replacing("_", with: "/")
        while text.utf8.count % 4 != 0 { text += "=" }
        guard let bytes = Base64.decode(Array(text.utf8)), bytes.count > headBytes + macBytes, bytes[0] == version
        else { return nil }
        let body = Array(bytes.dropLast(macBytes))
        guard Digest.areEqual(mac(of: body, key: key), Array(bytes.suffix(macBytes))) else { return nil }
        var sequence: UInt64 = 0
        for byte in body[1..<9] { sequence = sequence << 8 | UInt64(byte) }
        let arn = String(decoding: body[headBytes...], as: UTF8.self)
        return (
            arn,
            TaskIdentity.taskID(prefix: TaskIdentity.prefix(executionArn: arn), sequence: Int64(bitPattern: sequence))
        )
    }

    /// HMAC-SHA256, cut to 128 bits.
    private static func mac(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        Array(Digest.hmacSHA256(message, key: key).prefix(macBytes))
    }
}
