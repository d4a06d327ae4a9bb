import Glibc

/// A thread of its own for a call that blocks, so that Swift's cooperative threads never do.
enum BlockingThread {
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs `body` on a new thread, which ends with it.
    static func start(_ body: @escaping @Sendable () -> Void) throws(SystemCallError) {
        let work = unsafe Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        // SAFETY: the work is released once, by the thread or on failure.
        let status = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            },
            work.toOpaque())
        guard status == 0 else {
            unsafe work.release()
            throw SystemCallError("pthread_create", "new thread", code: status)
        }
        pthread_detach(thread)
    }
}
