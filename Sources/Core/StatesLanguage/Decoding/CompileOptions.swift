/// How a definition is compiled and judged.
public struct CompileOptions: Sendable {
    /// The type of the state machine that the definition is for. Express machines may not wait for others' work.
    public enum MachineType: String, Sendable {
        case standard = "STANDARD"
        case express = "EXPRESS"
    }

    public var type: MachineType
    /// A draft of a definition is judged: `${Name}` placeholders and resources that are no ARN become warnings instead
    /// of
    /// errors. AWS's API, and ours, refuses them.
    public var allowPlaceholders: Bool
    /// Whether warnings are looked for as well.
    public var includeWarnings: Bool
    /// Whether practice is judged as well: timeouts, roles, limits. For `steplog validate`, never for the API.
    public var judgesPractice: Bool
    /// A longer text is refused unread. Source: AWS's limit of the request member `definition`.
    public var definitionBytesMax: Int

    public init(
        type: MachineType = .standard, allowPlaceholders: Bool = false, includeWarnings: Bool = true,
        judgesPractice: Bool = false, definitionBytesMax: Int = 1_048_576
    ) {
        self.type = type
        self.allowPlaceholders = allowPlaceholders
        self.includeWarnings = includeWarnings
        self.judgesPractice = judgesPractice
        self.definitionBytesMax = definitionBytesMax
    }
}

/// What became of a definition.
public struct Compilation: Sendable {
    /// nil exactly when there is an error among `diagnostics`.
    public let machine: StateMachine?
    /// Errors in AWS's order (schema, dangling transitions, missing end, unreachable states), then warnings.
    public let diagnostics: [Diagnostic]

    public init(machine: StateMachine?, diagnostics: [Diagnostic]) {
        self.machine = machine
        self.diagnostics = diagnostics
    }

    public var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
    public var warnings: [Diagnostic] { diagnostics.filter { $0.severity == .warning } }
}
