import Glibc
import Synchronization

/// One POST over plain HTTP/1.1; blocks. Foundation's URLSession is not used: it adds 10 ms to the start of every process that
/// links it, and so to every task's supervisor.
///
/// SAFETY: the list of addresses that getaddrinfo makes is freed once, by the function that asked for it, and not used after.
public final class HTTPConnection: Sendable {
    /// Why there is no answer.
    public struct Failure: Error, Equatable {
        public var message: String
    }

    private struct State {
        var socket: OwnedDescriptor?
        var isAborted = false
    }

    private let state = Mutex(State())

    /// How long a function may take: Lambda's own limit. Source: Lambda quotas, 900 s.
    private static let secondsMax = 900
    private static let headBytesMax = 65_536

    public init() {}

    /// Lets a call that is under way fail soon, and later ones at once.
    func abort() {
        let socket = state.withLock { state in
            state.isAborted = true
            return state.socket
        }
        if let socket { shutdown(socket.number, Int32(SHUT_RDWR)) }
    }

    /// - Parameters:
    ///   - headers: besides Host, Content-Length and Connection; they say what type the body has.
    ///   - bodyBytesMax: a longer answer is an error.
    public func post(
        _ url: String, headers: [(name: String, value: String)] = [("Content-Type", "application/json")], body: [UInt8],
        bodyBytesMax: Int
    ) throws(Failure) -> HTTPResponse {
        let address = try HTTPAddress(url)
        let socket = try connect(address)
        let isAborted = state.withLock { state in
            state.socket = socket
            return state.isAborted
        }
        if isAborted { throw Failure(message: "the call was cancelled") }
        let fields = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        let head =
            "POST \(address.path) HTTP/1.1\r\nHost: \(address.authority)\r\n\(fields)Content-Length: \(body.count)\r\n"
            + "Accept: application/json\r\nConnection: close\r\n\r\n"
        let answer: [UInt8]
        do throws(SystemCallError) {
            try socket.write(Array(head.utf8) + body)
            answer = try receive(socket, bytesMax: bodyBytesMax + Self.headBytesMax)
        } catch {
            throw Failure(message: "\(url): \(error.reason)")
        }
        guard let response = Self.response(answer) else {
            throw Failure(message: "\(url): the answer is cut off or is not HTTP")
        }
        guard response.body.count <= bodyBytesMax else {
            throw Failure(message: "\(url): the answer is longer than \(bodyBytesMax) bytes")
        }
        return response
    }

    /// Reads until the other side closes, or all that Content-Length promises is there.
    private func receive(_ socket: OwnedDescriptor, bytesMax: Int) throws(SystemCallError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count <= bytesMax {
            guard let part = try socket.read(countMax: 65_536) else {
                throw SystemCallError("read", "socket", code: ETIMEDOUT)
            }
            if part.isEmpty { break }
            bytes += part
            if let (response, bodyStart) = Self.head(bytes),
                let count = response.header("content-length").flatMap({ Int($0) }),
                bytes.count - bodyStart >= count
            {
                break
            }
        }
        return bytes
    }

    private static func head(_ bytes: [UInt8]) -> (response: HTTPResponse, bodyStart: Int)? {
        let end: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        let limit = min(bytes.count, headBytesMax)
        guard limit >= end.count else { return nil }
        for start in 0...(limit - end.count) where bytes[start] == 0x0D && bytes[start..<(start + 4)].elementsEqual(end)
        {
            return HTTPResponse(head: Array(bytes[..<start])).map { ($0, start + end.count) }
        }
        return nil
    }

    private static func response(_ bytes: [UInt8]) -> HTTPResponse? {
        guard let head = head(bytes) else { return nil }
        var response = head.response
        let body = Array(bytes[head.bodyStart...])
        if response.header("transfer-encoding")?.lowercased() == "chunked" {
            guard let whole = HTTPResponse.unchunked(body) else { return nil }
            response.body = whole
        } else {
            let count = response.header("content-length").flatMap { Int($0) } ?? body.count
            guard count >= 0, body.count >= count else { return nil }
            response.body = Array(body.prefix(count))
        }
        return response
    }

    private func connect(_ address: HTTPAddress) throws(Failure) -> OwnedDescriptor {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = unsafe getaddrinfo(address.host, String(address.port), &hints, &list)
        guard status == 0 else { throw Failure(message: "\(address.host): the name can't be resolved") }
        defer { unsafe freeaddrinfo(list) }
        var code: Int32 = ECONNREFUSED
        var entry = unsafe list
        while let current = unsafe entry {
            let number = unsafe socket(
                current.pointee.ai_family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            if number >= 0 {
                let socket = OwnedDescriptor(number)
                LoopbackSocket.limit(number, seconds: Self.secondsMax)
                if unsafe Glibc.connect(number, current.pointee.ai_addr, current.pointee.ai_addrlen) == 0 {
                    return socket
                }
            }
            code = errno
            unsafe entry = current.pointee.ai_next
        }
        throw Failure(message: "Connect to \(address.authority) failed: \(SystemCallError.text(of: code))")
    }
}
