import EventLog

/// Whether a process has a log's file open for writing.
public enum SQLiteLogOwner {
    public static func hasOwner(_ path: String) -> Bool {
        guard let lock = try? FileLock(for: path) else { return true }
        lock.release()
        return false
    }
}
