/// Takes the frames apart in which a container's output comes: 8 bytes that say which stream and how many bytes follow, then those.
///
/// Source: Docker Engine API, attach, stream format.
public struct LogFrames: Sendable {
    private var rest: [UInt8] = []
    /// Of the frame that is being read.
    private var bytesLeft = 0

    public init() {}

    /// - Parameter part: what came, however it is cut.
    /// - Returns: what the container printed, on either stream, in the order in which it came.
    public mutating func take(_ part: [UInt8]) -> [UInt8] {
        rest += part
        var printed: [UInt8] = []
        var index = 0
        while index < rest.count {
            if bytesLeft == 0 {
                guard rest.count - index >= 8 else { break }
                bytesLeft = rest[(index + 4)..<(index + 8)].reduce(0) { $0 << 8 | Int($1) }
                index += 8
            }
            let count = min(bytesLeft, rest.count - index)
            printed += rest[index..<(index + count)]
            bytesLeft -= count
            index += count
        }
        rest.removeFirst(index)
        return printed
    }
}
