import EventLog
import GRDB

extension EventLogError {
    /// What SQLite's `error` on the file at `path` means for the log.
    init(_ error: any Error, path: String) {
        if let error = error as? EventLogError {
            self = error
            return
        }
        guard let database = error as? DatabaseError else {
            self.init(.fatal, .inputOutput, "the log \"\(path)\" failed", cause: "\(error)")
            return
        }
        let cause = database.message ?? "SQLite error \(database.extendedResultCode.rawValue)"
        switch database.resultCode {
        case .SQLITE_FULL:
            self.init(.retriable, .storageFull, "no room is left for the log \"\(path)\"", cause: cause)
        case .SQLITE_NOTADB:
            self.init(.fatal, .notALog, "\"\(path)\" is not a Steplog log", cause: cause)
        case .SQLITE_CORRUPT:
            self.init(.fatal, .corrupt, "the log \"\(path)\" is damaged", cause: cause)
        case .SQLITE_READONLY, .SQLITE_PERM:
            self.init(.fatal, .readOnly, "the log \"\(path)\" cannot be written", cause: cause)
        case .SQLITE_CANTOPEN:
            self.init(.fatal, .unreadable, "the log \"\(path)\" cannot be opened", cause: cause)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.retriable, .locked, "another program holds a lock on the log \"\(path)\"", cause: cause)
        case .SQLITE_TOOBIG:
            self.init(.fatal, .tooLarge, "a batch is too big for the log \"\(path)\"", cause: cause)
        default:
            self.init(.fatal, .inputOutput, "the log \"\(path)\" failed", cause: cause)
        }
    }
}
