import Glibc

/// Containers as processes of this machine, each with a process group of its own.
final class ProcessDriver: ContainerDriver {
    private let plan: TaskPlan
    private let directory: TaskDirectory
    private let children: ChildProcesses
    private let noInput: OwnedDescriptor
    private var processes: [pid_t?]
    private var probes: [pid_t?]
    private var pending: [ContainerNews] = []

    init(_ plan: TaskPlan, _ directory: TaskDirectory) throws(SystemCallError) {
        self.plan = plan
        self.directory = directory
        children = try ChildProcesses()
        noInput = try File.open("/dev/null", O_RDONLY)
        processes = plan.containers.map { _ in nil }
        probes = plan.containers.map { _ in nil }
    }

    var news: OwnedDescriptor { children.news }

    func takeNews() -> [ContainerNews] {
        var taken = pending
        pending = []
        for (process, exitCode) in children.ended() {
            if let index = processes.firstIndex(of: process) {
                taken.append(.exited(index, code: exitCode, reason: nil))
            } else if let index = probes.firstIndex(of: process) {
                probes[index] = nil
                taken.append(.probeEnded(index, isSuccess: exitCode == 0))
            }
        }
        return taken
    }

    /// Processes do not outlive their supervisor.
    func recover() {}

    func start(_ index: Int, environment: [NameValue]) {
        let container = plan.containers[index]
        do throws(SystemCallError) {
            let log = try File.open(directory.file(container.logFile), O_WRONLY | O_CREAT | O_APPEND)
            let output = try container.outputFile.map { name throws(SystemCallError) in
                try File.open(directory.file(name), O_WRONLY | O_CREAT | O_TRUNC)
            }
            let input = try container.inputFile.map { name throws(SystemCallError) in
                try File.open(directory.file(name), O_RDONLY)
            }
            let process = try children.start(
                ProcessLaunch(
                    arguments: container.arguments, environment: Self.entries(environment),
                    workingDirectory: container.workingDirectory,
                    standardInput: input ?? noInput, standardOutput: output ?? log, standardError: log))
            processes[index] = process
            note(process)
            pending.append(.started(index))
        } catch {
            pending.append(.failedToStart(index, reason: "CannotStartContainerError: \(Self.explain(error))"))
        }
    }

    func terminate(_ index: Int) { signalGroup(index, SIGTERM) }

    func kill(_ index: Int) { signalGroup(index, SIGKILL) }

    func startProbe(_ index: Int, arguments: [String], environment: [NameValue]) {
        probes[index] = try? children.start(
            ProcessLaunch(
                arguments: arguments, environment: Self.entries(environment),
                workingDirectory: plan.containers[index].workingDirectory, standardInput: noInput,
                standardOutput: File.open("/dev/null", O_WRONLY), standardError: File.open("/dev/null", O_WRONLY)))
        if probes[index] == nil { pending.append(.probeEnded(index, isSuccess: false)) }
    }

    func killProbe(_ index: Int) {
        if let probe = probes[index] { Glibc.kill(-probe, SIGKILL) }
    }

    func process(_ index: Int) -> Int32? { processes[index] }

    func endLeftovers() { children.killLeftovers(marker: plan.marker) }

    /// Logs and results are kept.
    func discard() {}

    private func signalGroup(_ index: Int, _ signal: Int32) {
        if let process = processes[index] { Glibc.kill(-process, signal) }
    }

    /// Records a process, so that a new worker can kill it should this supervisor be killed.
    private func note(_ process: pid_t) {
        guard let running = RunningProcess(number: process) else { return }
        do throws(SystemCallError) {
            try File.open(directory.processes, O_WRONLY | O_CREAT | O_APPEND).write(Array("\(running.line)\n".utf8))
        } catch {
            Supervisor.complain("\(error)")
        }
    }

    private static func entries(_ environment: [NameValue]) -> [String] { environment.map { "\($0.name)=\($0.value)" } }

    private static func explain(_ error: SystemCallError) -> String {
        switch (error.operation, error.code) {
        case ("exec", ENOENT) where error.subject.contains("/"): "exec: \"\(error.subject)\": no such file or directory"
        case ("exec", ENOENT): "exec: \"\(error.subject)\": executable file not found in $PATH"
        case ("exec", EACCES): "exec: \"\(error.subject)\": permission denied"
        case ("chdir", _): "chdir to the working directory \"\(error.subject)\" failed: \(error.reason)"
        default: "\(error)"
        }
    }
}
