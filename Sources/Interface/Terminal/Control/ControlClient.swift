import Foundation
import JSON

/// Asks the Steplog that runs a workflow, over its control socket.
public struct ControlClient: Sendable {
    private let path: String
    /// How long to try while nobody listens: Steplog may be starting again.
    private let patience: TimeInterval

    public init(path: String, patienceSeconds: Int) {
        self.path = path
        patience = TimeInterval(patienceSeconds)
    }

    /// Delivers the request until it is answered. A lost answer is asked for again under the same id, so nothing happens twice.
    /// - Throws: when nobody answers in time.
    public func send(_ request: ControlRequest) throws(BadInput) -> ControlAnswer {
        let line = JSONWriter.bytes(request.json)
        let start = Date()
        while true {
            if let socket = try UnixSocket.connected(to: path) {
                socket.setTimeout(seconds: 30)
                if socket.writeLine(line), let answer = socket.readLine(), let value = try? JSONParser.parse(answer) {
                    return ControlAnswer(value)
                }
            }
            guard Date().timeIntervalSince(start) < patience else {
                throw BadInput(
                    "No Steplog answers at \(path). The workflow that the token belongs to must be running; "
                        + "\"steplog run … --log FILE --resume\" goes on with one that was interrupted.")
            }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }
}
