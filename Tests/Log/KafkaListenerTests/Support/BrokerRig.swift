import BatchStore
import EventLog
import NIOCore

@testable import KafkaListener

/// A broker with a clock that stands still until it is moved, and clients without sockets.
final class BrokerRig {
    private(set) var broker: Broker
    private(set) var logLines = LogLines()
    private(set) var moment = Moment(elapsed: 0, wall: 1_700_000_000_000)
    private var answers: [ConnectionID: [ByteBuffer]] = [:]
    private(set) var closed: [ConnectionID: String] = [:]
    private var correlationID: Int32 = 0
    let storage: any BatchStorage

    /// What the broker has logged.
    final class LogLines {
        var lines: [String] = []
    }

    init(
        _ storage: any BatchStorage = MemoryBatchStorage(), brokers: Int = 1, faults: String = "",
        configure: (inout BrokerConfiguration) -> Void = { _ in }
    ) throws {
        self.storage = storage
        var configuration = BrokerConfiguration(
            nodes: (0..<brokers).map { .init(host: "127.0.0.1", port: 9_092 + $0) }, seed: 1)
        configure(&configuration)
        let lines = logLines
        broker = try Broker(
            storage, configuration, faults: faults.isEmpty ? nil : FaultScript(faults, seed: 1), at: moment
        ) { lines.lines.append($0) }
    }

    func connect(node: Int = 0) -> ConnectionID { broker.connect(address: "127.0.0.1", node: node) }

    /// Sends a request and gives what came back, without length and header; nil when no answer came yet.
    func ask(
        _ connection: ConnectionID, _ api: API, _ version: Int16, client: String = "test",
        _ write: (inout WireWriter) -> Void
    ) -> WireReader? {
        send(connection, api, version, client: client, write)
        return answer(connection, api, version)
    }

    /// Sends a request and commits what it stages.
    func send(
        _ connection: ConnectionID, _ api: API, _ version: Int16, client: String = "test",
        _ write: (inout WireWriter) -> Void
    ) {
        correlationID += 1
        var header = WireWriter(isFlexible: false)
        header.int16(api.rawValue)
        header.int16(version)
        header.int32(correlationID)
        header.string(client)
        var body = WireWriter(header.buffer, isFlexible: api.isFlexible(version))
        body.tags()
        write(&body)
        body.tags()
        broker.receive(body.buffer, from: connection, at: moment)
        settle()
    }

    func sendBytes(_ bytes: [UInt8], _ connection: ConnectionID) {
        broker.receive(ByteBuffer(bytes: bytes), from: connection, at: moment)
        settle()
    }

    /// The oldest answer to `connection` that was not looked at yet.
    func answer(_ connection: ConnectionID, _ api: API, _ version: Int16) -> WireReader? {
        guard var buffer = answers[connection]?.first else { return nil }
        answers[connection]?.removeFirst()
        _ = buffer.readInteger(as: Int32.self)
        _ = buffer.readInteger(as: Int32.self)
        var reader = WireReader(buffer, isFlexible: api.isFlexible(version))
        if api != .apiVersions { try? reader.tags() }
        return reader
    }

    /// Lets time pass.
    func pass(milliseconds: Int64) {
        moment.elapsed += milliseconds
        moment.wall += milliseconds
        _ = broker.tick(at: moment)
        settle()
    }

    func maintain() {
        broker.maintain(at: moment)
        settle()
    }

    func disconnect(_ connection: ConnectionID) {
        broker.disconnect(connection)
        settle()
    }

    private func settle() {
        broker.commit()
        for outgoing in broker.takeOutgoing() {
            switch outgoing {
            case .send(let connection, let buffer): answers[connection, default: []].append(buffer)
            case .close(let connection, let reason): closed[connection] = reason
            }
        }
    }
}
