public import BatchStore
public import EventLogKafka
import KafkaListener
import Synchronization

/// A broker of the project's own in this process, for one test, with faults on demand.
public final class TestBroker: Sendable {
    public let storage: MemoryBatchStorage
    private let server: Mutex<KafkaServer?>
    /// Where it listens.
    public let port: Int
    private let users: [String: String]
    private let advertisedPort: Int?

    /// - Parameters:
    ///   - faults: a script of `FaultScript`.
    ///   - nodes: of how many brokers the cluster pretends to be.
    ///   - users: passwords by name; with any, clients must authenticate.
    ///   - advertisedPort: what clients are told to connect to, where something stands before the broker.
    public init(
        faults: String = "", seed: UInt64 = 1, nodes: Int = 1, users: [String: String] = [:], advertisedPort: Int? = nil
    ) throws {
        storage = MemoryBatchStorage()
        self.users = users
        self.advertisedPort = advertisedPort
        let server = try TestBroker.start(
            storage, port: 0, faults: faults, seed: seed, nodes: nodes, users: users, advertisedPort: advertisedPort)
        port = server.nodes[0].port
        self.server = Mutex(server)
    }

    deinit { stop() }

    /// What a log needs to find this broker.
    public var configuration: KafkaConfiguration {
        KafkaConfiguration(brokers: ["127.0.0.1:\(port)"], recordBytesMax: 4 << 20)
    }

    /// The broker goes away; its records stay.
    public func stop() {
        let server = server.withLock { server in
            defer { server = nil }
            return server
        }
        server?.stop()
    }

    /// The broker comes back where it was.
    public func start(faults: String = "", seed: UInt64 = 1) throws {
        let started = try TestBroker.start(
            storage, port: port, faults: faults, seed: seed, users: users, advertisedPort: advertisedPort)
        server.withLock { $0 = started }
    }

    private static func start(
        _ storage: MemoryBatchStorage, port: Int, faults: String, seed: UInt64, nodes: Int = 1, users: [String: String],
        advertisedPort: Int?
    ) throws -> KafkaServer {
        let node = BrokerConfiguration.Node(host: "127.0.0.1", port: port, advertisedPort: advertisedPort)
        var configuration = BrokerConfiguration(nodes: Array(repeating: node, count: nodes), seed: seed)
        configuration.users = users
        // A debug build would take seconds for thousands.
        configuration.scramIterationCount = 64
        return try KafkaServer(storage, configuration, faults: FaultScript(faults, seed: seed)) { _ in }
    }
}
