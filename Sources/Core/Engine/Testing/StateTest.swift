import JSON
public import StatesLanguage

/// One state, run by itself: TestState of the Step Functions API.
///
/// The engine that runs executions does the work: it enters the state, gets the mocked outcome for its task, branches or
/// iterations, and leaves it; nothing is stored. The same test with the same moment has the same outcome.
public struct StateTest: Sendable {
    /// Who the context object says that the execution is.
    public struct Identity: Sendable {
        public var executionArn: String
        public var executionName: String
        public var stateMachineArn: String
        /// nil when the request names no role.
        public var roleArn: String?

        public init(executionArn: String, executionName: String, stateMachineArn: String, roleArn: String?) {
            self.executionArn = executionArn
            self.executionName = executionName
            self.stateMachineArn = stateMachineArn
            self.roleArn = roleArn
        }
    }

    public let state: State
    /// The machine that begins with the state; its other states are taken for Succeed states.
    let machine: StateMachine
    public let input: Payload
    /// Workflow variables that are assigned before.
    let variables: [AssignedVariable]
    /// The context object as the request gives it; nil for a made one.
    let context: Payload?
    public let configuration: StateTestConfiguration
    public var mock: StateMock?

    init(
        machine: StateMachine, stateID: StateID, input: Payload, variables: [AssignedVariable], context: Payload?,
        configuration: StateTestConfiguration, mock: StateMock?
    ) {
        state = machine.states[stateID]
        self.machine = Self.beginning(with: stateID, machine)
        self.input = input
        self.variables = variables
        self.context = context
        self.configuration = configuration
        self.mock = mock
    }

    private static func beginning(with stateID: StateID, _ machine: StateMachine) -> StateMachine {
        let end = SucceedState(inputPath: .whole, outputPath: .whole, output: nil)
        let states = machine.states.enumerated().map { id, state in
            id == stateID
                ? state
                : State(name: state.name, comment: nil, queryLanguage: state.queryLanguage, kind: .succeed(end))
        }
        return StateMachine(
            comment: nil, queryLanguage: machine.queryLanguage, timeoutSeconds: nil, startAt: stateID, states: states)
    }

    /// Runs the state. A Wait state's time passes at once.
    /// - Throws: what only shows while the state runs, such as more failed iterations than there are.
    public func run(
        as identity: Identity, settings: Decider.Settings, moment: Moment
    ) throws(StateTestRefusal) -> StateTestAnswer {
        var settings = settings
        settings.skipsWaits = true
        let start = StartExecution(
            executionArn: identity.executionArn, name: identity.executionName,
            stateMachineArn: identity.stateMachineArn, stateMachineVersionArn: nil, stateMachineAliasArn: nil,
            roleArn: identity.roleArn ?? "", definitionHash: "", input: input.text, traceHeader: nil)
        let execution = Execution(start: start, machine: machine)
        let inspection = StateInspection(
            language: state.queryLanguage, context: contextObject(identity, moment), isContextGiven: context != nil)
        var decider = Decider(execution: execution, settings: settings, moment: moment, trigger: .timers)
        decider.inspection = inspection
        if let request = try decider.test(self, start) { return .needsTask(request) }
        return .finished(outcome(of: decider, inspection))
    }

    /// The members and their order are as recorded; AWS calls the state `StateName` here whatever its name.
    private func contextObject(_ identity: Identity, _ moment: Moment) -> JSONObject {
        if let context { return (try? context.value())?.object ?? JSONObject() }
        let time = JSONValue.string(Timestamp(epochMilliseconds: moment.time).text)
        var stateObject: JSONObject = ["Name": "StateName", "EnteredTime": time]
        if state.processing != nil { stateObject["RetryCount"] = .integer(configuration.retrierRetryCount ?? 0) }
        let machineName = identity.stateMachineArn.split(separator: ":").last.map(String.init) ?? ""
        return [
            "Execution": [
                "Id": .string(identity.executionArn), "Input": (try? input.value()) ?? .null, "StartTime": time,
                "Name": .string(identity.executionName), "RoleArn": identity.roleArn.map { .string($0) } ?? .null,
            ],
            "StateMachine": ["Id": .string(identity.stateMachineArn), "Name": .string(machineName)],
            "State": .object(stateObject),
        ]
    }

    // MARK: - The outcome

    private func outcome(of decider: Decider, _ inspection: StateInspection) -> StateTestOutcome {
        var exited: StateExited?
        var isRetried = false
        for event in decider.events {
            switch event.detail {
            case .stateExited(_, let detail) where exited == nil: exited = detail
            case .retryScheduled: isRetried = true
            default: break
            }
        }
        let data = inspectionData(inspection, assigned: exited?.assignedVariables ?? [])
        if let exited, inspection.catchIndex == nil {
            return StateTestOutcome(
                status: .succeeded, output: exited.output.text, error: nil, cause: nil, nextState: exited.next,
                inspectionData: data)
        }
        let failure = inspection.failure
        if let exited {
            return StateTestOutcome(
                status: .caughtError, output: exited.output.text, error: failure?.name, cause: failure?.cause,
                nextState: exited.next, inspectionData: data)
        }
        if isRetried {
            return StateTestOutcome(
                status: .retriable, output: nil, error: failure?.name, cause: failure?.cause, nextState: nil,
                inspectionData: data)
        }
        return StateTestOutcome(
            status: .failed, output: nil, error: decider.execution.error, cause: decider.execution.cause,
            nextState: nil, inspectionData: data)
    }

    private func inspectionData(_ inspection: StateInspection, assigned: [AssignedVariable]) -> JSONObject {
        var data: JSONObject = ["input": .string(input.text)]
        for (step, text) in inspection.texts { data[JSONString(step.rawValue)] = .string(text) }
        data["maxConcurrency"] = inspection.maxConcurrency.map { .integer($0) }
        data["toleratedFailureCount"] = inspection.toleratedFailureCount.map { .integer($0) }
        // A float of the model: AWS writes 1.0.
        data["toleratedFailurePercentage"] = inspection.toleratedFailurePercentage.map {
            .number(.literal(Float($0).description))
        }
        var after = JSONObject()
        for variable in variables + assigned {
            after[JSONString(variable.name)] = (try? variable.value.value()) ?? .null
        }
        if !after.isEmpty { data["variables"] = .string(JSONWriter.text(.object(after))) }
        var details = JSONObject()
        details["catchIndex"] = inspection.catchIndex.map { .integer($0) }
        details["retryIndex"] = inspection.retryIndex.map { .integer($0) }
        details["retryBackoffIntervalSeconds"] = inspection.retryDelaySeconds.map { .integer($0) }
        if !details.isEmpty { data["errorDetails"] = .object(details) }
        return data
    }
}
