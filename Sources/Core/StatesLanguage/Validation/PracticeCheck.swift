import JSON
import JSONPath

/// Ours: what AWS accepts and what goes wrong in operation, or keeps a role from being narrow.
///
/// Source of the facts: ECS API reference (RunTask: overrides of at most 8,192 characters), Step Functions Developer
/// Guide § Best practices (timeouts, throttled calls).
enum PracticeCheck {
    /// ECS refuses container overrides that are longer as JSON, in characters.
    private static let overridesMax = 8_192
    /// Fixed overrides of this length leave little for what comes at run time.
    private static let overridesNear = 6_144

    static func warnings(for machine: StateMachine, graphs: [TransitionGraph]) -> [Diagnostic] {
        graphs.flatMap { graph in
            graph.names.indices.flatMap { index -> [Diagnostic] in
                let state = machine.states[graph.firstID + index]
                guard case .task(let task) = state.kind else { return [] }
                var check = StateCheck(place: graph.path(ofStateAt: index), state: state)
                check.run(task)
                return check.found
            }
        }
    }

    /// The warnings of one Task state.
    private struct StateCheck {
        let place: DefinitionPath
        let state: State
        var found: [Diagnostic] = []

        init(place: DefinitionPath, state: State) {
            self.place = place
            self.state = state
        }

        private var argumentsField: String { state.queryLanguage == .jsonPath ? "Parameters" : "Arguments" }

        mutating func run(_ task: TaskState) {
            let arguments = task.processing.parameters
            checkWaiting(task)
            checkResourceText(task.resource, at: place.appending("Resource"))
            checkRole(task.credentialsRoleArn)
            guard case .service(let type, let action, _) = task.target else { return }
            let named = Self.resourceArguments.first { $0.type == type }?.names ?? []
            for name in named { checkARN(CallArgument(arguments, [name]), named: name) }
            if type == "ecs", action == "runTask" {
                checkRevision(CallArgument(arguments, ["TaskDefinition"]))
                checkOverrides(arguments)
                checkRetry(task.processing.retriers)
            }
        }

        /// The arguments that say on what a call is made.
        private static let resourceArguments: [(type: String, names: [String])] = [
            ("ecs", ["TaskDefinition", "Cluster"]), ("lambda", ["FunctionName"]), ("states", ["StateMachineArn"]),
            ("sqs", ["QueueUrl"]), ("sns", ["TopicArn"]), ("dynamodb", ["TableName"]),
            ("batch", ["JobDefinition", "JobQueue"]), ("glue", ["JobName"]),
        ]

        private mutating func warn(_ code: DiagnosticCode, _ message: String, at path: DefinitionPath, hint: String) {
            found.append(
                Diagnostic(
                    severity: .warning, code: code, message: message, location: path.text, hint: hint, path: path))
        }

        private mutating func checkResourceText(_ text: String, at path: DefinitionPath) {
            guard text.hasPrefix("arn:"), text.contains("*") else { return }
            warn(.wildcardARN, "The ARN \(text) has a wildcard", at: path, hint: "name the resource itself")
        }

        private mutating func checkARN(_ argument: CallArgument, named name: String) {
            let path = place.appending(argumentsField).appending(name)
            if let text = argument.text { return checkResourceText(text, at: path) }
            guard let source = argument.source else { return }
            warn(
                .dynamicResource, "\(name) is only known when the state runs (\(source)): its role must be allowed all",
                at: path, hint: "a fixed ARN, chosen by a Choice state if need be, lets steplog policy narrow it")
        }

        private mutating func checkRole(_ role: TextField?) {
            let path = place.appending("Credentials").appending("RoleArn")
            switch role {
            case .value(let text)?: checkResourceText(text, at: path)
            case .path?, .intrinsic?, .query?:
                warn(
                    .dynamicResource, "RoleArn is only known when the state runs: whoever gives input chooses the role",
                    at: path, hint: "name the roles that may be taken on")
            case nil: break
            }
        }

        private mutating func checkRevision(_ definition: CallArgument) {
            guard let text = definition.text, !text.isEmpty else { return }
            let name = text.split(separator: "/").last ?? ""
            let hasRevision = name.hasPrefix("arn:") || name.contains(":")
            guard !hasRevision else { return }
            warn(
                .unpinnedRevision, "The task definition \(text) names no revision: the latest runs, in retries too",
                at: place.appending(argumentsField).appending("TaskDefinition"), hint: "write \(text):REVISION")
        }

        private mutating func checkWaiting(_ task: TaskState) {
            guard task.timeoutSeconds == nil, task.heartbeatSeconds == nil else { return }
            let who: String
            switch task.target {
            case .activity: who = "an activity's worker"
            case .service(_, _, .waitForTaskToken): who = "a callback"
            case .service, .lambdaFunction: return
            }
            warn(
                .noTimeout,
                "The state waits for \(who) without TimeoutSeconds and HeartbeatSeconds, for ever if none comes",
                at: place, hint: "set TimeoutSeconds, or HeartbeatSeconds with a worker that sends heartbeats")
        }

        /// Only what names throttling or covers it counts; States.TaskFailed covers all but timeouts.
        private mutating func checkRetry(_ retriers: [Retrier]) {
            let covers = retriers.contains { retrier in
                retrier.maxAttempts > 0
                    && retrier.errorEquals.contains {
                        $0 == "States.ALL" || $0 == "States.TaskFailed" || $0.hasPrefix("ECS.")
                            || $0.hasPrefix("AmazonECS.")
                    }
            }
            guard !covers else { return }
            warn(
                .noThrottlingRetry, "Nothing retries RunTask when ECS throttles it or lacks capacity", at: place,
                hint: "retry ECS.AmazonECSException and AmazonECS.Unknown with a BackoffRate")
        }

        private mutating func checkOverrides(_ arguments: Template?) {
            guard let overrides = arguments?.member("Overrides") else { return }
            let path = place.appending(argumentsField).appending("Overrides")
            let advice = "put the payload where the task can fetch it, e.g. in S3, and pass its key (claim check)"
            let length = Self.fixedLength(of: overrides)
            if length > PracticeCheck.overridesNear {
                warn(
                    .largeOverrides,
                    "The overrides have \(length) characters without what comes at run time; ECS takes \(PracticeCheck.overridesMax)",
                    at: path, hint: advice)
            } else if let source = Self.unboundedSource(in: overrides) {
                warn(
                    .largeOverrides,
                    "\(source) can be a whole payload; ECS takes overrides of \(PracticeCheck.overridesMax) characters",
                    at: path, hint: advice)
            }
        }

        /// Characters of the template's JSON that the definition fixes.
        private static func fixedLength(of template: Template) -> Int {
            switch template {
            case .literal(let value): JSONWriter.text(value).unicodeScalars.count
            case .object(let members):
                members.reduce(2) { $0 + $1.key.text.unicodeScalars.count + 4 + fixedLength(of: $1.value) }
            case .array(let elements): elements.reduce(2) { $0 + 1 + fixedLength(of: $1) }
            case .path, .intrinsic, .query: 2
            }
        }

        /// The first expression whose text has no bound of its own: a whole value as JSON, an error's cause, a list.
        private static func unboundedSource(in template: Template, isText: Bool = false) -> String? {
            switch template {
            case .literal: return nil
            case .object(let members):
                for member in members {
                    let isText = !["ContainerOverrides", "Environment", "Command"].contains(member.key.text)
                    if let source = unboundedSource(in: member.value, isText: isText) { return source }
                }
                return nil
            case .array(let elements):
                for element in elements {
                    if let source = unboundedSource(in: element, isText: true) { return source }
                }
                return nil
            case .path(let path, _):
                return !isText || path.text == "$" || path.text.hasSuffix(".Cause") ? path.text : nil
            case .intrinsic(let call, _): return isUnbounded(call) ? call.text : nil
            case .query(let expression):
                let holdsPayload = expression.text.contains("$string(") || expression.text.contains(".Cause")
                return !isText || holdsPayload ? "{%\(expression.text)%}" : nil
            }
        }

        private static func isUnbounded(_ call: IntrinsicCall) -> Bool {
            if call.function == .jsonToString { return true }
            return call.arguments.contains { argument in
                switch argument {
                case .call(let inner): isUnbounded(inner)
                case .path(let path): path.text.hasSuffix(".Cause")
                case .value: false
                }
            }
        }
    }
}
