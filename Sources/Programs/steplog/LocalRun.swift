import BatchStore
import Digests
import Engine
import EventLog
import EventLogEmbedded
import Foundation
import LocalService
import PartitionProcessor
import StatesLanguage
import TaskWorkers
import Terminal

/// One `steplog run`: reads what it is given, wires the service, starts or resumes the execution and follows it to its end.
struct LocalRun {
    private let options: RunCommand
    private let configuration: SteplogConfiguration
    private let definition: DefinitionFile
    private let machine: StateMachine
    private let input: String
    private let mocks: MockConfiguration?
    private let testCase: String?

    /// - Throws: `BadInput` for what can't be used; nothing has been started or written then.
    init(_ options: RunCommand) throws {
        self.options = options
        if options.resume, options.log == nil {
            throw BadInput("--resume needs --log FILE: the log that the execution stands on.")
        }
        configuration = try SteplogConfiguration(file: options.config, environment: ProcessInfo.processInfo.environment)
        let (path, caseOfFile) = Self.split(options.file)
        definition = try DefinitionFile(path)
        let compilation = definition.compile(CompileOptions(includeWarnings: false))
        guard let machine = compilation.machine else {
            let lines = DiagnosticsReport(file: path, diagnostics: compilation.errors).lines
            throw BadInput("The definition can't be used:\n" + lines.map { "  \($0)" }.joined(separator: "\n"))
        }
        self.machine = machine
        input = try InputArgument.text(options.input, option: "--input")
        let selection = try MockSelection(
            options.mockConfig, caseOfFile: caseOfFile, machineName: definition.machineName)
        mocks = selection.configuration
        testCase = selection.testCase
        if let name = options.name { try Self.checkName(name) }
        if let folder = options.taskDefinitions, !FileManager.default.fileExists(atPath: folder) {
            throw BadInput("--task-definitions: there is no folder \(folder).")
        }
    }

    /// - Returns: the exit code.
    func perform() throws -> Int32 {
        let events = RunEvents()
        if let log = options.log { try RunPlaces.checkFolder(of: log) }
        let storage: any BatchStorage =
            try options.log.map { try SQLiteBatchStorage(path: $0, durability: .process) } ?? MemoryBatchStorage()
        defer { storage.close() }
        let places = try RunPlaces(log: options.log, tasks: configuration.tasksDirectory)
        let runner = try LocalTaskRunner(taskConfiguration(places))
        let tasks = ServiceTasks(
            configuration, region: configuration.region, account: configuration.accountID, ownAPI: nil,
            isOwnAPIOpen: false, else: runner, say: { ProgressView.write("steplog: \($0)\n", to: 2) })
        let service = try LocalEngine(
            log: EmbeddedLog(storage), configuration: processorConfiguration(places), runner: mocked(tasks.runner),
            failed: { events.fail($0) })
        let session = RunSession(
            service: service, runner: runner, events: events, places: places, history: options.history,
            isQuiet: options.quiet)
        defer { tasks.end() }
        do {
            try tasks.start()
            return try session.run(try execution(on: service))
        } catch {
            places.clean(keepsTasks: false)
            throw error
        }
    }

    // MARK: - What is run

    /// The execution to follow: a new one, or with `--resume` the log's last one.
    private func execution(on service: LocalEngine) throws -> RunSession.Target {
        let known = options.log == nil ? [] : try service.executions()
        let open = known.last { !$0.isClosed }
        if !options.resume, let open {
            throw BadInput(
                "The log \(options.log ?? "") holds the unfinished execution \(open.start.name). "
                    + "Go on with it with --resume, or take another --log for a new one.")
        }
        if options.resume,
            let logged = open ?? known.last(where: { options.name == nil || $0.start.name == options.name })
        {
            return try resumed(logged, service)
        }
        let start = newStart()
        if known.contains(where: { $0.start.executionArn == start.executionArn }) {
            throw BadInput(
                "ExecutionAlreadyExists: the log has an execution named \(start.name); choose another --name.")
        }
        return RunSession.Target(start: start, machine: machine, isClosed: false, definition: definition.text)
    }

    private func resumed(_ logged: LoggedExecution, _ service: LocalEngine) throws -> RunSession.Target {
        let hash = logged.start.definitionHash
        let recorded = try logged.definition ?? service.definitions.text(hash: hash)
        guard let recorded, let machine = Definition.compile(recorded).machine else {
            throw BadInput("The log \(options.log ?? "") lacks the definition of the execution \(logged.start.name).")
        }
        if hash != Digest.hexadecimal(Digest.sha256(Array(definition.text.utf8))), !options.quiet {
            ProgressView.write(
                "steplog: \(definition.path) has changed; the execution goes on with the definition it began with.\n",
                to: 2)
        }
        return RunSession.Target(start: logged.start, machine: machine, isClosed: logged.isClosed, definition: nil)
    }

    private func newStart() -> StartExecution {
        let name = options.name ?? UUID().uuidString.lowercased()
        let (region, account, machineName) = (configuration.region, configuration.accountID, definition.machineName)
        return StartExecution(
            executionArn: "arn:aws:states:\(region):\(account):execution:\(machineName):\(name)", name: name,
            stateMachineArn: "arn:aws:states:\(region):\(account):stateMachine:\(machineName)",
            roleArn: "arn:aws:iam::\(account):role/steplog",
            definitionHash: Digest.hexadecimal(Digest.sha256(Array(definition.text.utf8))), input: input)
    }

    /// `FILE#CASE`, unless there is a file of that very name.
    private static func split(_ file: String) -> (path: String, testCase: String?) {
        guard let mark = file.lastIndex(of: "#"), !FileManager.default.fileExists(atPath: file) else {
            return (file, nil)
        }
        return (String(file[..<mark]), String(file[file.index(after: mark)...]))
    }

    /// Source: StartExecution, `name`: 1 to 80 characters, without white space, brackets, wildcards and the like.
    private static func checkName(_ name: String) throws {
        let banned = ##" <>{}[]?*"#%\^|~`$&,;:/"## + "\u{7F}"
        let isValid =
            (1...80).contains(name.count)
            && !name.unicodeScalars.contains { $0.value < 0x20 || banned.unicodeScalars.contains($0) }
        guard isValid else {
            throw BadInput(
                "--name \"\(name)\": a name has 1 to 80 characters, none of them a space or one of <>{}[]?*\"#%\\^|~`$&,;:/"
            )
        }
    }

    // MARK: - What runs it

    private func mocked(_ runner: any TaskRunner) -> any TaskRunner {
        guard let mocks, let testCase else { return runner }
        return MockedTaskRunner(MockedTasks(mocks) { _ in testCase }, else: runner)
    }

    private func taskConfiguration(_ places: RunPlaces) -> LocalTaskConfiguration {
        let binary =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        let own = ["STEPLOG_CONTROL_SOCKET": places.controlSocket, "STEPLOG_BINARY": binary]
        var tasks = LocalTaskConfiguration(
            configuration, tasks: places.tasks, taskDefinitions: options.taskDefinitions, folder: definition.folder,
            region: configuration.region, account: configuration.accountID)
        tasks.environment = own.merging(tasks.environment) { $1 }
        tasks.inheritedVariables += ["STEPLOG_EXAMPLE_DIR", "STEPLOG_EXAMPLE_PACE", "STEPLOG_TASK_COUNTER_FILE"]
        return tasks
    }

    private func processorConfiguration(_ places: RunPlaces) -> ProcessorConfiguration {
        var processing = ProcessorConfiguration(
            layout: TopicLayout(partitions: 1),
            settings: Decider.Settings(
                region: configuration.region, limits: options.compatibility == .aws ? .aws : .standard,
                tokenKey: places.tokenKey,
                skipsWaits: options.skipWaits),
            now: { SystemTime.epochMilliseconds }, randomBits: { UInt64.random(in: 0 ... .max) },
            report: { ProgressView.write("steplog: \($0)\n", to: 2) },
            checkpointTailBytes: configuration.checkpointTailBytes,
            checkpointTailMilliseconds: configuration.checkpointTailMilliseconds)
        processing.hasPolledActivities = false
        return processing
    }
}

/// The machine's clock.
enum SystemTime {
    /// Milliseconds since 1970 (UTC).
    static var epochMilliseconds: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }
}
