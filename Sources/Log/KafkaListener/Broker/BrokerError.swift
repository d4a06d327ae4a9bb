import EventLog

/// What is answered in the place of a result.
struct BrokerError: Error {
    var code: ErrorCode
    /// One sentence; nil where the code says it all.
    var message: String?

    init(_ code: ErrorCode, _ message: String? = nil) {
        self.code = code
        self.message = message
    }

    /// The answer to any error that an operation ends with.
    init(_ error: any Error) {
        switch error {
        case let error as BrokerError: self = error
        case let error as EventLogError: self.init(ErrorCode(error.code), error.message)
        default: self.init(.unknownServerError, "\(error)")
        }
    }
}

extension ErrorCode {
    /// What the log's errors are called on the wire.
    init(_ code: EventLogError.Code) {
        self =
            switch code {
            case .unknownTopic: .unknownTopicOrPartition
            case .invalidArgument: .invalidRequest
            case .offsetOutOfRange: .offsetOutOfRange
            case .corrupt: .corruptMessage
            case .tooLarge: .messageTooLarge
            case .unsupported: .unsupportedForMessageFormat
            case .topicMismatch, .notOwner, .producerFenced, .transactionAborted, .timedOut, .disconnected, .closed,
                .locked,
                .notALog, .newerFormat, .unreadable, .readOnly, .storageFull, .inputOutput:
                .kafkaStorageError
            }
    }
}
