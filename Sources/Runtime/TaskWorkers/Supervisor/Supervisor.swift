import Glibc

/// The process that runs one task and outlives the Steplog that launched it: `steplog supervise DIRECTORY`.
public enum Supervisor {
    /// Runs the task whose plan is in `directory` to its end, and leaves the result there. Blocks; meant to be all that its
    /// process does.
    ///
    /// A directory's task runs once at most: a second call for it does nothing, unless the task's containers are an engine's and
    /// their first supervisor is gone; then it goes on with them.
    /// - Parameter directory: a task's directory, as the runner made it; absolute.
    /// - Returns: the exit status for the process: 0 when the task ended (however it did), 1 when something failed that is
    ///   written to standard error, 3 when the task has, or had, a supervisor already.
    public static func run(directory: String) -> Int32 {
        do {
            let directory = TaskDirectory(path: directory)
            let plan = try TaskPlan(File.read(directory.plan))
            guard let identity = RunningProcess(number: getpid()) else {
                throw SystemCallError("read", "/proc/self/stat", code: ENOENT)
            }
            let isFirst = try File.create(directory.handle, Array("\(identity.line)\n".utf8))
            // Containers outlive their supervisor, and another one goes on with them; processes do not.
            guard isFirst || plan.container != nil else { return 3 }
            let handle = try File.open(directory.handle, O_RDWR | O_APPEND)
            guard flock(handle.number, LOCK_EX | LOCK_NB) == 0 else { return 3 }
            guard !File.exists(directory.result) else { return 0 }
            if !isFirst { try handle.write(Array("\(identity.line)\n".utf8)) }
            try SupervisedTask(plan, directory, isResumed: !isFirst).run()
            return withExtendedLifetime(handle) { 0 }
        } catch {
            complain("\(error)")
            return 1
        }
    }

    /// Writes a line to standard error, which is the task's `supervisor.log`.
    static func complain(_ message: String) {
        let line = Array("steplog supervise: \(message)\n".utf8)
        // SAFETY: write reads the bytes of an array that outlives the call.
        _ = unsafe line.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
    }
}
