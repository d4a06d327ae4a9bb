/// Where the tasks of this machine find what they need.
public struct LocalTaskConfiguration: Sendable {
    /// Each task gets a directory below it, which outlives Steplog. Absolute.
    public var tasksDirectory: String
    /// Files of task definitions: `FAMILY.json`, `FAMILY:REVISION.json`.
    public var taskDefinitionsDirectory: String
    /// Where containers without an absolute workingDirectory start, and relative commands are found. nil: where Steplog runs.
    public var workingDirectory: String?
    /// A file a secret or parameter, named as it is.
    public var secretsDirectory: String?
    /// Where `environmentFiles` are looked for; nil: `taskDefinitionsDirectory`.
    public var environmentFilesDirectory: String?
    /// Words put before the command of containers of an image, e.g. `["docker", "run", "--rm", "busybox"]`. An image that is not
    /// named here means nothing on this machine: its container's entryPoint and command run as they are.
    public var imageCommands: [String: [String]]
    /// Put into every container, below what its definition says: an endpoint for callbacks, for one.
    public var environment: [String: String]
    /// Variables of Steplog's own environment that containers inherit.
    public var inheritedVariables: [String]
    /// The functions of this machine, by name or ARN.
    public var functions: [String: LambdaTarget]
    /// The file that holds this configuration; errors name it.
    public var configurationFile: String
    public var region: String
    public var accountID: String
    /// A non-essential container's exit code does not fail a task; on AWS it does.
    public var judgesEssentialContainersOnly: Bool
    /// Which clusters' tasks run in containers, and how; without one, all are processes.
    public var ecs: ECSConfiguration
    /// The command that runs `Supervisor.run(directory:)` on its last argument, the task's directory.
    public var supervisorCommand: [String]

    /// Without these, hardly a program finds its files.
    public static let inheritedVariablesDefault = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR"]

    public init(
        tasksDirectory: String, taskDefinitionsDirectory: String, workingDirectory: String? = nil,
        secretsDirectory: String? = nil, environmentFilesDirectory: String? = nil,
        imageCommands: [String: [String]] = [:],
        environment: [String: String] = [:], inheritedVariables: [String] = inheritedVariablesDefault,
        functions: [String: LambdaTarget] = [:], configurationFile: String = "config/steplog.yaml",
        region: String = "us-east-1", accountID: String = "123456789012", judgesEssentialContainersOnly: Bool = false,
        ecs: ECSConfiguration = ECSConfiguration(),
        supervisorCommand: [String] = ["/proc/self/exe", "supervise"]
    ) {
        self.tasksDirectory = tasksDirectory
        self.taskDefinitionsDirectory = taskDefinitionsDirectory
        self.workingDirectory = workingDirectory
        self.secretsDirectory = secretsDirectory
        self.environmentFilesDirectory = environmentFilesDirectory
        self.imageCommands = imageCommands
        self.environment = environment
        self.inheritedVariables = inheritedVariables
        self.functions = functions
        self.configurationFile = configurationFile
        self.region = region
        self.accountID = accountID
        self.judgesEssentialContainersOnly = judgesEssentialContainersOnly
        self.ecs = ecs
        self.supervisorCommand = supervisorCommand
    }
}
