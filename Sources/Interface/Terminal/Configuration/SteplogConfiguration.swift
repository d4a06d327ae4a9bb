import Foundation
import JSON
import StatesLanguage
public import TaskWorkers

/// What `config/steplog.yaml` can say. Absent keys are nil or their default; paths are absolute. Source: docs/configuration.md.
public struct SteplogConfiguration: Sendable, Equatable {
    /// The file it was read from; errors of tasks name it.
    public var file = "config/steplog.yaml"
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
    /// How long the API shows executions that have ended; nil: for good.
    public var readModelRetention: Duration? = .seconds(90 * 86_400)

    /// The defaults.
    public init() {}

    private static let taskKeys = [
        "definitionsDirectory", "workingDirectory", "directory", "secretsDirectory", "environmentFilesDirectory",
        "images",
        "environment", "inherit", "essentialContainersOnly",
    ]

    /// A longer file is refused unread.
    private static let bytesMax = 1 << 20

    /// - Parameter path: of a YAML or JSON file. Relative paths in it start at its folder.
    /// - Throws: with line and column, for a key that is unknown or has a value of another type.
    public init(readingFrom path: String) throws(BadInput) {
        let text = try TextFile.read(path, what: "configuration", bytesMax: Self.bytesMax)
        let isEmpty = text.split(whereSeparator: \.isNewline).allSatisfy { line in
            line.drop { $0 == " " }.first.map { $0 == "#" } ?? true
        }
        file = path
        if isEmpty { return }
        let document = try YAMLDocument(text, name: path)
        let fields = try ConfigurationFields(
            document.value, document, name: path, path: .root,
            known: ["region", "accountId", "tasks", "functions", "readModel", "aws"])
        let folder = URL(filePath: path).standardizedFileURL.deletingLastPathComponent()
        region = try fields.string("region") ?? region
        accountID = try fields.string("accountId") ?? accountID
        guard accountID.count == 12, accountID.allSatisfy({ ("0"..."9").contains($0) }) else {
            throw fields.problem("accountId", "must have 12 digits")
        }
        try readTasks(fields.child("tasks", known: Self.taskKeys), folder)
        try readFunctions(fields.child("functions", known: nil))
        try readReadModel(fields.child("readModel", known: ["retentionDays"]))
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
