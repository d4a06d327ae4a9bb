import Glibc

/// Stream sockets by path, with calls that block.
///
/// SAFETY: every structure handed to the system here lives, with its size, until that call returns.
struct UnixSocket: ~Copyable {
    let descriptor: Int32

    /// Longest path that fits an address. Source: Linux, sockaddr_un.
    static let pathBytesMax = 107
    private static let lineBytesMax = 1 << 20

    init(adopting descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// A socket that others connect to; whatever stood at the path is removed. Only this user may connect.
    static func listening(at path: String) throws(BadInput) -> UnixSocket {
        let socket = try make()
        unsafe unlink(path)
        let status = try unsafe withAddress(path) { unsafe bind(socket.descriptor, $0, $1) }
        guard status == 0, unsafe chmod(path, 0o600) == 0, listen(socket.descriptor, 64) == 0 else {
            throw BadInput("The control socket \(path) can't be opened: \(TextFile.reason(errno)).")
        }
        return socket
    }

    /// nil when nobody listens there (yet).
    static func connected(to path: String) throws(BadInput) -> UnixSocket? {
        let socket = try make()
        let status = try unsafe withAddress(path) { unsafe connect(socket.descriptor, $0, $1) }
        if status == 0 { return socket }
        guard [ENOENT, ECONNREFUSED, EAGAIN, EINTR].contains(errno) else {
            throw BadInput("The control socket \(path) can't be reached: \(TextFile.reason(errno)).")
        }
        return nil
    }

    /// The next caller; nil when the socket was shut.
    func accept() -> UnixSocket? {
        while true {
            let caller = Glibc.accept(descriptor, nil, nil)
            if caller >= 0 {
                // Started programs get none of these: ProcessLaunch closes all but three.
                _ = fcntl(caller, F_SETFD, FD_CLOEXEC)
                return UnixSocket(adopting: caller)
            }
            guard errno == EINTR || errno == ECONNABORTED else { return nil }
        }
    }

    /// Ends `accept` on another thread.
    static func shut(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Reads and writes give up after so long.
    func setTimeout(seconds: Int) {
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            _ = unsafe setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    /// The bytes up to a line break; nil when the other side went away or says too much.
    func readLine() -> [UInt8]? {
        var line: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while line.count <= Self.lineBytesMax {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            if let end = buffer[..<count].firstIndex(of: UInt8(ascii: "\n")) { return line + buffer[..<end] }
            line += buffer[..<count]
        }
        return nil
    }

    /// - Returns: false when the other side went away.
    func writeLine(_ bytes: [UInt8]) -> Bool {
        let line = bytes + [UInt8(ascii: "\n")]
        var done = 0
        while done < line.count {
            let count = unsafe line.withUnsafeBytes { pointer in
                unsafe send(
                    descriptor, pointer.baseAddress?.advanced(by: done), pointer.count - done, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    private static func make() throws(BadInput) -> UnixSocket {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw BadInput("No socket can be opened: \(TextFile.reason(errno)).") }
        return UnixSocket(adopting: descriptor)
    }

    private static func withAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws(BadInput) -> Int32 {
        let bytes = Array(path.utf8)
        guard bytes.count <= pathBytesMax else {
            throw BadInput("The path of the control socket \(path) is longer than \(pathBytesMax) bytes.")
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
