import Foundation

/// Measures the CPU time of this thread, which the load of a shared machine disturbs less than wall time.
enum Stopwatch {
    /// The least CPU time of one call, over `batches` batches of about `batchSeconds` each.
    /// - Parameter body: returns something that depends on its work, so that none of it can be left out.
    /// - Returns: seconds a call.
    static func least(batches: Int = 25, batchSeconds: Double = 0.02, _ body: () throws -> Int) rethrows -> Double {
        var sink = 0
        var calls = 1
        var elapsed = 0.0
        while true {
            elapsed = try seconds(calls, body, &sink)
            if elapsed >= batchSeconds / 4 { break }
            calls *= 2
        }
        calls = max(1, Int(Double(calls) * min(1000, batchSeconds / elapsed)))
        var least = Double.infinity
        for _ in 0..<batches {
            least = min(least, try seconds(calls, body, &sink) / Double(calls))
        }
        if sink == .min { print(sink) }
        return least
    }

    private static func seconds(_ calls: Int, _ body: () throws -> Int, _ sink: inout Int) rethrows -> Double {
        let start = threadSeconds()
        for _ in 0..<calls { sink ^= try body() }
        return threadSeconds() - start
    }

    private static func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
