import JSON
import JSONPath
public import StatesLanguage

/// Reads off a compiled definition what its role must be allowed to do.
///
/// Source: Step Functions Developer Guide § IAM policies for integrated services; Service Authorization Reference for
/// which actions take resources.
public struct PermissionPlanner: Sendable {
    let settings: PermissionSettings
    /// `aws`, `aws-cn` …: as the state's Resource says.
    var partition = "aws"
    var state = ""
    var plan = PermissionPlan()

    private init(_ settings: PermissionSettings) {
        self.settings = settings
    }

    /// The plan for one definition.
    public static func plan(for machine: StateMachine, settings: PermissionSettings) -> PermissionPlan {
        var planner = PermissionPlanner(settings)
        for state in machine.states {
            planner.state = state.name
            switch state.kind {
            case .task(let task): planner.add(task)
            case .map(let map) where map.mode == .distributed: planner.add(map)
            case .map, .pass, .choice, .wait, .succeed, .fail, .parallel: break
            }
        }
        return planner.plan
    }

    private mutating func add(_ task: TaskState) {
        partition = ARNText(task.resource)?.partition ?? "aws"
        if let role = task.credentialsRoleArn {
            // The call itself is made, and must be allowed, as that role.
            assume(role)
            return
        }
        let arguments = task.processing.parameters
        switch task.target {
        case .activity: break
        case .lambdaFunction(let arn): addLambda(function: .fixed(.string(arn)), qualifier: .absent)
        case .service(let type, let action, let pattern):
            let isSync = pattern == .sync || pattern == .sync2
            if type.hasPrefix("aws-sdk:") {
                addSDK(service: String(type.dropFirst("aws-sdk:".count)), action: action, arguments)
            } else {
                addOptimized(type, action, isSync: isSync, arguments)
            }
        }
    }

    private mutating func addOptimized(_ type: String, _ action: String, isSync: Bool, _ arguments: Template?) {
        switch type {
        case "ecs": addECS(arguments, isSync: isSync)
        case "lambda":
            addLambda(
                function: CallArgument(arguments, ["FunctionName"]), qualifier: CallArgument(arguments, ["Qualifier"]))
        case "states": addExecution(arguments, isSync: isSync)
        case "sqs": addQueue("sqs:SendMessage", CallArgument(arguments, ["QueueUrl"]))
        case "sns": addTopic(arguments)
        case "dynamodb": addTable("dynamodb:\(Self.capitalized(action))", CallArgument(arguments, ["TableName"]))
        case "events": addEvents(arguments)
        case "batch": addBatch(arguments, isSync: isSync)
        case "glue": addGlue(arguments, isSync: isSync)
        case "apigateway": addGateway(arguments)
        case "http": addHTTP(arguments)
        default: addOther(type, action, isSync: isSync)
        }
    }

    private mutating func assume(_ role: TextField) {
        let argument: CallArgument
        switch role {
        case .value(let text): argument = .fixed(.string(text))
        case .path(let path, _): argument = .dynamic(source: path.text)
        case .intrinsic(let call, _): argument = .dynamic(source: call.text)
        case .query(let expression): argument = .dynamic(source: "{%\(expression.text)%}")
        }
        let actions = ["sts:AssumeRole"]
        let role = resource(argument, for: actions, service: "iam", region: "") { _, _ in nil }
        plan.allow(actions, on: [role ?? wide(actions, "iam", "role/*", region: "", argument, "Credentials.RoleArn")])
    }

    // MARK: - ARNs

    /// An ARN in the place where the definition runs. `resource` is taken as it is, wildcards included.
    func arn(_ service: String, _ resource: String, region: String? = nil, account: String? = nil) -> String {
        "arn:\(partition):\(service):\(region ?? settings.region ?? "*"):\(account ?? settings.account ?? "*"):\(resource)"
    }

    /// The ARN that an argument stands for: the argument itself when it is an ARN of the service, else what `make` makes
    /// of it.
    /// - Returns: nil when the definition does not tell.
    mutating func resource(
        _ argument: CallArgument, for actions: [String], service: String, region: String? = nil,
        _ make: (PermissionPlanner, String) -> String?
    ) -> String? {
        guard let text = argument.text, !text.isEmpty else { return nil }
        if let arn = ARNText(text) { return arn.service == service ? Self.literal(text) : nil }
        guard !text.hasPrefix("arn:"), let made = make(self, Self.literal(text)) else { return nil }
        remarkPlace(of: made, region: region, actions)
        return made
    }

    /// Says so when region or account of an ARN are open.
    mutating func remarkPlace(of arn: String, region: String? = nil, _ actions: [String]) {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6 else { return }
        let open = [parts[3] == "*" ? "region" : nil, parts[4] == "*" ? "account" : nil].compactMap { $0 }
        guard !open.isEmpty else { return }
        remark(
            actions, arn,
            "no ARN in the definition tells the \(open.joined(separator: " and ")); "
                + "give \(open.map { "--\($0)" }.joined(separator: " and "))")
    }

    /// A grant that `argument` could have narrowed, had the definition told it; says why it does not.
    mutating func wide(
        _ actions: [String], _ service: String, _ resource: String, region: String? = nil, _ argument: CallArgument,
        _ name: String
    ) -> String {
        let granted = arn(service, resource, region: region)
        remark(actions, granted, Self.reason(argument, name))
        return granted
    }

    static func reason(_ argument: CallArgument, _ name: String) -> String {
        switch argument {
        case .absent: "\(name) is not given"
        case .dynamic(let source): "\(name) comes from input at run time: \(source)"
        case .fixed(let value): "\(name) names nothing that an ARN can be made of: \(value)"
        }
    }

    mutating func remark(_ actions: [String], _ resource: String, _ reason: String) {
        plan.remark(PermissionPlan.Remark(state: state, actions: actions, resource: resource, reason: reason))
    }

    /// `text` as a policy must write it so that its characters mean themselves. Source: IAM User Guide, policy variables.
    static func literal(_ text: String) -> String {
        var written = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "*", "?", "$": written += "${\(scalar)}"
            default: written.unicodeScalars.append(scalar)
            }
        }
        return written
    }

    /// `putItem` as IAM names it: `PutItem`.
    static func capitalized(_ action: String) -> String {
        action.prefix(1).uppercased() + action.dropFirst()
    }

    /// Lets Step Functions keep the rule through which it hears of the end of what it waits for.
    mutating func allowManagedRule(_ name: String) {
        let actions = ["events:PutTargets", "events:PutRule", "events:DescribeRule"]
        let rule = arn("events", "rule/\(name)")
        remarkPlace(of: rule, actions)
        plan.allow(actions, on: [rule])
    }
}
