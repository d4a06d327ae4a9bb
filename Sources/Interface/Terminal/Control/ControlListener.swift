import Foundation
import JSON

/// Takes requests from tasks on a control socket, each on a thread of its own.
public final class ControlListener: Sendable {
    public let path: String
    private let descriptor: Int32

    /// - Parameter answer: decides a request; may block for seconds.
    /// - Throws: when the socket can't be opened.
    public init(path: String, answer: @escaping @Sendable (ControlRequest) -> ControlAnswer) throws(BadInput) {
        self.path = path
        let socket = try UnixSocket.listening(at: path)
        descriptor = socket.descriptor
        let accepting = Thread { [socket = SharedSocket(socket)] in
            while let caller = socket.socket.accept() {
                let shared = SharedSocket(caller)
                Thread { Self.serve(shared.socket, answer) }.start()
            }
        }
        accepting.start()
    }

    /// No further requests; the path is removed.
    public func close() {
        UnixSocket.shut(descriptor)
        // SAFETY: the path is passed as a C string for the time of the call.
        _ = unsafe unlink(path)
    }

    private static func serve(_ caller: borrowing UnixSocket, _ answer: (ControlRequest) -> ControlAnswer) {
        caller.setTimeout(seconds: 10)
        guard let line = caller.readLine() else { return }
        let request = (try? JSONParser.parse(line)).flatMap { ControlRequest($0) }
        let result =
            request.map(answer)
            ?? .refused(error: "ValidationException", message: "This is no request that this release knows.")
        _ = caller.writeLine(JSONWriter.bytes(result.json))
    }
}

/// A socket that a thread keeps.
private final class SharedSocket: Sendable {
    let socket: UnixSocket
    init(_ socket: consuming UnixSocket) { self.socket = socket }
}
