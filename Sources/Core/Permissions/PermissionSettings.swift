public import JSON

/// Where a definition will run, and what is known of the task definitions that it uses.
public struct PermissionSettings: Sendable {
    /// nil when it is not known: `*` stands in its place.
    public var region: String?
    /// nil when it is not known: `*` stands in its place.
    public var account: String?
    /// Of the state machine that the definition is for; HTTP endpoints and DISTRIBUTED Maps ask for its ARN.
    public var machineName: String?
    /// Task definitions by family, as `aws ecs register-task-definition` takes or `describe-task-definition` gives them.
    public var taskDefinitions: [String: JSONValue]

    public init(
        region: String? = nil, account: String? = nil, machineName: String? = nil,
        taskDefinitions: [String: JSONValue] = [:]
    ) {
        self.region = region
        self.account = account
        self.machineName = machineName
        self.taskDefinitions = taskDefinitions
    }

    /// Fills in region and account from the ARNs in `values` where all of them agree.
    public func completed(from values: [JSONValue]) -> PermissionSettings {
        var regions: Set<String> = []
        var accounts: Set<String> = []
        func look(in value: JSONValue) {
            switch value {
            case .string(let text):
                guard let arn = ARNText(text.text) else { return }
                if !arn.region.isEmpty { regions.insert(arn.region) }
                if !arn.account.isEmpty { accounts.insert(arn.account) }
            case .array(let elements): for element in elements { look(in: element) }
            case .object(let object): for member in object.members { look(in: member.value) }
            case .null, .bool, .number: break
            }
        }
        for value in values { look(in: value) }
        var settings = self
        if settings.region == nil, regions.count == 1 { settings.region = regions.first }
        if settings.account == nil, accounts.count == 1 { settings.account = accounts.first }
        return settings
    }
}

/// An ARN taken apart: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`.
struct ARNText {
    let partition: String
    let service: String
    let region: String
    let account: String
    let resource: String

    /// - Returns: nil for what is no ARN, or holds a placeholder or wildcards.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "arn", !parts[5].isEmpty, !text.contains("${"), !text.contains("*") else {
            return nil
        }
        partition = parts[1]
        service = parts[2]
        region = parts[3]
        account = parts[4]
        resource = parts[5]
    }
}
