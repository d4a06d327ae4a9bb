import AWSClient
import Engine
import JSON

/// One task that calls a service: what was asked, and how to call.
struct ServiceTask: Sendable {
    let request: TaskRequest
    let client: ServiceClient
    let settings: ServiceTaskSettings
    /// The parameters, as Step Functions takes them.
    let parameters: JSONObject

    init(_ request: TaskRequest, _ client: ServiceClient, _ settings: ServiceTaskSettings) throws(TaskFailure) {
        self.request = request
        self.client = client
        self.settings = settings
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONParser.parse(request.input)
        } catch {
            throw TaskFailure(error: "States.Runtime", cause: "The parameters are no JSON: \(error)")
        }
        parameters = value.object ?? [:]
    }

    /// In whose name and where to call.
    /// - Parameter region: of an ARN or address in the parameters; nil: the configured one.
    func context(region: String? = nil, timeoutSeconds: Int = 60, attemptsMax: Int? = nil) -> CallContext {
        let role = request.credentialsRoleArn ?? (settings.assumesStateMachineRoles ? request.roleArn : nil)
        return CallContext(
            region: region ?? settings.region, roleArn: role, roleSessionName: String(request.taskID.prefix(20)),
            timeoutSeconds: timeoutSeconds, attemptsMax: attemptsMax)
    }

    /// How to call Step Functions about an ARN. Steplog's own API answers for the account and region of the execution that asks, and
    /// where services are not called for all others too; those are AWS's else.
    func stepFunctionsContext(arn: String?) -> CallContext {
        var context = context(region: Self.region(ofArn: arn))
        let isOwn = arn.map { Self.place($0) == Self.place(request.executionArn) } ?? true
        if isOwn || !settings.callsServices { context.endpointURL = settings.ownStepFunctions }
        return context
    }

    /// Region and account.
    private static func place(_ arn: String) -> [Substring] {
        Array(arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(3).prefix(2))
    }

    /// The region of an ARN; nil where it has none.
    static func region(ofArn arn: String?) -> String? {
        let parts = arn?.split(separator: ":", omittingEmptySubsequences: false) ?? []
        return parts.count > 5 && parts[0] == "arn" && !parts[3].isEmpty ? String(parts[3]) : nil
    }

    func text(_ key: JSONString) -> String? { parameters[key]?.string }

    func required(_ key: JSONString) throws(TaskFailure) -> String {
        guard let text = text(key), !text.isEmpty else {
            throw refused("The field '\(key.text)' is required but was missing")
        }
        return text
    }

    /// AWS's words for parameters that can't be used.
    func refused(_ reason: String) -> TaskFailure {
        TaskFailure(
            error: "States.Runtime",
            cause: "The Parameters '\(request.input)' could not be used to start the Task: [\(reason)]")
    }
}
