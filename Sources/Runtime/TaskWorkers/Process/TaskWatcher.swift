import Glibc
import Synchronization

/// Waits for news of many tasks on one thread.
final class TaskWatcher: Sendable {
    private struct Entry: Sendable {
        let launchID: String
        /// The supervisor, where it is a child of this process and has to be reaped.
        let process: pid_t?
        let news: OwnedDescriptor
        var isTold = false
        let tell: @Sendable () -> Void
    }

    private struct State {
        var entries: [Entry] = []
        var isRunning = false
    }

    private let state = Mutex(State())
    private let wake: OwnedDescriptor
    private let waker: OwnedDescriptor

    init() throws(SystemCallError) {
        (wake, waker) = try OwnedDescriptor.pipe()
    }

    /// - Parameters:
    ///   - process: the supervisor, where this process started it.
    ///   - news: the reading end of the task's `alive`.
    ///   - tell: called once, on the watcher's thread, when the result is there or the supervisor is gone.
    func watch(
        _ launchID: String, process: pid_t?, news: OwnedDescriptor, tell: @escaping @Sendable () -> Void
    ) throws(SystemCallError) {
        let needsThread = state.withLock { state in
            state.entries.append(Entry(launchID: launchID, process: process, news: news, tell: tell))
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if needsThread {
            try BlockingThread.start { [self] in run() }
        } else {
            try waker.write([0])
        }
    }

    /// How many supervisors are still there.
    var count: Int { state.withLock { $0.entries.count } }

    /// The launches whose supervisors are still there.
    var launches: Set<String> { state.withLock { Set($0.entries.map(\.launchID)) } }

    private func run() {
        while true {
            let entries = state.withLock { $0.entries }
            let ready = Polling.wait([wake.number] + entries.map(\.news.number), timeoutMilliseconds: nil)
            if ready[0] { while let bytes = try? wake.read(countMax: 256), !bytes.isEmpty {} }
            for (index, entry) in entries.enumerated() where ready[index + 1] { attend(entry) }
        }
    }

    private func attend(_ entry: Entry) {
        let bytes = try? entry.news.read(countMax: 16)
        // The end of the FIFO: no supervisor holds it any more.
        let isGone = bytes?.isEmpty == true
        if isGone, let process = entry.process { waitpid(process, nil, 0) }
        if !entry.isTold { entry.tell() }
        state.withLock { state in
            guard let index = state.entries.firstIndex(where: { $0.news === entry.news }) else { return }
            if isGone {
                state.entries.remove(at: index)
            } else {
                state.entries[index].isTold = true
            }
        }
    }
}
