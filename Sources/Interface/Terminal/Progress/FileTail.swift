import Glibc

/// The end of a log file.
public enum FileTail {
    private static let bytesMax = 16_384

    /// The last `count` lines, each cut where it gets long; none for a file that can't be read.
    public static func lines(_ path: String, count: Int) -> [String] {
        // SAFETY: the path is passed as a C string for the time of the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        let length = lseek(descriptor, 0, SEEK_END)
        _ = lseek(descriptor, max(0, length - off_t(bytesMax)), SEEK_SET)
        var buffer = [UInt8](repeating: 0, count: bytesMax)
        // SAFETY: read writes at most `count` bytes into a buffer that outlives the call.
        let read = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
        guard read > 0 else { return [] }
        return String(decoding: buffer[..<read], as: UTF8.self).split(separator: "\n").suffix(count)
            .map { LineText.clipped(String($0), to: 300) }
    }
}
