import Glibc

/// An open file, closed when its last owner lets go of it.
final class OwnedDescriptor: Sendable {
    /// The file descriptor.
    let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { close(number) }

    /// Reads what is there, at most `countMax` bytes.
    /// - Returns: nil when nothing is there yet (a descriptor that does not block); empty at the end.
    func read(countMax: Int) throws(SystemCallError) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: countMax)
        while true {
            // SAFETY: read writes at most `count` bytes into a buffer that outlives the call.
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(number, $0.baseAddress, $0.count) }
            if count >= 0 {
                buffer.removeLast(buffer.count - count)
                return buffer
            }
            switch errno {
            case EINTR: continue
            case EAGAIN: return nil
            default: throw SystemCallError("read", "descriptor \(number)", code: errno)
            }
        }
    }

    /// Writes all of `bytes`; for descriptors that block, or for few bytes.
    func write(_ bytes: [UInt8]) throws(SystemCallError) {
        var done = 0
        while done < bytes.count {
            // SAFETY: write reads at most the bytes that are left of an array that outlives the call.
            let count = unsafe bytes.withUnsafeBytes { pointer in
                unsafe Glibc.write(number, pointer.baseAddress?.advanced(by: done), pointer.count - done)
            }
            if count >= 0 {
                done += count
            } else if errno != EINTR {
                throw SystemCallError("write", "descriptor \(number)", code: errno)
            }
        }
    }

    /// A pipe; both ends are closed in started programs.
    static func pipe() throws(SystemCallError) -> (reading: OwnedDescriptor, writing: OwnedDescriptor) {
        var numbers: [Int32] = [0, 0]
        // SAFETY: pipe writes two descriptors into an array of two.
        let status = unsafe numbers.withUnsafeMutableBufferPointer { unsafe Glibc.pipe($0.baseAddress) }
        guard status == 0 else { throw SystemCallError("pipe", "new pipe", code: errno) }
        for number in numbers {
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            _ = fcntl(number, F_SETFL, O_NONBLOCK)
        }
        return (OwnedDescriptor(numbers[0]), OwnedDescriptor(numbers[1]))
    }
}
