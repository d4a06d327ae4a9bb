import Dispatch
public import EventLog
import Foundation
import Synchronization

/// The log on Kafka, through librdkafka: for many hosts.
///
/// Every producer, consumer and reader has a client of librdkafka of its own, whose threads do the network's work; a call
/// waits in librdkafka until one of them has news. The brokers keep everything: groups, producers, offsets.
public final class KafkaLog: TransactionalLog {
    public let configuration: KafkaConfiguration
    /// For requests that belong to no producer, consumer or reader.
    let administration: KafkaHandle
    let topicDirectory: TopicDirectory
    let members = MemberRegistry()
    private let handles = Mutex<[ObjectIdentifier: WeakHandle]>([:])
    private let refusals: BrokerRefusals
    private let isClosed = Atomic<Bool>(false)
    /// Holds up those who wait before they try again, until the log is closed.
    private let closing = DispatchGroup()

    private struct WeakHandle: Sendable {
        weak let handle: KafkaHandle?
    }

    /// Prepares to speak with the brokers; they need not be there yet.
    /// - Throws: `invalidArgument` that names the setting which is refused.
    public init(_ configuration: KafkaConfiguration) throws(EventLogError) {
        let refusals = BrokerRefusals()
        let report = configuration.report
        var configuration = configuration
        configuration.report = { notice in
            refusals.note(notice)
            report(notice)
        }
        self.refusals = refusals
        self.configuration = configuration
        administration = try KafkaHandle(.administration, configuration)
        topicDirectory = TopicDirectory(administration, prefix: configuration.namePrefix)
        closing.enter()
        // What producers and readers would be refused later.
        try KafkaHandle(.appender, configuration).close()
        try KafkaHandle(.reader(follows: true), configuration).close()
    }

    deinit { close() }

    public func makeProducer(transactionalID: String) throws(EventLogError) -> any LogProducer {
        try KafkaProducer(self, transactionalID: transactionalID)
    }

    /// Each waits for its coordinator, some 90 ms on one machine: so each has a thread.
    public func makeProducers(transactionalIDs: [String]) throws(EventLogError) -> [any LogProducer] {
        let opened = Mutex<[String: Result<KafkaProducer, EventLogError>]>([:])
        let group = DispatchGroup()
        for id in transactionalIDs {
            group.enter()
            Thread.detachNewThread { [self] in
                let result = Result { () throws(EventLogError) in try KafkaProducer(self, transactionalID: id) }
                opened.withLock { $0[id] = result }
                group.leave()
            }
        }
        group.wait()
        let results = opened.withLock { $0 }
        do {
            var producers: [any LogProducer] = []
            for id in transactionalIDs {
                if let producer = try results[id]?.get() { producers.append(producer) }
            }
            return producers
        } catch {
            for case .success(let producer) in results.values { producer.close() }
            throw error
        }
    }

    public func makeAppender() throws(EventLogError) -> any LogAppender {
        try KafkaAppender(self)
    }

    public func makeConsumer(_ configuration: ConsumerConfiguration) throws(EventLogError) -> any LogConsumer {
        try KafkaConsumer(self, configuration)
    }

    public func makeReader(_ positions: [TopicPartition: ReadPosition]) throws(EventLogError) -> any LogReader {
        try KafkaReader(self, positions, follows: true)
    }

    public func makeReaderToEnd(
        _ positions: [TopicPartition: ReadPosition]
    ) throws(EventLogError) -> any LogReader {
        try KafkaReader(self, positions, follows: false)
    }

    public func close() {
        guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        closing.leave()
        let open = handles.withLock { handles in handles.values.compactMap(\.handle) }
        for handle in open { handle.wake() }
        administration.wake()
    }

    /// Why the brokers don't let this client in, or it does not trust them, since a call was last answered; nil when nothing says so.
    /// librdkafka goes on trying, in case they change their minds.
    public var refusal: String? { refusals.last }

    // MARK: - For producers, consumers and readers

    /// - Throws: `closed`.
    func checkOpen() throws(EventLogError) {
        if isClosed.load(ordering: .acquiring) { throw EventLogError(.fatal, .closed, "the log is closed") }
    }

    /// A new client, which is woken when the log is closed.
    func makeHandle(_ kind: ClientKind) throws(EventLogError) -> KafkaHandle {
        try checkOpen()
        let handle = try KafkaHandle(kind, configuration)
        handles.withLock { handles in
            handles = handles.filter { $0.value.handle != nil }
            handles[ObjectIdentifier(handle)] = WeakHandle(handle: handle)
        }
        return handle
    }

    /// Repeats `attempt` while it throws an error of kind `retriable` and the log is open, for `configuration.patience`.
    /// `attempt` gets the time that it may wait, in milliseconds, so that the end of the log is noticed.
    func patiently<Result>(
        _ attempt: (_ timeoutMilliseconds: Int32) throws(EventLogError) -> Result
    ) throws(EventLogError) -> Result {
        let deadline = ContinuousClock.now + configuration.patience
        var pauseMilliseconds = 10
        while true {
            try checkOpen()
            do throws(EventLogError) {
                let result = try attempt(1_000)
                refusals.clear()
                return result
            } catch {
                guard error.kind == .retriable else { throw error }
                if let refusal = refusals.last {
                    throw EventLogError(.retriable, error.code, "the brokers can't be used", cause: refusal)
                }
                guard ContinuousClock.now < deadline else { throw error }
                pause(milliseconds: pauseMilliseconds)
                pauseMilliseconds = min(2 * pauseMilliseconds, 500)
            }
        }
    }

    /// Waits before something is tried again; not for long when the log is closed.
    func pause(milliseconds: Int) {
        _ = closing.wait(timeout: .now() + .milliseconds(milliseconds))
    }
}
