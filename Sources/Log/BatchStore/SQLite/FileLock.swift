import EventLog
import Glibc

/// The claim of one process on a log file: an advisory lock on `<path>.lock`, which holds the owner's process id.
/// The system lets go of it when the process ends, however it ends.
final class FileLock: Sendable {
    private let path: String
    private let descriptor: Int32

    /// - Throws: `locked` with the owner's process id; `unreadable` or `readOnly` when the file cannot be made.
    init(for path: String) throws(EventLogError) {
        self.path = path + ".lock"
        while true {
            // SAFETY: the path is passed as a C string for the time of the call.
            let descriptor = unsafe open(self.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else { throw FileLock.openFailed(self.path, errno) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let owner = FileLock.owner(descriptor)
                Glibc.close(descriptor)
                throw EventLogError(
                    .fatal, .locked,
                    "the log \"\(path)\" is in use by \(owner.map { "process \($0)" } ?? "another process"); "
                        + "one process at a time can have it open")
            }
            // The last owner removes the file: a lock on a removed file is no lock.
            guard FileLock.isStill(descriptor, at: self.path) else {
                Glibc.close(descriptor)
                continue
            }
            self.descriptor = descriptor
            FileLock.write("\(getpid())\n", to: descriptor)
            return
        }
    }

    /// Lets others have the file.
    func release() {
        // SAFETY: the path is passed as a C string for the time of the call.
        _ = unsafe unlink(path)
        Glibc.close(descriptor)
    }

    private static func owner(_ descriptor: Int32) -> Int32? {
        var buffer = [UInt8](repeating: 0, count: 32)
        // SAFETY: pread writes at most the buffer's count.
        let count = unsafe pread(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: buffer[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        ftruncate(descriptor, 0)
        // SAFETY: pwrite reads the array's count. The text only serves messages, so a failure may pass.
        _ = unsafe pwrite(descriptor, bytes, bytes.count, 0)
    }

    private static func isStill(_ descriptor: Int32, at path: String) -> Bool {
        var (opened, named) = (stat(), stat())
        // SAFETY: both calls fill the structure they are given.
        guard unsafe fstat(descriptor, &opened) == 0, unsafe stat(path, &named) == 0 else { return false }
        return opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
    }

    private static func openFailed(_ path: String, _ code: Int32) -> EventLogError {
        // SAFETY: strerror returns a text that lives until the thread's next call; it is copied at once.
        let reason = unsafe String(cString: strerror(code))
        return switch code {
        case EROFS, EACCES, EPERM:
            EventLogError(
                .fatal, .readOnly, "\"\(path)\" cannot be written: the log's folder must allow it", cause: reason)
        case ENOSPC, EDQUOT:
            EventLogError(.retriable, .storageFull, "no room is left for \"\(path)\"", cause: reason)
        default: EventLogError(.fatal, .unreadable, "\"\(path)\" cannot be opened", cause: reason)
        }
    }
}
