// SAFETY: error objects of librdkafka are read and destroyed in one function and never kept.
import CRDKafka
import EventLog

/// An error that librdkafka reported, copied out of it.
struct LibraryError: Error {
    var code: rd_kafka_resp_err_t
    var text: String
    /// The client is of no more use.
    var isFatal = false
    /// The same call may be made again.
    var isRetriable = false
    /// The transaction must be aborted.
    var requiresAbort = false

    init(_ code: rd_kafka_resp_err_t, text: String? = nil) {
        self.code = code
        self.text = unsafe text ?? String(cString: rd_kafka_err2str(code))
    }

    /// The error of a code; nil for none.
    static func of(_ code: rd_kafka_resp_err_t) -> LibraryError? {
        code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : LibraryError(code)
    }

    /// What `error` says; nil for none. Destroys `error`.
    init?(consuming error: OpaquePointer?) {
        guard let error = unsafe error else { return nil }
        self.init(unsafe rd_kafka_error_code(error), text: unsafe String(cString: rd_kafka_error_string(error)))
        isFatal = unsafe rd_kafka_error_is_fatal(error) != 0
        isRetriable = unsafe rd_kafka_error_is_retriable(error) != 0
        requiresAbort = unsafe rd_kafka_error_txn_requires_abort(error) != 0
        unsafe rd_kafka_error_destroy(error)
    }

    /// librdkafka's name of the code, such as `_TIMED_OUT`.
    var name: String { unsafe String(cString: rd_kafka_err2name(code)) }

    /// The contract's error.
    /// - Parameters:
    ///   - kind: instead of the one that fits the code.
    ///   - message: what was being done, and with what.
    func eventLogError(_ message: String, kind: EventLogError.Kind? = nil) -> EventLogError {
        EventLogError(kind ?? usualKind, eventLogCode, message, cause: "\(name): \(text)")
    }

    /// What went wrong, in the contract's words.
    var eventLogCode: EventLogError.Code {
        switch code {
        case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,
            RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
            .unknownTopic
        case RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH:
            .producerFenced
        case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID,
            RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS,
            RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST:
            .notOwner
        case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE: .tooLarge
        case RD_KAFKA_RESP_ERR_INVALID_RECORD, RD_KAFKA_RESP_ERR__INVALID_ARG, RD_KAFKA_RESP_ERR_INVALID_CONFIG,
            RD_KAFKA_RESP_ERR_INVALID_PARTITIONS, RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR,
            RD_KAFKA_RESP_ERR_POLICY_VIOLATION, RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION,
            RD_KAFKA_RESP_ERR_INVALID_GROUP_ID:
            .invalidArgument
        case RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE,
            RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
            .timedOut
        case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE: .offsetOutOfRange
        case RD_KAFKA_RESP_ERR__PURGE_QUEUE, RD_KAFKA_RESP_ERR__PURGE_INFLIGHT: .transactionAborted
        case RD_KAFKA_RESP_ERR__BAD_MSG, RD_KAFKA_RESP_ERR__BAD_COMPRESSION, RD_KAFKA_RESP_ERR_INVALID_MSG: .corrupt
        case RD_KAFKA_RESP_ERR__DESTROY: .closed
        default: isBrokerAway ? .disconnected : .inputOutput
        }
    }

    /// Whether a broker can't be reached or can't answer now, and will again.
    private var isBrokerAway: Bool {
        switch code {
        case RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, RD_KAFKA_RESP_ERR__RESOLVE,
            RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION,
            RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
            RD_KAFKA_RESP_ERR_NOT_COORDINATOR, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE,
            RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR__WAIT_COORD,
            RD_KAFKA_RESP_ERR_NOT_CONTROLLER, RD_KAFKA_RESP_ERR__NOT_CONFIGURED, RD_KAFKA_RESP_ERR__WAIT_CACHE,
            RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
            RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND, RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS:
            true
        // Newer versions say so when a connection made way for another one; the header at hand has no word for it.
        default: name == "_DESTROY_BROKER"
        }
    }

    private var usualKind: EventLogError.Kind {
        switch eventLogCode {
        case .producerFenced: .fenced
        case .notOwner: code == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID ? .fenced : .abortable
        case .timedOut, .disconnected: .retriable
        case .transactionAborted: .abortable
        default: isRetriable ? .retriable : .fatal
        }
    }
}
