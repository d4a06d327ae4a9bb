import COpenSSL
import Glibc

/// One open connection to a service, plain or with TLS; blocks. Used by one thread at a time.
///
/// SAFETY: the OpenSSL object is made, used and freed by this one; `OpaquePointer`s never leave the file. The list of addresses
/// that getaddrinfo makes is freed by the function that asked for it. Buffers outlive the calls that fill them.
@safe final class ServerConnection {
    /// Why there is no connection, or none any more.
    struct Failure: Error, Equatable {
        var message: String
        /// Nothing of the request can have reached the service.
        var isUnsent = false
    }

    let address: ServerAddress
    private let descriptor: Int32
    private var tls: OpaquePointer?

    /// - Parameter timeoutSeconds: for each read and write.
    init(_ address: ServerAddress, timeoutSeconds: Int) throws(Failure) {
        self.address = address
        descriptor = try Self.connect(address, timeoutSeconds)
        unsafe tls = nil
        guard address.isSecure else { return }
        guard let context = unsafe TLSContext.shared.pointer, let session = unsafe SSL_new(context) else {
            throw Failure(message: "TLS can't be used on this machine", isUnsent: true)
        }
        unsafe tls = session
        unsafe SSL_set_fd(session, descriptor)
        unsafe _ = steplog_tls_set_server_name(session, address.host)
        unsafe SSL_set1_host(session, address.host)
        guard unsafe SSL_connect(session) == 1 else {
            let verdict = unsafe SSL_get_verify_result(session)
            let reason =
                verdict == 0
                ? "the TLS handshake failed" : unsafe String(cString: X509_verify_cert_error_string(verdict))
            throw Failure(message: "\(address.authority): \(reason)", isUnsent: true)
        }
    }

    deinit {
        if let tls = unsafe tls { unsafe SSL_free(tls) }
        close(descriptor)
    }

    /// From now on each read and write may take so long.
    func limit(seconds: Int) { Self.limit(descriptor, seconds) }

    private static func limit(_ descriptor: Int32, _ seconds: Int) {
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Writes all of `bytes`.
    func write(_ bytes: [UInt8]) throws(Failure) {
        var done = 0
        while done < bytes.count {
            let start = done
            let count = unsafe bytes.withUnsafeBytes { pointer -> Int in
                let rest = unsafe pointer.baseAddress?.advanced(by: start)
                if let tls = unsafe tls {
                    return Int(unsafe SSL_write(tls, rest, Int32(clamping: pointer.count - start)))
                }
                return unsafe send(descriptor, rest, pointer.count - start, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                done += count
            } else if !(address.isSecure == false && errno == EINTR) {
                throw failure("writing")
            }
        }
    }

    /// Reads what is there, at most 64 KiB; empty at the end.
    func read() throws(Failure) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { pointer -> Int in
                if let tls = unsafe tls {
                    let got = Int(unsafe SSL_read(tls, pointer.baseAddress, Int32(clamping: pointer.count)))
                    guard got <= 0 else { return got }
                    return unsafe SSL_get_error(tls, Int32(got)) == Int32(steplog_tls_closed) ? 0 : -1
                }
                return unsafe recv(descriptor, pointer.baseAddress, pointer.count, 0)
            }
            if count >= 0 {
                buffer.removeLast(buffer.count - count)
                return buffer
            }
            if !address.isSecure, errno == EINTR { continue }
            throw failure("reading")
        }
    }

    private func failure(_ doing: String) -> Failure {
        let code = errno
        if code == EAGAIN || code == EWOULDBLOCK { return Failure(message: "\(address.authority): Read timed out") }
        return Failure(message: "\(address.authority): the connection broke off while \(doing) (\(Self.text(code)))")
    }

    private static func connect(_ address: ServerAddress, _ timeoutSeconds: Int) throws(Failure) -> Int32 {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(address.host, String(address.port), &hints, &list) == 0 else {
            throw Failure(message: "\(address.host): the name can't be resolved", isUnsent: true)
        }
        defer { unsafe freeaddrinfo(list) }
        var code: Int32 = ECONNREFUSED
        var entry = unsafe list
        while let current = unsafe entry {
            let number = unsafe socket(
                current.pointee.ai_family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            if number >= 0 {
                limit(number, timeoutSeconds)
                var one: Int32 = 1
                unsafe setsockopt(number, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
                if unsafe Glibc.connect(number, current.pointee.ai_addr, current.pointee.ai_addrlen) == 0 {
                    return number
                }
                code = errno
                close(number)
            } else {
                code = errno
            }
            unsafe entry = current.pointee.ai_next
        }
        throw Failure(message: "Connect to \(address.authority) failed: \(text(code))", isUnsent: true)
    }

    private static func text(_ code: Int32) -> String {
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text)
    }
}
