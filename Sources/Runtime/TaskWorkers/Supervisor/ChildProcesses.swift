import CProcess
import Glibc

/// The processes that a supervisor started, and news of their end through a descriptor that can be polled.
///
/// SAFETY: waitid and waitpid fill one value each, which outlives the call.
final class ChildProcesses {
    /// One byte arrives for each process that ended.
    let news: OwnedDescriptor
    private let teller: OwnedDescriptor
    private var running: [pid_t] = []

    init() throws(SystemCallError) {
        (news, teller) = try OwnedDescriptor.pipe()
        // Descendants that outlive their parents become children of this process, so that none is lost sight of.
        _ = steplog_adopt_orphans()
    }

    /// Starts a process, and a thread that waits for its end.
    func start(_ launch: ProcessLaunch) throws(SystemCallError) -> pid_t {
        let process = try launch.start()
        let teller = teller
        do throws(SystemCallError) {
            try BlockingThread.start {
                var information = unsafe siginfo_t()
                // The process is left to be reaped by `ended`.
                while unsafe waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
                try? teller.write([0])
            }
        } catch {
            kill(-process, SIGKILL)
            waitpid(process, nil, 0)
            throw error
        }
        running.append(process)
        return process
    }

    /// The processes that have ended since the last call, with their exit codes (128 + N for signal N). What is left of their
    /// process groups is killed, as the end of a container's first process ends the container.
    func ended() -> [(process: pid_t, exitCode: Int32)] {
        while let bytes = try? news.read(countMax: 64), !bytes.isEmpty {}
        var ended: [(process: pid_t, exitCode: Int32)] = []
        for process in running {
            var information = unsafe siginfo_t()
            guard unsafe waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT | WNOHANG) == 0 else { continue }
            guard unsafe information.si_signo == SIGCHLD else { continue }
            // The number can't be another's before waitpid.
            kill(-process, SIGKILL)
            var status: Int32 = 0
            _ = unsafe waitpid(process, &status, 0)
            let signal = status & 0x7f
            ended.append((process, signal == 0 ? (status >> 8) & 0xff : 128 + signal))
        }
        running.removeAll { process in ended.contains { $0.process == process } }
        return ended
    }

    /// Kills what is left of the descendants, also what left its process group. To be called when all started ones have ended.
    /// - Parameter marker: what they have in their environment, `NAME=value`.
    func killLeftovers(marker: String) {
        // Each round kills all there are, so that a bound suffices that no chain of forks outruns for long.
        for _ in 0..<100 {
            while waitpid(-1, nil, WNOHANG) > 0 {}
            if errno == ECHILD { return }
            for child in Self.children() { kill(child, SIGKILL) }
            RunningProcess.killAll(marker: marker)
            waitpid(-1, nil, 0)
        }
    }

    /// The children of this process, where the kernel lists them.
    private static func children() -> [pid_t] {
        let threads = (try? File.names(in: "/proc/self/task")) ?? []
        return threads.flatMap { thread -> [pid_t] in
            let bytes = (try? File.read("/proc/self/task/\(thread)/children")) ?? []
            return String(decoding: bytes, as: UTF8.self).split(separator: " ").compactMap { pid_t($0) }
        }
    }
}
