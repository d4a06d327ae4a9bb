/// Why the log did not do what it was asked, and what the caller may do about it.
public struct EventLogError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What the caller may do. Source: librdkafka's three kinds of transactional error, with fencing told apart.
    public enum Kind: Sendable, Equatable {
        /// Nothing happened; the same call may be made again.
        case retriable
        /// The transaction did not happen; the same records may be committed in a new one.
        case abortable
        /// Another producer has opened the same transactional id: this one must stop and drop its state.
        case fenced
        /// Making the call again does not help. After a commit: whether the transaction happened is unknown; open a new
        /// producer, which settles it, and read.
        case fatal
    }

    /// What went wrong.
    public enum Code: String, Sendable, Equatable {
        /// The topic or partition does not exist.
        case unknownTopic
        /// The topic exists with another partition count, or another clean-up policy.
        case topicMismatch
        /// A topic name, partition count or other argument that no log accepts.
        case invalidArgument
        /// The offset lies below the first kept record or above the end.
        case offsetOutOfRange
        /// The member no longer owns a partition whose consumed offset it wants to commit.
        case notOwner
        /// Another producer has opened the transactional id.
        case producerFenced
        /// The log aborted the transaction.
        case transactionAborted
        /// The transaction took longer than the log allows, or an answer did not come in time.
        case timedOut
        /// The connection to the log, or its process, went away.
        case disconnected
        /// The handle or the log was closed.
        case closed
        /// Another process has the log's file open.
        case locked
        /// The file is not a log of ours.
        case notALog
        /// The file was written by a newer version.
        case newerFormat
        /// The path cannot be opened.
        case unreadable
        /// The file, its folder or its file system does not allow writing.
        case readOnly
        /// No room is left on the device.
        case storageFull
        /// Bytes are not what was written: a checksum or length is wrong.
        case corrupt
        /// A record or transaction is bigger than the log allows.
        case tooLarge
        /// Records in a form that this reader has no decoder for.
        case unsupported
        /// Any other failure of the device or the database.
        case inputOutput
    }

    public var kind: Kind
    public var code: Code
    /// One sentence: what, where, and what was expected.
    public var message: String
    /// What the layer below said, if it said anything.
    public var cause: String?

    public init(_ kind: Kind, _ code: Code, _ message: String, cause: String? = nil) {
        self.kind = kind
        self.code = code
        self.message = message
        self.cause = cause
    }

    public var description: String {
        cause.map { "\(message) (\($0))" } ?? message
    }
}
