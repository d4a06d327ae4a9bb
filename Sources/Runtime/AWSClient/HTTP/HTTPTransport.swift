import Glibc
import Signatures
import Synchronization

/// Sends requests over HTTP/1.1 and waits for their answers; connections are kept for the next request. From any thread.
public final class HTTPTransport: Sendable {
    /// Why there is no answer.
    public struct Failure: Error, Sendable, Equatable {
        /// Without anything that the request held.
        public var message: String
    }

    // SAFETY: a connection is in the list or with the one thread that took it, never both.
    private final class Idle: @unchecked Sendable {
        let connection: ServerConnection
        let since: Int64
        init(_ connection: ServerConnection, since: Int64) {
            self.connection = connection
            self.since = since
        }
    }

    private let idle = Mutex<[ServerAddress: [Idle]]>([:])
    private static let idleCountMax = 64
    private static let idleMilliseconds: Int64 = 4_000
    private static let answerBytesMax = 256 << 20

    public init() {
        // A server that goes away while it is written to is an error here, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
    }

    /// - Parameters:
    ///   - request: signed, without Host, Content-Length and Connection.
    ///   - timeoutSeconds: how long the server may be silent.
    public func send(_ request: HTTPRequest, timeoutSeconds: Int = 60) throws(Failure) -> HTTPAnswer {
        guard let address = ServerAddress(request.endpoint) else {
            throw Failure(message: "\"\(request.endpoint)\" is no http or https address")
        }
        let bytes = Self.bytes(request, address)
        if let kept = take(address) {
            // A kept connection may have been closed meanwhile; then nothing of an answer comes, and a new one is taken.
            kept.limit(seconds: timeoutSeconds)
            do throws(ServerConnection.Failure) {
                return try exchange(kept, bytes, isHead: request.method == "HEAD")
            } catch {
                guard error.isUnsent else { throw Failure(message: error.message) }
            }
        }
        do throws(ServerConnection.Failure) {
            let connection = try ServerConnection(address, timeoutSeconds: timeoutSeconds)
            return try exchange(connection, bytes, isHead: request.method == "HEAD")
        } catch {
            throw Failure(message: error.message)
        }
    }

    private func exchange(
        _ connection: ServerConnection, _ bytes: [UInt8], isHead: Bool
    ) throws(ServerConnection.Failure) -> HTTPAnswer {
        do throws(ServerConnection.Failure) {
            try connection.write(bytes)
        } catch {
            throw ServerConnection.Failure(message: error.message, isUnsent: true)
        }
        var reader = HTTPAnswerReader(isHead: isHead)
        while true {
            let part = try connection.read()
            if part.isEmpty, reader.byteCount == 0 {
                throw ServerConnection.Failure(
                    message: "\(connection.address.authority) closed the connection without an answer", isUnsent: true)
            }
            switch reader.take(part) {
            case .more:
                guard reader.byteCount <= Self.answerBytesMax else {
                    throw ServerConnection.Failure(message: "\(connection.address.authority): the answer is too long")
                }
            case .answer(let answer, let isReusable):
                if isReusable { keep(connection) }
                return answer
            case .broken:
                throw ServerConnection.Failure(
                    message: "\(connection.address.authority): the answer is cut off or is not HTTP")
            }
        }
    }

    private func take(_ address: ServerAddress) -> ServerConnection? {
        let now = Moment.monotonicMilliseconds
        let found = idle.withLock { idle -> Idle? in
            while let last = idle[address]?.popLast() {
                if now - last.since < Self.idleMilliseconds { return last }
            }
            return nil
        }
        return found?.connection
    }

    private func keep(_ connection: ServerConnection) {
        let entry = Idle(connection, since: Moment.monotonicMilliseconds)
        idle.withLock { idle in
            guard idle[entry.connection.address, default: []].count < Self.idleCountMax else { return }
            idle[entry.connection.address, default: []].append(entry)
        }
    }

    private static func bytes(_ request: HTTPRequest, _ address: ServerAddress) -> [UInt8] {
        let query = request.parameters.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
        let target = request.path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
        let fields = request.headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        let head = "\(request.method) \(target) HTTP/1.1\r\nHost: \(address.authority)\r\n\(fields)"
        return Array("\(head)Content-Length: \(request.body.count)\r\n\r\n".utf8) + request.body
    }
}
