import Glibc

/// A process that can't be mistaken for a later one with the same number.
struct RunningProcess: Sendable, Equatable {
    var number: pid_t
    /// Clock ticks from the machine's start to the process's.
    var startTicks: UInt64

    init(number: pid_t, startTicks: UInt64) {
        self.number = number
        self.startTicks = startTicks
    }

    /// The process that has this number now; nil when there is none.
    init?(number: pid_t) {
        guard let bytes = try? File.read("/proc/\(number)/stat") else { return nil }
        // The name, in parentheses, may hold blanks and parentheses; the start time is field 22 of the line.
        guard let end = bytes.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " "))
        guard fields.count > 19, let ticks = UInt64(String(decoding: fields[19], as: UTF8.self)) else { return nil }
        self.init(number: number, startTicks: ticks)
    }

    /// Whether the same process still has this number.
    var isAlive: Bool { RunningProcess(number: number) == self }

    /// `number start-ticks`, as it stands in a task's `processes` file.
    var line: String { "\(number) \(startTicks)" }

    init?(line: Substring) {
        let parts = line.split(separator: " ")
        guard parts.count == 2, let number = pid_t(parts[0]), let ticks = UInt64(parts[1]) else { return nil }
        self.init(number: number, startTicks: ticks)
    }

    /// Kills the groups that these processes lead, and every process whose environment holds `marker` (`NAME=value`):
    /// also those that left their group.
    static func killAll(groupsOf leaders: [RunningProcess], marker: String) {
        for leader in leaders where leader.isAlive { kill(-leader.number, SIGKILL) }
        killAll(marker: marker)
    }

    /// Kills every process of a session: also one that was just made and has not yet become its program.
    /// - Parameter leader: the process that led the session, which ended just now; its number can't be another's yet.
    static func killSession(of leader: pid_t) {
        for name in (try? File.names(in: "/proc")) ?? [] {
            guard let number = pid_t(name), let bytes = try? File.read("/proc/\(name)/stat") else { continue }
            guard let end = bytes.lastIndex(of: UInt8(ascii: ")")) else { continue }
            // The session is the fourth field behind the name.
            let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " "), maxSplits: 4)
            guard fields.count > 3, pid_t(String(decoding: fields[3], as: UTF8.self)) == leader else { continue }
            kill(number, SIGKILL)
        }
    }

    /// Kills every process whose environment holds `marker` (`NAME=value`), as far as this user may.
    static func killAll(marker: String) {
        let wanted = Array(marker.utf8)
        // A process that forks while it is looked for is found in the next round.
        for _ in 0..<3 {
            var found = false
            for name in (try? File.names(in: "/proc")) ?? [] {
                guard let number = pid_t(name), number != getpid() else { continue }
                guard let environment = try? File.read("/proc/\(number)/environ") else { continue }
                guard environment.split(separator: 0).contains(where: { $0.elementsEqual(wanted) }) else { continue }
                kill(number, SIGKILL)
                found = true
            }
            if !found { return }
        }
    }
}
