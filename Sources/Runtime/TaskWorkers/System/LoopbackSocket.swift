import Glibc

/// TCP on 127.0.0.1.
enum LoopbackSocket {
    /// Listens on a free port.
    static func listen() throws(SystemCallError) -> (socket: OwnedDescriptor, port: UInt16) {
        let socket = OwnedDescriptor(
            Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0))
        guard socket.number >= 0 else { throw SystemCallError("socket", "127.0.0.1", code: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        // SAFETY: the address is passed with its own size, as sockaddr, which begins all addresses.
        let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic -> Int32 in
                guard unsafe bind(socket.number, generic, length) == 0, Glibc.listen(socket.number, 16) == 0 else {
                    return -1
                }
                return unsafe getsockname(socket.number, generic, &length)
            }
        }
        guard status == 0 else { throw SystemCallError("listen", "127.0.0.1", code: errno) }
        return (socket, UInt16(bigEndian: address.sin_port))
    }

    /// Waits for the next connection; reading from it and writing to it give up after a second.
    /// - Returns: nil when the socket can't accept any more.
    static func accept(_ socket: OwnedDescriptor) -> OwnedDescriptor? {
        while true {
            let number = Glibc.accept(socket.number, nil, nil)
            if number >= 0 {
                _ = fcntl(number, F_SETFD, FD_CLOEXEC)
                limit(number, seconds: 1)
                return OwnedDescriptor(number)
            }
            if errno != EINTR, errno != ECONNABORTED { return nil }
        }
    }

    /// Lets reads and writes of a socket fail after some seconds.
    static func limit(_ number: Int32, seconds: Int) {
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        // SAFETY: the time is passed with its own size.
        unsafe setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        unsafe setsockopt(number, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }
}
