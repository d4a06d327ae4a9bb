import Glibc

/// Reads files of bounded size: a file that is too big is refused before it is read.
public enum TextFile {
    /// The whole content of the file at `path`.
    /// - Parameters:
    ///   - path: absolute or relative to the process's directory; `-` is standard input.
    ///   - what: what the file is to the user, e.g. `definition`.
    ///   - bytesMax: how long it may be.
    /// - Throws: when there is no such file, it can't be read, is too long, or is not UTF-8.
    public static func read(_ path: String, what: String, bytesMax: Int) throws(BadInput) -> String {
        let bytes = try bytes(path, what: what, bytesMax: bytesMax)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw BadInput("The \(what) \(path) is not UTF-8 text.")
        }
        // A byte order mark says nothing in UTF-8.
        return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    }

    private static func bytes(_ path: String, what: String, bytesMax: Int) throws(BadInput) -> [UInt8] {
        if path == "-" { return try readAll(STDIN_FILENO, path: "standard input", what: what, bytesMax: bytesMax) }
        // SAFETY: the path is passed as a C string for the time of the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let hint = errno == ENOENT ? " Is the path right? It is taken from the current directory." : ""
            throw BadInput("The \(what) \(path) can't be read: \(reason(errno)).\(hint)")
        }
        defer { close(descriptor) }
        var status = stat()
        // SAFETY: fstat fills one structure that outlives the call.
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw BadInput("The \(what) \(path) can't be read: \(reason(errno)).")
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw BadInput("The \(what) \(path) is a folder; a file is needed.")
        }
        guard status.st_size <= bytesMax else { throw tooLong(path, what, "has \(status.st_size) bytes", bytesMax) }
        return try readAll(descriptor, path: path, what: what, bytesMax: bytesMax)
    }

    private static func readAll(
        _ descriptor: Int32, path: String, what: String, bytesMax: Int
    ) throws(BadInput) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            // SAFETY: read writes at most `count` bytes into a buffer that outlives the call.
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw BadInput("The \(what) \(path) can't be read: \(reason(errno)).") }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= bytesMax else { throw tooLong(path, what, "goes on", bytesMax) }
        }
    }

    private static func tooLong(_ path: String, _ what: String, _ finding: String, _ bytesMax: Int) -> BadInput {
        BadInput("The \(what) \(path) \(finding); at most \(bytesMax) bytes are read.")
    }

    /// The system's text for an error number.
    static func reason(_ code: Int32) -> String {
        // SAFETY: strerror returns a text that lives until the thread's next call; it is copied at once.
        unsafe String(cString: strerror(code))
    }
}
