import Glibc

/// The time of day and the time since some fixed moment.
enum Moment {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    static var epochMilliseconds: Int64 { milliseconds(CLOCK_REALTIME) }

    /// Milliseconds that never run back.
    static var monotonicMilliseconds: Int64 { milliseconds(CLOCK_MONOTONIC) }

    private static func milliseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        // SAFETY: clock_gettime fills one timespec that outlives the call.
        unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
