import JSON
import NIOCore
import NIOHTTP1
import NIOPosix
import Signatures

/// Asks an engine of containers over its Unix socket, in the Docker Engine API, which Podman serves too. Calls block their thread;
/// each has a connection of its own. Paths carry no version, so that engines of all ages take them.
///
/// Source: Docker Engine API; where Podman's answers differ, the call says so.
public final class ContainerClient: Sendable {
    /// The socket's path.
    public let socket: String
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    public init(socket: String) { self.socket = socket }

    deinit { group.shutdownGracefully { _ in } }

    /// Creating and starting takes seconds on a machine that has much to do.
    static let patience = TimeAmount.seconds(120)

    /// Begins a request.
    /// - Parameters:
    ///   - path: from the first `/`, without the query.
    ///   - timeout: nil: the answer may take for ever.
    ///   - onBody: gets a successful answer's body as it comes.
    func begin(
        _ method: HTTPMethod, _ path: String, query: [(name: String, value: String)] = [], body: JSONValue? = nil,
        timeout: TimeAmount? = patience, onBody: (@Sendable ([UInt8]) -> Void)? = nil
    ) -> ContainerCall {
        let pairs = query.map { "\($0.name)=\(PercentCoding.encode($0.value))" }
        let target = pairs.isEmpty ? path : "\(path)?\(pairs.joined(separator: "&"))"
        return ContainerCall(
            ContainerCall.Request(
                method: method, target: target, body: body.map { JSONWriter.bytes($0) } ?? [], timeout: timeout),
            to: socket, on: group, onBody: onBody)
    }

    /// The body of a successful answer; nil for a status that `expected` names.
    static func value(
        _ call: ContainerCall, elseNilFor expected: Set<Int> = []
    ) throws(ContainerFailure) -> JSONValue? {
        let answer = try call.wait()
        if expected.contains(answer.status) { return nil }
        guard (200..<300).contains(answer.status) else { throw refusal(answer) }
        return (try? JSONParser.parse(answer.body)) ?? .null
    }

    static func refusal(_ answer: ContainerCall.Answer) -> ContainerFailure {
        let text = String(decoding: answer.body.prefix(4096), as: UTF8.self)
        let message = (try? JSONParser.parse(text))?["message"]?.string ?? text
        return ContainerFailure(.refused(status: answer.status), message)
    }
}
