import CProcess
import Glibc

/// A program to start: arguments, environment, directory and open files.
///
/// SAFETY: actions, attributes and signal sets are initialised, passed on while they live, and destroyed once, in one function;
/// each argument's copy lives until posix_spawn returns and is freed once; the lists of them end in nil.
struct ProcessLaunch {
    /// The program and its arguments. A name without `/` is looked for in the `PATH` of `environment`.
    var arguments: [String]
    /// `NAME=value`, all of it: nothing is inherited.
    var environment: [String]
    var workingDirectory: String?
    var standardInput: OwnedDescriptor
    var standardOutput: OwnedDescriptor
    var standardError: OwnedDescriptor
    /// Handed on as descriptor 3.
    var extra: OwnedDescriptor?
    /// Start in a session of its own; else in a process group of its own.
    var startsSession = false

    /// Starts the program, as leader of its process group. All signals have their default effect in it.
    /// - Throws: `ENOENT` and its kin where the program or the directory is missing.
    func start() throws(SystemCallError) -> pid_t {
        let program = arguments.first ?? ""
        let executable = try Self.executable(program, environment: environment, workingDirectory: workingDirectory)
        if let workingDirectory, !File.isDirectory(workingDirectory) {
            throw SystemCallError("chdir", workingDirectory, code: ENOENT)
        }

        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        unsafe posix_spawn_file_actions_adddup2(&actions, standardInput.number, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, standardOutput.number, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, standardError.number, 2)
        if let extra { unsafe posix_spawn_file_actions_adddup2(&actions, extra.number, 3) }
        unsafe posix_spawn_file_actions_addclosefrom_np(&actions, extra == nil ? 3 : 4)
        if let workingDirectory { unsafe posix_spawn_file_actions_addchdir_np(&actions, workingDirectory) }

        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let group = startsSession ? Int32(steplog_spawn_setsid) : Int32(POSIX_SPAWN_SETPGROUP)
        let flags = group | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

        var process: pid_t = 0
        let status = unsafe Self.withCStrings(arguments) { argv in
            unsafe Self.withCStrings(environment) { envp in
                unsafe posix_spawn(&process, executable, &actions, &attributes, argv, envp)
            }
        }
        guard status == 0 else { throw SystemCallError("exec", program, code: status) }
        return process
    }

    /// The file to execute for `program`, as a shell would find it; `ENOENT` when there is none.
    static func executable(
        _ program: String, environment: [String], workingDirectory: String?
    ) throws(SystemCallError) -> String {
        guard !program.isEmpty else { throw SystemCallError("exec", "empty command", code: ENOENT) }
        if program.contains("/") {
            let path = program.hasPrefix("/") ? program : (workingDirectory.map { "\($0)/\(program)" } ?? program)
            guard File.exists(path) else { throw SystemCallError("exec", program, code: ENOENT) }
            guard File.isExecutable(path) else { throw SystemCallError("exec", program, code: EACCES) }
            return program
        }
        let path = environment.first { $0.hasPrefix("PATH=") }.map { String($0.dropFirst(5)) }
        for directory in (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":") {
            let candidate = "\(directory)/\(program)"
            if File.isExecutable(candidate) { return candidate }
        }
        throw SystemCallError("exec", program, code: ENOENT)
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = unsafe strings.map { unsafe strdup($0) } + [nil]
        defer { unsafe copies.forEach { unsafe free($0) } }
        return unsafe copies.withUnsafeBufferPointer { pointer in
            guard let start = pointer.baseAddress else { preconditionFailure("The list holds at least its end.") }
            return unsafe body(start)
        }
    }
}
