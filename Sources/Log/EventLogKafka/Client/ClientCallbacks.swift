// SAFETY: librdkafka holds this object from `register` to `unregister`, which comes after the client's end, so the pointer
// that it hands to its callbacks is alive.
import CRDKafka
import Synchronization

/// What librdkafka calls: with log lines from its threads, with deliveries from the thread that polls.
final class ClientCallbacks: Sendable {
    /// What became of the records of the commit or append under way.
    let deliveries = Mutex(Deliveries())
    private let report: @Sendable (KafkaNotice) -> Void

    init(report: @escaping @Sendable (KafkaNotice) -> Void) {
        self.report = report
    }

    /// Has a client with these settings call this object.
    func register(in settings: OpaquePointer) {
        unsafe rd_kafka_conf_set_opaque(settings, Unmanaged.passRetained(self).toOpaque())
        unsafe rd_kafka_conf_set_log_cb(settings) { client, level, facility, text in
            guard let client = unsafe client, let text = unsafe text else { return }
            let notice = KafkaNotice(
                level: Int(level), facility: unsafe facility.map { unsafe String(cString: $0) } ?? "",
                message: unsafe String(cString: text))
            unsafe ClientCallbacks.of(rd_kafka_opaque(client))?.report(notice)
        }
        unsafe rd_kafka_conf_set_error_cb(settings) { _, code, reason, opaque in
            let text = unsafe reason.map { unsafe String(cString: $0) } ?? ""
            let error = LibraryError(rd_kafka_resp_err_t(rawValue: code), text: text)
            unsafe ClientCallbacks.of(opaque)?.tell(error)
        }
        unsafe rd_kafka_conf_set_dr_msg_cb(settings) { _, message, opaque in
            guard let message = unsafe message else { return }
            unsafe ClientCallbacks.of(opaque)?.deliveries.withLock { unsafe $0.take(message) }
        }
        unsafe rd_kafka_conf_set_events(settings, RD_KAFKA_EVENT_REBALANCE)
    }

    /// Passes on an error that came as an event.
    func tell(_ error: LibraryError) {
        report(KafkaNotice(level: error.isFatal ? 3 : 4, facility: error.name, message: error.text))
    }

    /// Lets go of what `register` held.
    func unregister() {
        unsafe Unmanaged.passUnretained(self).release()
    }

    private static func of(_ opaque: UnsafeMutableRawPointer?) -> ClientCallbacks? {
        unsafe opaque.map { unsafe Unmanaged<ClientCallbacks>.fromOpaque($0).takeUnretainedValue() }
    }
}
