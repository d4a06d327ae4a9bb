// SAFETY: the client and its queue live until `close`, which waits behind the lock for no caller but `wake`; every other
// caller is the one thread that owns the producer, consumer or reader, and keeps the handle alive while it calls.
import CRDKafka
import EventLog
import Synchronization

// SAFETY: as above, one thread at a time but for `wake` and `close`, which the lock keeps apart.
/// One client of librdkafka: its connections and threads, and the queue on which it tells what happened.
@safe final class KafkaHandle: @unchecked Sendable {
    let client: OpaquePointer
    /// Where events wait for the owner: of a consumer, records and rebalances too.
    let queue: OpaquePointer
    /// What the client tells as it happens.
    let callbacks: ClientCallbacks
    private let isOpen = Mutex(true)

    /// - Throws: `invalidArgument` that names a setting which librdkafka or Steplog refuses.
    init(_ kind: ClientKind, _ configuration: KafkaConfiguration) throws(EventLogError) {
        callbacks = ClientCallbacks(report: configuration.report)
        let settings = try unsafe KafkaHandle.settings(kind, configuration)
        unsafe callbacks.register(in: settings)
        // What librdkafka says while it starts.
        let failure = ErrorText()
        let type = kind.isProducer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER
        guard let client = unsafe rd_kafka_new(type, settings, failure.buffer, failure.capacity) else {
            let text = failure.text
            unsafe rd_kafka_conf_destroy(settings)
            callbacks.unregister()
            let names = configuration.properties.keys.sorted().joined(separator: ", ")
            throw EventLogError(
                .fatal, .invalidArgument,
                "librdkafka refuses the Kafka settings\(names.isEmpty ? "" : " (\(names))"): \(text)")
        }
        unsafe self.client = client
        if !kind.isProducer { _ = unsafe rd_kafka_poll_set_consumer(client) }
        // Tokens are renewed on a thread of librdkafka's, whether or not anybody polls. Says no where there are none.
        if ClientSettings.hasTokens(configuration) {
            _ = unsafe LibraryError(consuming: rd_kafka_sasl_background_callbacks_enable(client))
        }
        // Exists: the client is of this kind, and has a group wherever its queue is a consumer's.
        if case .administration = kind {
            unsafe queue = rd_kafka_queue_get_main(client)
        } else {
            unsafe queue =
                (kind.isProducer ? nil : rd_kafka_queue_get_consumer(client)) ?? rd_kafka_queue_get_main(client)
        }
    }

    deinit { close() }

    /// Ends the wait on the queue that is under way, or the next one. From any thread.
    func wake() {
        isOpen.withLock { isOpen in
            if isOpen { unsafe rd_kafka_queue_yield(queue) }
        }
    }

    /// Ends the connections and threads. A consumer does not leave its group by this.
    func close() {
        let wasOpen = isOpen.withLock { isOpen in
            defer { isOpen = false }
            return isOpen
        }
        guard wasOpen else { return }
        unsafe rd_kafka_queue_destroy(queue)
        unsafe rd_kafka_destroy_flags(client, Int32(RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE))
        callbacks.unregister()
    }

    /// The error that has made the client useless, if there is one.
    var fatalError: LibraryError? {
        let text = ErrorText()
        let code = unsafe rd_kafka_fatal_error(client, text.buffer, text.capacity)
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        var error = LibraryError(code, text: text.text)
        error.isFatal = true
        return error
    }

    private static func settings(
        _ kind: ClientKind, _ configuration: KafkaConfiguration
    ) throws(EventLogError) -> OpaquePointer {
        guard !configuration.brokers.isEmpty, configuration.brokers.allSatisfy({ !$0.isEmpty }) else {
            throw EventLogError(.fatal, .invalidArgument, "a Kafka log needs at least one broker, as host:port")
        }
        if let name = configuration.properties.keys.sorted().first(where: ClientSettings.reserved.contains) {
            throw EventLogError(
                .fatal, .invalidArgument, "the Kafka setting \"\(name)\" is Steplog's own and can't be given")
        }
        guard let settings = unsafe rd_kafka_conf_new() else {
            throw EventLogError(.fatal, .inputOutput, "librdkafka could not make room for its settings")
        }
        if ClientSettings.hasTokens(configuration) { unsafe rd_kafka_conf_enable_sasl_queue(settings, 1) }
        let own = ClientSettings(kind, configuration)
        let given = configuration.properties.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        for (name, value) in own.defaults + given + own.fixed {
            let failure = ErrorText()
            let outcome = unsafe rd_kafka_conf_set(settings, name, value, failure.buffer, failure.capacity)
            guard outcome == RD_KAFKA_CONF_OK else {
                unsafe rd_kafka_conf_destroy(settings)
                throw EventLogError(
                    .fatal, .invalidArgument, "the Kafka setting \"\(name)\" is refused: \(failure.text)")
            }
        }
        return unsafe settings
    }
}

/// Room for a text that a C function writes.
@safe final class ErrorText {
    let capacity = 512
    let buffer: UnsafeMutablePointer<CChar>

    init() {
        unsafe buffer = .allocate(capacity: capacity)
        unsafe buffer.initialize(repeating: 0, count: capacity)
    }

    deinit { unsafe buffer.deallocate() }

    var text: String { unsafe String(cString: buffer) }
}
