import Digests
import Engine

/// Blanks the signatures of a task's token in what its Scheduled event says, so that events can be compared without the key that
/// signs tokens. All else in a token (execution, sequence, random bits) is compared.
struct TokenMask {
    /// How every token of the task begins: its version and sequence in Base64.
    private let head: [UInt8]
    /// Characters from a token's beginning.
    private let signature: Range<Int>

    /// Bytes of a token before the execution's ARN, and of its signature. Source: `TaskToken`.
    private static let headBytes = 25
    private static let signatureBytes = 16

    /// - Parameter sequence: of the Scheduled event.
    init(executionArn: String, sequence: Int64) {
        var bytes: [UInt8] = [1]
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: UInt64(bitPattern: sequence) >> UInt64(shift)))
        }
        // Nine bytes make twelve characters, none of them shared with what follows.
        head = Array(Base64.encode(bytes).replacing("+", with: "-").replacing("/", with: "_").utf8)
        let bodyBits = (Self.headBytes + executionArn.utf8.count) * 8
        signature = bodyBits / 6..<(bodyBits + Self.signatureBytes * 8 + 5) / 6
    }

    func masked(_ scheduled: TaskScheduled) -> TaskScheduled {
        var masked = scheduled
        masked.input = self.masked(scheduled.input)
        masked.taskToken = scheduled.taskToken.map { self.masked($0) }
        return masked
    }

    private func masked(_ text: String) -> String {
        var bytes = Array(text.utf8)
        var index = 0
        while index + signature.upperBound <= bytes.count {
            guard bytes[index..<index + head.count].elementsEqual(head) else {
                index += 1
                continue
            }
            for place in signature { bytes[index + place] = UInt8(ascii: "*") }
            index += signature.upperBound
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
