import AWSClient
import Foundation
import JSON
import Synchronization

@testable import TaskWorkers

/// A service on the loopback address that answers JSON as a closure says, on connections that it keeps open.
final class ScriptedService: Sendable {
    /// One request: what is asked for (the action of `X-Amz-Target`, else the path), and with what.
    struct Call: Sendable, Equatable {
        var action: String
        var input: JSONValue
        /// The body as it came.
        var body = ""
        /// The header Authorization.
        var authorization: String?
    }

    let url: String
    private let calls = Mutex<[Call]>([])
    private let connections = Mutex(0)

    init(_ answer: @escaping @Sendable (Call) -> (status: Int, body: JSONValue)) throws {
        let (socket, port) = try LoopbackSocket.listen()
        url = "http://127.0.0.1:\(port)"
        try BlockingThread.start { [self] in
            while let connection = LoopbackSocket.accept(socket) {
                connections.withLock { $0 += 1 }
                try? BlockingThread.start { [self] in
                    while let call = Self.read(connection) {
                        calls.withLock { $0.append(call) }
                        let (status, body) = answer(call)
                        let bytes = JSONWriter.bytes(body)
                        let head =
                            "HTTP/1.1 \(status) X\r\nContent-Type: application/json\r\nContent-Length: \(bytes.count)\r\n\r\n"
                        try? connection.write(Array(head.utf8) + bytes)
                    }
                }
            }
        }
    }

    var log: [Call] { calls.withLock { $0 } }
    var connectionCount: Int { connections.withLock { $0 } }

    /// The actions that were asked for, in order.
    var actions: [String] { log.map(\.action) }

    var client: ServiceClient {
        ServiceClient(
            ClientConfiguration(
                environment: ["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_REGION": "us-east-1"],
                endpointURL: url))
    }

    private static func read(_ connection: OwnedDescriptor) -> Call? {
        var bytes: [UInt8] = []
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let head = text[..<end.lowerBound].split(separator: "\r\n")
                func header(_ name: String) -> String? {
                    head.first { $0.lowercased().hasPrefix("\(name):") }?.split(separator: ":", maxSplits: 1).last?
                        .trimmingCharacters(in: .whitespaces)
                }
                let body = text[end.upperBound...]
                if body.utf8.count >= header("content-length").flatMap({ Int($0) }) ?? 0 {
                    let target = header("x-amz-target")?.split(separator: ".").last.map(String.init)
                    let path = head.first?.split(separator: " ").dropFirst().first.map(String.init)
                    return Call(
                        action: target ?? path ?? "", input: (try? JSONParser.parse(String(body))) ?? .null,
                        body: String(body), authorization: header("authorization"))
                }
            }
            guard let part = try? connection.read(countMax: 65_536), !part.isEmpty else { return nil }
            bytes += part
        }
    }
}
