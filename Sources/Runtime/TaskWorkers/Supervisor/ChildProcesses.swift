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
}
