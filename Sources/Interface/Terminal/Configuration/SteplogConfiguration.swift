import Foundation
import JSON
import StatesLanguage
public import TaskWorkers

/// What `config/steplog.yaml` can say. Absent keys are nil or their default; paths are absolute. Source: docs/configuration.md.
public struct SteplogConfiguration: Sendable, Equatable {
    /// The file it was read from; errors of tasks name it.
    public var file = Self.fileDefault
    public var region = "us-east-1"
    public var accountID = "123456789012"
    public var taskDefinitionsDirectory: String?
    public var workingDirectory: String?
    public var tasksDirectory: String?
    public var secretsDirectory: String?
    public var environmentFilesDirectory: String?
    public var imageCommands: [String: [String]] = [:]
    public var environment: [String: String] = [:]
    public var inheritedVariables = LocalTaskConfiguration.inheritedVariablesDefault
    public var judgesEssentialContainersOnly = false
    public var functions: [String: LambdaTarget] = [:]
    /// How AWS, or what stands for it, is called; nil: as the environment says.
    public var services: ServiceConfiguration?
    /// ECS: which clusters it has, and how tasks are launched and watched there.
    public var ecs = ECSConfiguration()
    /// How long the API shows executions that have ended; nil: for good.
    public var readModelRetention: Duration? = .seconds(90 * 86_400)

    /// How much of `events` may stand behind an entity's checkpoint: bytes, and milliseconds since its event.
    public var checkpointTailBytes = 16 << 20
    public var checkpointTailMilliseconds: Int64 = 10_000

    /// Which open executions the engine tells of: those that are open for longer than so many seconds, all or by state machine.
    public var watchdogIntervalSeconds: Int64 = 60
    public var watchdogSeconds: Int64?
    public var watchdogSecondsByMachine: [String: Int64] = [:]

    /// Of `steplog server`.
    public var kafka = KafkaSettings()
    /// Which pools of workers do which tasks; the first route that fits counts, else the pool `default`.
    public var routes: [PoolSettings] = []

    /// The defaults.
    public init() {}

    private static let keys = [
        "region", "accountId", "tasks", "functions", "readModel", "kafka", "routes", "ecs", "aws", "engine", "watchdog",
    ]

    private static let taskKeys = [
        "definitionsDirectory", "workingDirectory", "directory", "secretsDirectory", "environmentFilesDirectory",
        "images",
        "environment", "inherit", "essentialContainersOnly",
    ]

    private static let fileDefault = "config/steplog.yaml"

    /// A longer file is refused unread.
    private static let bytesMax = 1 << 20

    /// - Parameter path: of a YAML or JSON file. Relative paths in it start at its folder.
    /// - Throws: with line and column, for a key that is unknown or has a value of another type.
    public init(readingFrom path: String) throws(BadInput) { try self.init(file: path, environment: [:]) }

    /// The file with the environment's variables laid over it (`ConfigurationKey`).
    /// - Parameter path: as of `init(readingFrom:)`; nil: there is no file.
    /// - Throws: with line and column, or the variable's name.
    public init(file path: String?, environment: [String: String]) throws(BadInput) {
        let document = try Self.document(path, environment)
        try self.init(document, path: path ?? Self.fileDefault)
    }

    /// Every value that holds, with its source.
    /// - Throws: as `init(file:environment:)`.
    public static func report(file: String?, environment: [String: String]) throws(BadInput) -> ConfigurationReport {
        let document = try document(file, environment)
        let name = file ?? "the environment"
        _ = try Self(document, path: name)
        return ConfigurationReport(document, name: name)
    }

    private static func document(_ path: String?, _ environment: [String: String]) throws(BadInput) -> YAMLDocument {
        var text = ""
        if let path { text = try TextFile.read(path, what: "configuration", bytesMax: bytesMax) }
        let isEmpty = text.split(whereSeparator: \.isNewline).allSatisfy { line in
            line.drop { $0 == " " }.first.map { $0 == "#" } ?? true
        }
        var document = try YAMLDocument(isEmpty ? "{}" : text, name: path ?? "the environment")
        for (steps, value, variable) in ConfigurationKey.overrides(in: environment) {
            document.overlay(steps, value, from: variable)
        }
        return document
    }

    private init(_ document: YAMLDocument, path: String) throws(BadInput) {
        file = path
        let fields = try ConfigurationFields(
            document.value, document, name: path, path: .root, known: Self.keys)
        let folder = URL(filePath: path).standardizedFileURL.deletingLastPathComponent()
        region = try fields.string("region") ?? region
        accountID = try fields.string("accountId") ?? accountID
        guard accountID.count == 12, accountID.allSatisfy({ ("0"..."9").contains($0) }) else {
            throw fields.problem("accountId", "must have 12 digits")
        }
        try readTasks(fields.child("tasks", known: Self.taskKeys), folder)
        try readFunctions(fields.child("functions", known: nil))
        kafka = try KafkaSettings(fields.child("kafka", known: KafkaSettings.keys))
        for route in try fields.children("routes", known: PoolSettings.keys) { routes.append(try PoolSettings(route)) }
        ecs.region = region
        ecs.accountID = accountID
        ecs.judgesEssentialContainersOnly = judgesEssentialContainersOnly
        try ecs.read(fields.child("ecs", known: ECSConfiguration.keys))
        try readReadModel(fields.child("readModel", known: ["retentionDays"]))
        try readEngine(fields.child("engine", known: ["checkpointTailBytes", "checkpointTailSeconds"]))
        try readWatchdog(fields.child("watchdog", known: ["intervalSeconds", "openSeconds", "stateMachines"]))
        services = try ServiceConfiguration(
            fields.child("aws", known: ServiceConfiguration.keys), folder: folder.path)
    }

    private mutating func readReadModel(_ fields: ConfigurationFields) throws(BadInput) {
        guard let text = try fields.string("retentionDays") else { return }
        guard let days = Int64(text), (0...36_500).contains(days) else {
            throw fields.problem("retentionDays", "must be a number of days from 0 (for good) to 36500")
        }
        readModelRetention = days == 0 ? nil : .seconds(days * 86_400)
    }

    private mutating func readEngine(_ fields: ConfigurationFields) throws(BadInput) {
        if let text = try fields.string("checkpointTailBytes") {
            guard let bytes = Int(text), (1 << 10...1 << 32).contains(bytes) else {
                throw fields.problem("checkpointTailBytes", "must be a number of bytes from 1024 to 4294967296")
            }
            checkpointTailBytes = bytes
        }
        if let text = try fields.string("checkpointTailSeconds") {
            guard let seconds = Double(text), (0.1...86_400).contains(seconds) else {
                throw fields.problem("checkpointTailSeconds", "must be a number of seconds from 0.1 to 86400")
            }
            checkpointTailMilliseconds = Int64(seconds * 1_000)
        }
    }

    private mutating func readWatchdog(_ fields: ConfigurationFields) throws(BadInput) {
        func seconds(_ fields: ConfigurationFields, _ key: String) throws(BadInput) -> Int64? {
            guard let text = try fields.string(key) else { return nil }
            guard let seconds = Int64(text), (1...3_153_600_000).contains(seconds) else {
                throw fields.problem(key, "must be a number of seconds from 1 to 3153600000")
            }
            return seconds
        }
        watchdogIntervalSeconds = try seconds(fields, "intervalSeconds") ?? watchdogIntervalSeconds
        watchdogSeconds = try seconds(fields, "openSeconds")
        let machines = try fields.child("stateMachines", known: nil)
        for member in machines.object {
            watchdogSecondsByMachine[member.key.text] = try seconds(machines, member.key.text)
        }
    }

    private mutating func readTasks(_ tasks: ConfigurationFields, _ folder: URL) throws(BadInput) {
        func path(_ key: String) throws(BadInput) -> String? {
            try tasks.string(key).map { URL(filePath: $0, relativeTo: folder).standardizedFileURL.path }
        }
        taskDefinitionsDirectory = try path("definitionsDirectory")
        workingDirectory = try path("workingDirectory")
        tasksDirectory = try path("directory")
        secretsDirectory = try path("secretsDirectory")
        environmentFilesDirectory = try path("environmentFilesDirectory")
        inheritedVariables = try tasks.strings("inherit") ?? inheritedVariables
        judgesEssentialContainersOnly = try tasks.bool("essentialContainersOnly") ?? false
        let images = try tasks.child("images", known: nil)
        for member in images.object { imageCommands[member.key.text] = try images.strings(member.key.text) }
        let variables = try tasks.child("environment", known: nil)
        for member in variables.object { environment[member.key.text] = try variables.string(member.key.text) ?? "" }
    }

    private mutating func readFunctions(_ all: ConfigurationFields) throws(BadInput) {
        for member in all.object {
            let function = try all.child(member.key.text, known: ["command", "workingDirectory", "url"])
            switch (try function.strings("command"), try function.string("url")) {
            case (let command?, nil) where !command.isEmpty:
                functions[member.key.text] = .command(
                    command, workingDirectory: try function.string("workingDirectory"))
            case (nil, let url?): functions[member.key.text] = .url(url)
            default:
                throw all.problem(
                    member.key.text, "must have either command, a list such as [python3, resize.py], or url")
            }
        }
    }
}
