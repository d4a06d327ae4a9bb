public import BatchStore
import EventLog
import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// Speaks Kafka's protocol over a storage, on one thread of its own.
///
///     let server = try KafkaServer(storage, configuration) { line in print(line) }
///     …
///     server.stop()
///
/// For one machine and for tests: the storage is all there is of a cluster.
public final class KafkaServer: Sendable {
    /// Where clients connect, one for each broker of the pretended cluster.
    public let nodes: [BrokerConfiguration.Node]
    private let group: MultiThreadedEventLoopGroup
    private let driver: NIOLoopBound<BrokerDriver>
    private let servers: [any Channel]

    /// Listens at the configuration's nodes; a port 0 becomes a free one.
    /// - Parameters:
    ///   - log: told of each connection that was closed from this side, and of what went wrong. Called on the listener's thread.
    /// - Throws: `KafkaListenerError` for a port that can't be had, `EventLogError` for a storage that can't be read.
    public convenience init(
        _ storage: any BatchStorage, _ configuration: BrokerConfiguration, faults: FaultScript? = nil,
        log: @escaping @Sendable (String) -> Void
    ) throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            try self.init(storage, configuration, faults: faults, on: group, log: log)
        } catch {
            try? group.syncShutdownGracefully()
            throw error
        }
    }

    private init(
        _ storage: any BatchStorage, _ configuration: BrokerConfiguration, faults: FaultScript?,
        on group: MultiThreadedEventLoopGroup, log: @escaping @Sendable (String) -> Void
    ) throws {
        self.group = group
        let loop = group.next()
        let holder = NIOLoopBoundBox<BrokerDriver?>.makeBoxSendingValue(nil, eventLoop: loop)
        var configuration = configuration
        servers = try configuration.nodes.enumerated().map { index, node in
            try KafkaServer.bind(node, index, on: group, holder, requestBytesMax: configuration.requestBytesMax)
        }
        for (index, server) in servers.enumerated() {
            configuration.nodes[index].port = server.localAddress?.port ?? configuration.nodes[index].port
        }
        nodes = configuration.nodes
        let settled = configuration
        let wallClock: @Sendable () -> Int64 = { Int64(Date.now.timeIntervalSince1970 * 1000) }
        driver = try loop.submit {
            let moment = Moment(elapsed: BrokerDriver.elapsed(), wall: wallClock())
            let broker = try Broker(storage, settled, faults: faults, at: moment, log: log)
            let driver = BrokerDriver(broker, on: loop, wallClock: wallClock, log: log)
            driver.startMaintenance(every: settled.maintenanceIntervalMilliseconds)
            holder.value = driver
            return NIOLoopBound(driver, eventLoop: loop)
        }.wait()
        if let observed = storage as? ObservedStorage { observe(observed) }
        for server in servers { try server.setOption(.autoRead, value: true).wait() }
    }

    /// Ends all connections and the thread.
    public func stop() {
        for server in servers { server.close(promise: nil) }
        try? group.next().submit { [driver] in driver.value.stop() }.wait()
        try? group.syncShutdownGracefully()
    }

    /// Wakes readers when others append to the storage; many appends in a row wake once.
    private func observe(_ storage: ObservedStorage) {
        let news = News()
        storage.observe { [group, driver] partitions in
            let isFirst = news.partitions.withLock { news in
                defer { news.formUnion(partitions) }
                return news.isEmpty
            }
            guard isFirst else { return }
            group.next().execute {
                let arrived = news.partitions.withLock { news in
                    defer { news = [] }
                    return news
                }
                driver.value.recordsArrived(arrived)
            }
        }
    }

    private static func bind(
        _ node: BrokerConfiguration.Node, _ index: Int, on group: MultiThreadedEventLoopGroup,
        _ holder: NIOLoopBoundBox<BrokerDriver?>, requestBytesMax: Int
    ) throws -> any Channel {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // Nobody is let in before the broker is there.
            .serverChannelOption(.autoRead, value: false)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2_048, maximum: 1 << 20)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let driver = holder.value else { throw ChannelError.ioOnClosedChannel }
                    try channel.pipeline.syncOperations.addHandler(
                        ConnectionHandler(driver, node: index, requestBytesMax: requestBytesMax))
                }
            }
        do {
            return try bootstrap.bind(host: node.host, port: node.port).wait()
        } catch {
            throw KafkaListenerError(
                description: "Kafka clients can't be served on \(node.host):\(node.port): \(reason(error))")
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return switch error.errnoCode {
        case EADDRINUSE: "another process has the port; choose another one"
        case EACCES: "ports below 1024 need permission"
        case EADDRNOTAVAIL: "the address is not one of this machine"
        default: "\(error)"
        }
    }
}

/// Partitions that got records since the listener's thread looked last.
private final class News: Sendable {
    let partitions = Mutex<Set<TopicPartition>>([])
}
