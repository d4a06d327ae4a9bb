import Foundation

/// Measures the CPU time of this thread, which the load of a shared machine disturbs less than wall time.
enum Stopwatch {
    /// The least CPU time of one call, over `batches` batches of about `batchSeconds`: seconds.
    /// - Parameter body: returns something that depends on its work, so that none of it can be left out.
    static func least(batches: Int = 25, batchSeconds: Double = 0.02, _ body: () throws -> Int) rethrows -> Double {
        var sink = 0
        let calls = try callsInBatch(body, batchSeconds, &sink)
        var least = Double.infinity
        for _ in 0..<batches { least = min(least, try seconds(calls, body, &sink) / Double(calls)) }
        if sink == .min { print(sink) }
        return least
    }

    /// The least CPU time of one call of each body, over `batches` batches of about `batchSeconds`.
    ///
    /// The bodies take turns batch by batch, so that a slow minute of the machine is slow for all of them.
    /// - Parameter bodies: each returns something that depends on its work, so that none of it can be left out.
    /// - Returns: seconds a call, in the order of the bodies.
    static func leastInTurns(
        batches: Int = 25, batchSeconds: Double = 0.02, _ bodies: (() throws -> Int)...
    ) throws -> [Double] {
        var sink = 0
        let calls = try bodies.map { try callsInBatch($0, batchSeconds, &sink) }
        var least = bodies.map { _ in Double.infinity }
        for _ in 0..<batches {
            for (index, body) in bodies.enumerated() {
                least[index] = min(least[index], try seconds(calls[index], body, &sink) / Double(calls[index]))
            }
        }
        if sink == .min { print(sink) }
        return least
    }

    private static func callsInBatch(
        _ body: () throws -> Int, _ batchSeconds: Double, _ sink: inout Int
    ) rethrows -> Int {
        var calls = 1
        while true {
            let elapsed = try seconds(calls, body, &sink)
            if elapsed >= batchSeconds / 4 { return max(1, Int(Double(calls) * batchSeconds / elapsed)) }
            calls *= 2
        }
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
