// SAFETY: the queue and the event that comes on it are freed in the function that asked for them.
import CRDKafka
import EventLog

/// A request whose answer comes as an event on a queue of its own.
enum KafkaRequest {
    /// Sends a request and waits for its answer.
    /// - Parameters:
    ///   - what: what is being done, for messages.
    ///   - request: sends it, with the answer for the given queue.
    ///   - read: reads the answer from the event; throws an error that stands in it.
    /// - Throws: the contract's error for what went wrong.
    static func send<Result>(
        from handle: KafkaHandle, timeoutMilliseconds: Int32, _ what: String,
        _ request: (_ queue: OpaquePointer) -> LibraryError?,
        read: (_ event: OpaquePointer) throws(LibraryError) -> Result
    ) throws(EventLogError) -> Result {
        guard let queue = unsafe rd_kafka_queue_new(handle.client) else {
            throw EventLogError(.fatal, .inputOutput, "librdkafka could not make a queue for \(what)")
        }
        defer { unsafe rd_kafka_queue_destroy(queue) }
        if let refusal = unsafe request(queue) { throw refusal.eventLogError("\(what) failed") }
        guard let event = unsafe rd_kafka_queue_poll(queue, timeoutMilliseconds) else {
            throw EventLogError(.retriable, .timedOut, "\(what) got no answer from the brokers")
        }
        defer { unsafe rd_kafka_event_destroy(event) }
        if let code = unsafe LibraryError.of(rd_kafka_event_error(event)) {
            let text = unsafe rd_kafka_event_error_string(event).map { unsafe String(cString: $0) }
            throw LibraryError(code.code, text: text).eventLogError("\(what) failed")
        }
        do throws(LibraryError) {
            return try unsafe read(event)
        } catch {
            throw error.eventLogError("\(what) failed")
        }
    }
}
