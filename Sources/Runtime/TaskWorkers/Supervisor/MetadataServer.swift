import Glibc
import JSON
import Synchronization

/// The task metadata endpoint, version 4 (and 3, which has the same form): HTTP on a free port of the loopback address, for the
/// containers of one task. One thread answers one request a connection.
final class MetadataServer: Sendable {
    private let port: UInt16
    private let names: [String]
    private let state: Mutex<MetadataSnapshot>

    /// A request longer than this is refused.
    private static let requestBytesMax = 8192

    init(_ snapshot: MetadataSnapshot) throws(SystemCallError) {
        let (socket, port) = try LoopbackSocket.listen()
        self.port = port
        names = snapshot.containers.indices.map { RuntimeID.text(snapshot.plan, $0) }
        state = Mutex(snapshot)
        try BlockingThread.start { [self] in
            while let connection = LoopbackSocket.accept(socket) { serve(connection) }
        }
    }

    /// The variables that tell a container where to ask.
    func variables(container index: Int) -> [NameValue] {
        let name = names[index]
        return [
            NameValue(name: "ECS_CONTAINER_METADATA_URI_V4", value: "http://127.0.0.1:\(port)/v4/\(name)"),
            NameValue(name: "ECS_CONTAINER_METADATA_URI", value: "http://127.0.0.1:\(port)/v3/\(name)"),
        ]
    }

    func publish(_ change: (inout MetadataSnapshot) -> Void) {
        state.withLock { change(&$0) }
    }

    private func serve(_ connection: OwnedDescriptor) {
        var request: [UInt8] = []
        // To the end of the headers: a connection that is closed with something unread takes the answer with it.
        while !Self.isWhole(request) {
            guard request.count < Self.requestBytesMax, let part = try? connection.read(countMax: 4096), !part.isEmpty
            else { return }
            request += part
        }
        let line = String(decoding: request.prefix { $0 != 0x0D && $0 != 0x0A }, as: UTF8.self).split(separator: " ")
        let document = line.count >= 2 && line[0] == "GET" ? document(at: String(line[1])) : nil
        let body = JSONWriter.bytes(
            document ?? ["error": "there is GET /v4/ID, /v4/ID/task, /v4/ID/stats and /v4/ID/task/stats"])
        let status = document == nil ? "404 Not Found" : "200 OK"
        let head =
            "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        try? connection.write(Array(head.utf8) + body)
    }

    /// Whether the request's empty line is there.
    private static func isWhole(_ request: [UInt8]) -> Bool {
        let lines = request.filter { $0 != 0x0D }
        return zip(lines, lines.dropFirst()).contains { $0 == 0x0A && $1 == 0x0A }
    }

    private func document(at path: String) -> JSONValue? {
        let parts = path.split(separator: "?")[0].split(separator: "/")
        guard parts.count >= 2, parts[0] == "v4" || parts[0] == "v3", let index = names.firstIndex(of: String(parts[1]))
        else { return nil }
        let snapshot = state.withLock { $0 }
        switch parts.dropFirst(2).joined(separator: "/") {
        case "": return snapshot.container(index)
        case "task", "taskWithTags": return snapshot.task()
        case "stats": return snapshot.stats(index)
        case "task/stats": return snapshot.allStats()
        default: return nil
        }
    }
}
