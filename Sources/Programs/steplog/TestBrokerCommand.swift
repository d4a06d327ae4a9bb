import ArgumentParser
import BatchStore
import Dispatch
import Foundation
import KafkaListener
import Terminal

/// A Kafka broker for tests in any language.
struct TestBrokerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test-broker",
        abstract: "A Kafka broker for tests: one process, in memory, with faults on demand.",
        discussion: """
            Serves any Kafka client until it is stopped, and says on standard output when it does.

              steplog test-broker --port 9092
              steplog test-broker --port 9092 --faults faults.txt --seed 7
              steplog test-broker --port 9092 --log broker.sqlite
              steplog test-broker --port 9092 --sasl-user steplog:secret

            A faults file has a rule a line, such as "close produce 2", "error fetch always percent 5 code 6",
            "close-after endTxn skip 3", "delay any always ms 20", "move-coordinator any skip 50 key group-1",
            "lose-broker any skip 100 broker 1 ms 3000" or "restart any skip 500".

            It is for tests and for one machine; for more, run Apache Kafka.
            """)

    @Option(help: "The port; 0 takes a free one. Further brokers get the ports behind it.")
    var port: Int

    @Option(help: "The address to listen on, which clients are told too.")
    var address: String = "127.0.0.1"

    @Option(help: "What goes wrong on purpose: a file with a rule a line.")
    var faults: String?

    @Option(help: "Repeats what happens by chance.")
    var seed: UInt64 = 0

    @Option(help: "Of how many brokers the cluster pretends to be.")
    var brokers: Int = 1

    @Option(help: "Keep the records in this SQLite file; without it, in memory.")
    var log: String?

    @Option(help: "In memory: every so many commits are synced; the fault restart-unsynced loses those since.")
    var commitsPerSync: Int = 1

    @Option(
        help: ArgumentHelp(
            "Clients must sign in as this user by SASL: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, or OAUTHBEARER with an unsecured token. May be repeated.",
            valueName: "name:password"))
    var saslUser: [String] = []

    @Option(help: "The port that clients are told, where something stands in front: a terminator of TLS.")
    var advertisedPort: Int?

    private static let faultsBytesMax = 1 << 20

    func validate() throws {
        guard (1...100).contains(brokers) else { throw ValidationError("A cluster has 1 to 100 brokers.") }
        guard (0...65_535 - brokers).contains(port) else { throw ValidationError("\(port) is no port.") }
        guard advertisedPort.map({ (1...65_536 - brokers).contains($0) }) != false else {
            throw ValidationError("--advertised-port is no port.")
        }
        guard saslUser.allSatisfy({ ($0.firstIndex(of: ":") ?? $0.startIndex) > $0.startIndex }) else {
            throw ValidationError("--sasl-user is written NAME:PASSWORD.")
        }
        guard commitsPerSync > 0 else { throw ValidationError("A sync follows at least one commit.") }
    }

    /// Passwords by name; a password may hold a colon.
    private var users: [String: String] {
        saslUser.reduce(into: [:]) { users, text in
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            users[String(parts[0])] = String(parts[1])
        }
    }

    func run() throws {
        let script = try faults.map { path in
            let text = try TextFile.read(path, what: "faults file", bytesMax: Self.faultsBytesMax)
            do {
                return try FaultScript(text, seed: seed)
            } catch {
                throw BadInput("\(path), \(error)")
            }
        }
        let storage: any BatchStorage =
            try log.map { try SQLiteBatchStorage(path: $0, durability: .process) }
            ?? MemoryBatchStorage(commitsPerSync: commitsPerSync)
        let nodes = (0..<brokers).map { number in
            BrokerConfiguration.Node(
                host: address, port: port == 0 ? 0 : port + number, advertisedPort: advertisedPort.map { $0 + number })
        }
        var configuration = BrokerConfiguration(nodes: nodes, seed: seed)
        configuration.users = users
        let server: KafkaServer
        do {
            server = try KafkaServer(storage, configuration, faults: script) { line in
                ProgressView.write("steplog: \(line)\n", to: 2)
            }
        } catch let error as KafkaListenerError {
            throw BadInput("\(error)")
        }
        let places = server.nodes.map { "\($0.host):\($0.port)" }.joined(separator: ",")
        ProgressView.write("broker ready on \(places)\n", to: 1)
        let done = DispatchSemaphore(value: 0)
        let sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { done.signal() }
            source.resume()
            return source
        }
        done.wait()
        withExtendedLifetime(sources) { server.stop() }
        storage.close()
    }
}
