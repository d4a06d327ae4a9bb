import JSON
public import StatesLanguage

/// What TestState is asked, as texts; `prepared` judges it.
///
/// Source: the API's model; texts of refusals as recorded on AWS, those marked "ours" excepted.
public struct StateTestRequest: Sendable {
    /// Of a mock: which of its fields are there.
    public struct Mock: Sendable {
        /// JSON text.
        public var result: String?
        /// `errorOutput`; its members may be absent.
        public var failure: (error: String?, cause: String?)?
        public var validation: MockValidationMode

        public init(
            result: String?, failure: (error: String?, cause: String?)?, validation: MockValidationMode = .strict
        ) {
            self.result = result
            self.failure = failure
            self.validation = validation
        }
    }

    /// Of one state; of a whole machine when `stateName` is given.
    public var definition: String
    public var stateName: String?
    /// JSON text.
    public var input = "{}"
    /// The text of a JSON object.
    public var variables: String?
    /// The text of a JSON object.
    public var context: String?
    public var hasRole = false
    public var revealsSecrets = false
    public var mock: Mock?
    public var configuration = StateTestConfiguration()

    public init(definition: String) {
        self.definition = definition
    }

    /// Compiles the definition and checks what the request says about the state.
    /// - Throws: the first thing that is wrong.
    public func prepared() throws(StateTestRefusal) -> StateTest {
        let (machine, stateID) = try compiled()
        let state = machine.states[stateID]
        try checkMock(of: state)
        let outcome = try mockedOutcome(of: state)
        if let context { try MockContextCheck.check(context, for: state) }
        if let name = configuration.errorCausedByState, machine.stateID(named: name) == nil {
            throw .validation("State not found in definition")
        }
        return StateTest(
            machine: machine, stateID: stateID, input: try checkedInput(), variables: try checkedVariables(),
            context: context.map { Payload(text: $0) }, configuration: configuration, mock: outcome)
    }

    private func compiled() throws(StateTestRefusal) -> (StateMachine, StateID) {
        let options = CompileOptions(includeWarnings: false)
        let compilation =
            stateName == nil
            ? Definition.compileState(definition, options: options)
            : Definition.compile(definition, options: options)
        guard let machine = compilation.machine else { throw .invalidDefinition(compilation.diagnostics.refusal) }
        guard let stateName else { return (machine, machine.startAt) }
        guard let stateID = machine.stateID(named: stateName) else {
            throw .validation("State not found in definition")
        }
        return (machine, stateID)
    }

    // MARK: - The mock

    private func checkMock(of state: State) throws(StateTestRefusal) {
        guard let mock else { return try checkMockless(state) }
        guard state.processing != nil else {
            throw .validation("State type '\(state.type.rawValue)' is not supported when a mock is specified")
        }
        guard (mock.result == nil) != (mock.failure == nil) else {
            throw .validation("A test mock should have only one of the following fields: [result, errorOutput].")
        }
        if let failure = mock.failure, failure.error == nil {
            // Required by the documentation, not by the model; the text is ours.
            throw .validation("A mocked errorOutput must have the field 'error'.")
        }
        if revealsSecrets { throw .validation("TestState does not support RevealSecrets when a mock is specified.") }
    }

    /// What only works with a mock. The texts about other members than the failure count are ours.
    private func checkMockless(_ state: State) throws(StateTestRefusal) {
        let members = [
            ("MapIterationFailureCount", configuration.mapIterationFailureCount != nil),
            ("MapItemReaderData", configuration.mapItemReaderData != nil),
            ("ErrorCausedByState", configuration.errorCausedByState != nil),
            ("RetrierRetryCount", configuration.retrierRetryCount != nil), ("Context", context != nil),
        ]
        if let (name, _) = members.first(where: \.1) {
            throw .validation("TestState does not support \(name) when a mock is not specified.")
        }
        switch state.kind {
        case .map, .parallel:
            throw .invalidDefinition(
                "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]"
            )
        case .task(let task):
            switch task.target {
            case .service(_, _, .requestResponse), .lambdaFunction: break
            case .service:
                throw .invalidDefinition(
                    "TestState API does not support '.sync' or '.waitForTaskToken' integration patterns.")
            case .activity: throw .invalidDefinition("TestState API does not support Activity tasks.")
            }
            guard hasRole else { throw .validation("RoleArn must be specified when testing a Task state") }
        case .pass, .choice, .wait, .succeed, .fail: break
        }
    }

    private func mockedOutcome(of state: State) throws(StateTestRefusal) -> StateMock? {
        guard let mock else { return nil }
        if let failure = mock.failure { return .failure(error: failure.error, cause: failure.cause) }
        guard let text = mock.result else { return nil }
        guard let value = try? JSONParser.parse(text) else { throw .validation("Mocked result must be valid JSON") }
        switch state.kind {
        case .map(let map) where map.distributed["ResultWriter"] != nil:
            guard case .object = value else { throw .validation("Mocked result must be a JSON object.") }
        case .map:
            guard case .array = value else { throw .validation("Mocked result must be an array.") }
        case .parallel(let parallel):
            guard case .array(let elements) = value else { throw .validation("Mocked result must be an array.") }
            guard elements.count == parallel.branches.count else {
                throw .validation("Mocked result must contain the same number of items as number of Parallel branches.")
            }
        case .task(let task):
            if let problem = ServiceResponses.problem(in: value, of: task.target, mode: mock.validation) {
                throw .validation("Mock result schema validation error: \(problem)")
            }
        case .pass, .choice, .wait, .succeed, .fail: break
        }
        return .result(Payload(text: text, value: value))
    }

    // MARK: - Input and variables

    private func checkedInput() throws(StateTestRefusal) -> Payload {
        guard !input.isEmpty else { throw .invalidInput("Invalid execution input.") }
        do {
            return Payload(text: input, value: try JSONParser.parse(input))
        } catch {
            throw .invalidInput(error.message)
        }
    }

    /// The text is ours.
    private func checkedVariables() throws(StateTestRefusal) -> [AssignedVariable] {
        guard let variables else { return [] }
        guard case .object(let object)? = try? JSONParser.parse(variables) else {
            throw .validation("Variables must be a valid JSON object")
        }
        return object.members.map { AssignedVariable(name: $0.key.text, value: Payload($0.value)) }
    }
}
