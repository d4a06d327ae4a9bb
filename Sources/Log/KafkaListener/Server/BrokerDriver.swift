import Dispatch
import EventLog
import NIOCore

/// Runs the broker on one event loop: gives it requests and the time, sends what it answers.
///
/// What comes in one turn of the loop is committed together at its end.
final class BrokerDriver {
    /// Of all connections, in one turn of the loop.
    private static let outgoingBytesMax = 64 << 20
    private let broker: Broker
    private let loop: any EventLoop
    private let log: @Sendable (String) -> Void
    private let wallClock: @Sendable () -> Int64
    private var channels: [ConnectionID: any Channel] = [:]
    private var isTurnScheduled = false
    private var timer: Scheduled<Void>?
    private var timerDeadline: Int64 = .max
    private var maintenance: RepeatedTask?

    init(
        _ broker: Broker, on loop: any EventLoop, wallClock: @escaping @Sendable () -> Int64,
        log: @escaping @Sendable (String) -> Void
    ) {
        self.broker = broker
        self.loop = loop
        self.wallClock = wallClock
        self.log = log
    }

    /// Milliseconds of a clock that never runs back.
    static func elapsed() -> Int64 { Int64(NIODeadline.now().uptimeNanoseconds / 1_000_000) }

    private var moment: Moment { Moment(elapsed: BrokerDriver.elapsed(), wall: wallClock()) }

    /// Begins to look for what retention and compaction let go.
    func startMaintenance(every milliseconds: Int64) {
        let bound = NIOLoopBound(self, eventLoop: loop)
        maintenance = loop.scheduleRepeatedTask(
            initialDelay: .zero, delay: .milliseconds(milliseconds)
        ) { _ in
            let driver = bound.value
            driver.broker.maintain(at: driver.moment)
            driver.scheduleTurn()
        }
        scheduleTurn()
    }

    func connect(_ channel: any Channel, node: Int) -> ConnectionID {
        let connection = broker.connect(address: channel.remoteAddress?.ipAddress ?? "", node: node)
        channels[connection] = channel
        return connection
    }

    func disconnect(_ connection: ConnectionID) {
        channels[connection] = nil
        broker.disconnect(connection)
        scheduleTurn()
    }

    /// Takes a request. Returns whether more may be taken in this turn: answers that pile up are sent first.
    func receive(_ frame: ByteBuffer, from connection: ConnectionID) -> Bool {
        broker.receive(frame, from: connection, at: moment)
        scheduleTurn()
        return broker.outgoingBytes < BrokerDriver.outgoingBytesMax
    }

    /// Ends the connection of a client that sends nonsense.
    func refuse(_ connection: ConnectionID, reason: String) {
        broker.close(connection, reason: reason)
        scheduleTurn()
    }

    /// Others have appended to these partitions.
    func recordsArrived(_ partitions: Set<TopicPartition>) {
        broker.recordsArrived(partitions)
        scheduleTurn()
    }

    func stop() {
        maintenance?.cancel()
        timer?.cancel()
        broker.commit()
        for channel in channels.values { channel.close(promise: nil) }
    }

    private func scheduleTurn() {
        guard !isTurnScheduled else { return }
        isTurnScheduled = true
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.execute { bound.value.finishTurn() }
    }

    private func finishTurn() {
        isTurnScheduled = false
        broker.commit()
        let next = broker.tick(at: moment)
        broker.commit()
        send()
        guard let next, next < timerDeadline else { return }
        timer?.cancel()
        timerDeadline = next
        let bound = NIOLoopBound(self, eventLoop: loop)
        timer = loop.scheduleTask(in: .milliseconds(max(1, next - BrokerDriver.elapsed()))) {
            bound.value.timerDeadline = .max
            bound.value.finishTurn()
        }
    }

    private func send() {
        var written: [ConnectionID] = []
        for outgoing in broker.takeOutgoing() {
            switch outgoing {
            case .send(let connection, let buffer):
                channels[connection]?.write(buffer, promise: nil)
                if written.last != connection { written.append(connection) }
            case .close(let connection, let reason):
                guard let channel = channels.removeValue(forKey: connection) else { continue }
                log("connection \(connection) from \(channel.remoteAddress?.description ?? "?") closed: \(reason)")
                channel.flush()
                channel.close(promise: nil)
            }
        }
        for connection in written { channels[connection]?.flush() }
    }
}
