import Dispatch
import Foundation
import GRDB
import Synchronization

/// Moves committed pages from SQLite's write-ahead file into the database file beside the commits, on a thread and a
/// connection of its own: a commit does not wait for the device then.
///
/// It never blocks writers (SQLite's passive mode), so under steady load the write-ahead file is only ever caught up with, not
/// begun anew. Once it has `bytesMax`, the commit that filled it waits for the rest to be moved, and the file begins anew.
final class CheckpointThread: Sendable {
    /// How many committed bytes are worth a pass. 8 MiB.
    static let bytesPerPass = 8 << 20
    /// The size of the write-ahead file that a commit does not let grow further. 128 MiB.
    static let bytesMax = 128 << 20
    /// The same in pages, for SQLite's own checkpoints.
    static func autocheckpointPages(pageBytes: Int) -> Int { bytesMax / pageBytes }

    private struct State: Sendable {
        var bytesSincePass = 0
        /// Since the write-ahead file began anew.
        var bytesInFile = 0
        var isStopped = false
    }

    private let connection: DatabaseQueue
    private let state = Mutex(State())
    private let hasWork = DispatchSemaphore(value: 0)
    private let hasEnded = DispatchSemaphore(value: 0)

    init(path: String) throws {
        var configuration = Configuration()
        configuration.label = "steplog.log.checkpoint"
        connection = try DatabaseQueue(path: path, configuration: configuration)
        let thread = Thread { [self] in
            while true {
                hasWork.wait()
                if state.withLock({ $0.isStopped }) { break }
                // A pass that fails loses nothing: the pages stay in the write-ahead file, and a commit meets the error.
                _ = try? connection.writeWithoutTransaction { try $0.checkpoint(.passive) }
            }
            try? connection.close()
            hasEnded.signal()
        }
        thread.name = "steplog.log.checkpoint"
        thread.start()
    }

    /// Tells how much a commit wrote. The committing thread calls it, which is the only one that writes.
    func committed(byteCount: Int) {
        let (isDue, isFull) = state.withLock { state in
            state.bytesSincePass += byteCount
            state.bytesInFile += byteCount
            let isFull = state.bytesInFile >= CheckpointThread.bytesMax
            let isDue = state.bytesSincePass >= CheckpointThread.bytesPerPass
            if isDue { state.bytesSincePass = 0 }
            return (isDue, isFull)
        }
        if isFull { beginAnew() } else if isDue { hasWork.signal() }
    }

    /// Moves all that is left and lets the next commit write the file from its start.
    private func beginAnew() {
        // A reader may still be in the file: then after the next few commits again.
        let hasBegun = (try? connection.writeWithoutTransaction { try $0.checkpoint(.restart) }) != nil
        state.withLock { $0.bytesInFile = hasBegun ? 0 : CheckpointThread.bytesMax - CheckpointThread.bytesPerPass }
    }

    /// Ends the thread and waits for it.
    func stop() {
        state.withLock { $0.isStopped = true }
        hasWork.signal()
        hasEnded.wait()
    }
}
