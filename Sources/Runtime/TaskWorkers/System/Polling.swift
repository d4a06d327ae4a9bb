import Glibc

/// Waits for several open files at once.
enum Polling {
    /// - Parameter timeoutMilliseconds: how long to wait; nil for ever.
    /// - Returns: for each descriptor, in order, whether something can be read or its other end is closed.
    static func wait(_ descriptors: [Int32], timeoutMilliseconds: Int64?) -> [Bool] {
        var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let timeout = timeoutMilliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
        // SAFETY: poll reads and writes as many entries as the array has.
        let count = unsafe entries.withUnsafeMutableBufferPointer {
            unsafe poll($0.baseAddress, nfds_t($0.count), timeout)
        }
        guard count > 0 else { return descriptors.map { _ in false } }
        return entries.map { $0.revents != 0 }
    }
}
