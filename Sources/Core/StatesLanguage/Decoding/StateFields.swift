/// Which fields the states of a type have. Source: States Language § State Types; reference: AWS's `Label`,
/// `Credentials`.
struct StateFields: Sendable {
    let required: [String]
    let both: [String]
    let jsonPathOnly: [String]
    let jsonataOnly: [String]

    /// What is refused under AWS's words for a field of the other query language.
    func only(in language: QueryLanguage) -> [String] {
        switch language {
        case .jsonPath: jsonPathOnly
        case .jsonata: jsonataOnly
        }
    }

    func all() -> [String] { Self.common + both + jsonPathOnly + jsonataOnly }

    private static let common = ["Type", "Comment", "QueryLanguage"]

    static func of(_ type: StateType) -> StateFields {
        switch type {
        case .task: task
        case .wait: wait
        case .pass: pass
        case .succeed: succeed
        case .fail: fail
        case .choice: choice
        case .parallel: parallel
        case .map: map
        }
    }

    private static let task = StateFields(
        required: ["Resource"],
        both: [
            "Resource", "Assign", "TimeoutSeconds", "HeartbeatSeconds", "Credentials", "Retry", "Catch", "Next", "End",
        ],
        jsonPathOnly: [
            "InputPath", "Parameters", "ResultSelector", "ResultPath", "OutputPath", "TimeoutSecondsPath",
            "HeartbeatSecondsPath",
        ],
        jsonataOnly: ["Arguments", "Output"])

    private static let pass = StateFields(
        required: [],
        both: ["Assign", "Next", "End"],
        jsonPathOnly: ["InputPath", "Parameters", "Result", "ResultPath", "OutputPath"],
        jsonataOnly: ["Output"])

    private static let choice = StateFields(
        required: ["Choices"],
        both: ["Choices", "Default", "Assign"],
        jsonPathOnly: ["InputPath", "OutputPath"],
        jsonataOnly: ["Output"])

    private static let wait = StateFields(
        required: [],
        both: ["Seconds", "Timestamp", "Assign", "Next", "End"],
        jsonPathOnly: ["SecondsPath", "TimestampPath", "InputPath", "OutputPath"],
        jsonataOnly: ["Output"])

    private static let succeed = StateFields(
        required: [], both: [], jsonPathOnly: ["InputPath", "OutputPath"], jsonataOnly: ["Output"])

    private static let fail = StateFields(
        required: [], both: ["Error", "Cause"], jsonPathOnly: ["ErrorPath", "CausePath"], jsonataOnly: [])

    private static let parallel = StateFields(
        required: ["Branches"],
        both: ["Branches", "Assign", "Retry", "Catch", "Next", "End"],
        jsonPathOnly: ["InputPath", "Parameters", "ResultSelector", "ResultPath", "OutputPath"],
        jsonataOnly: ["Arguments", "Output"])

    private static let map = StateFields(
        required: [],
        both: [
            "ItemProcessor", "Iterator", "ItemReader", "ItemSelector", "ItemBatcher", "ResultWriter", "MaxConcurrency",
            "ToleratedFailurePercentage", "ToleratedFailureCount", "Label", "Assign", "Retry", "Catch", "Next", "End",
        ],
        jsonPathOnly: [
            "InputPath", "ItemsPath", "Parameters", "ResultSelector", "ResultPath", "OutputPath", "MaxConcurrencyPath",
            "ToleratedFailurePercentagePath", "ToleratedFailureCountPath",
        ],
        // Arguments has no effect; AWS takes it (machines that were deployed there have it).
        jsonataOnly: ["Items", "Output", "Arguments"])
}
