import Glibc

/// What the kernel's log says about processes that were ended for want of memory: an engine may not know (Podman on the older control
/// groups says OOMKilled=false).
enum KernelLog {
    private static let path = "/dev/kmsg"

    /// Whether the kernel ended a process of a container because the container's memory limit was reached.
    /// - Parameter id: the container's id, which is part of its control group's name.
    /// - Returns: nil where this user may not read the log.
    static func hasEndedForMemory(_ id: String) -> Bool? {
        guard let log = try? File.open(path, O_RDONLY | O_NONBLOCK) else { return nil }
        // Each read is one record; EPIPE says that some were overwritten, and reading goes on behind them.
        for _ in 0..<1_000_000 {
            do throws(SystemCallError) {
                guard let record = try log.read(countMax: 8192), !record.isEmpty else { return false }
                if names(record, id) { return true }
            } catch {
                guard error.code == EPIPE else { return nil }
            }
        }
        return false
    }

    /// Whether a record tells of such an end: `oom-kill:constraint=CONSTRAINT_MEMCG,…,oom_memcg=/…ID…,task_memcg=…`.
    static func names(_ record: [UInt8], _ id: String) -> Bool {
        let text = String(decoding: record, as: UTF8.self)
        return text.contains("oom-kill:") && text.contains("CONSTRAINT_MEMCG") && text.contains(id)
    }
}
