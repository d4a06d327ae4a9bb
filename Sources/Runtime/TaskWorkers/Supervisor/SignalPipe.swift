import Glibc

/// SIGTERM, SIGINT and SIGHUP as something to poll for.
enum SignalPipe {
    /// From now on these signals do not end the process: the first of them makes the descriptor readable. To be called before
    /// the process has other threads.
    static func open() throws(SystemCallError) -> OwnedDescriptor {
        let (news, teller) = try OwnedDescriptor.pipe()
        var blocked = sigset_t()
        // SAFETY: each call reads or fills the one set, which outlives it.
        unsafe sigemptyset(&blocked)
        for number in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&blocked, number) }
        unsafe pthread_sigmask(SIG_BLOCK, &blocked, nil)
        try BlockingThread.start {
            var waited = sigset_t()
            // SAFETY: as above; sigwait fills one number.
            unsafe sigemptyset(&waited)
            for number in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&waited, number) }
            var number: Int32 = 0
            _ = unsafe sigwait(&waited, &number)
            try? teller.write([0])
        }
        return news
    }
}
