import Glibc

/// What one process uses, as the kernel counts it.
struct ProcessUsage: Equatable {
    var cpuNanoseconds: Int64
    var residentBytes: Int64
    var threads: Int64

    /// nil when there is no such process.
    init?(_ process: pid_t) {
        guard let bytes = try? File.read("/proc/\(process)/stat"), let end = bytes.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        // The fields after the name: utime is the 12th, stime the 13th, threads the 18th, resident pages the 22nd.
        let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " ")).map {
            Int64(String(decoding: $0, as: UTF8.self))
        }
        guard fields.count > 21, let user = fields[11], let system = fields[12], let threads = fields[17],
            let pages = fields[21]
        else { return nil }
        let ticksPerSecond = Int64(sysconf(Int32(_SC_CLK_TCK)))
        cpuNanoseconds = (user + system) * (1_000_000_000 / max(1, ticksPerSecond))
        residentBytes = pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
        self.threads = threads
    }
}
