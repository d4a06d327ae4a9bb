import Glibc

/// Reads a file line by line, whatever its size.
public final class LineFile {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    private static let chunkBytes = 1 << 20

    /// - Throws: `ExportError` when the file can't be opened.
    public init(_ path: String) throws(ExportError) {
        // SAFETY: the path is passed as a C string for the time of the call.
        descriptor = path == "-" ? dup(STDIN_FILENO) : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ExportError("\(path) can't be opened (error \(errno))") }
    }

    deinit { close(descriptor) }

    /// The next line without its end; nil at the end of the file.
    /// - Throws: `ExportError` when the file can't be read, or a line is too long.
    public func next() throws(ExportError) -> [UInt8]? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return Array(buffer[start..<end])
            }
            if isAtEnd {
                guard start < buffer.count else { return nil }
                defer { start = buffer.count }
                return Array(buffer[start...])
            }
            if start > 0 {
                buffer.removeSubrange(..<start)
                start = 0
            }
            searched = buffer.count
            try fill()
        }
    }

    private func fill() throws(ExportError) {
        guard buffer.count <= LogImport.lineBytesMax else { throw ExportError("a line is too long") }
        let count = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: Self.chunkBytes))
        // SAFETY: read writes at most so many bytes behind the first `count`, which the array has.
        let added = unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe read(descriptor, bytes.baseAddress?.advanced(by: count), Self.chunkBytes)
        }
        buffer.removeLast(Self.chunkBytes - max(0, added))
        guard added >= 0 else { throw ExportError("the file can't be read (error \(errno))") }
        isAtEnd = added == 0
    }
}
