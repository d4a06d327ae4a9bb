import JSON
import JSONPath
import StatesLanguage
import Testing

@Suite("Decoding definitions")
struct DefinitionDecodingTests {
    private func machine(_ text: String) throws -> StateMachine {
        let compilation = Definition.compile(text)
        return try #require(compilation.machine, "\(compilation.diagnostics.refusal)")
    }

    private func state(_ name: String, in machine: StateMachine) throws -> State {
        machine.states[try #require(machine.stateID(named: name))]
    }

    @Test("Every field of JSONPath mode is kept")
    func jsonPath() throws {
        let machine = try machine(WholeDefinitions.jsonPath)
        #expect(machine.comment == "every field of JSONPath mode")
        #expect(machine.timeoutSeconds == 600)
        #expect(machine.states[machine.startAt].name == "Prepare")
        #expect(machine.states.count == 12)

        guard case .task(let task) = try state("Work", in: machine).kind else { return #expect(Bool(false)) }
        #expect(task.target == .service(type: "ecs", action: "runTask", pattern: .sync))
        guard case .path(let limit, "TimeoutSecondsPath")? = task.timeoutSeconds else { return #expect(Bool(false)) }
        #expect(limit.text == "$.limit")
        guard case .path(let role, "RoleArn.$")? = task.credentialsRoleArn else { return #expect(Bool(false)) }
        #expect(role.text == "$.role")
        let retrier = try #require(task.processing.retriers.first)
        #expect(retrier.intervalSeconds == 2 && retrier.maxAttempts == 0 && retrier.backoffRate == 1.5)
        #expect(retrier.maxDelaySeconds == 30 && retrier.hasFullJitter)
        let defaults = try #require(task.processing.retriers.last)
        #expect(defaults.intervalSeconds == 1 && defaults.maxAttempts == 3 && defaults.backoffRate == 2)
        #expect(defaults.maxDelaySeconds == nil && !defaults.hasFullJitter)
        #expect(task.processing.catchers.map(\.next) == [machine.stateID(named: "Failed")])
        #expect(task.transition == .next(try #require(machine.stateID(named: "Which"))))

        guard case .choice(let choice) = try state("Which", in: machine).kind else { return #expect(Bool(false)) }
        #expect(choice.rules.count == 3)
        #expect(choice.defaultNext == machine.stateID(named: "Each"))

        guard case .parallel(let parallel) = try state("Branch", in: machine).kind else { return #expect(Bool(false)) }
        #expect(parallel.branches.map { machine.states[$0].name } == ["Left", "Right"])

        guard case .map(let map) = try state("Each", in: machine).kind else { return #expect(Bool(false)) }
        #expect(map.mode == .distributed)
        #expect(machine.states[map.processorStartAt].name == "Item")
        #expect(map.itemSelectorField == "ItemSelector")
        #expect(map.distributed["Label"] == "Each" && map.distributed["ExecutionType"] == "STANDARD")
        guard case .value(12.5)? = map.toleratedFailurePercentage else { return #expect(Bool(false)) }

        guard case .fail(let fail) = try state("Failed", in: machine).kind,
            case .intrinsic(let cause, "CausePath")? = fail.cause
        else { return #expect(Bool(false)) }
        #expect(cause.function == .jsonToString)
    }

    @Test("Every field of JSONata mode is kept, expressions with the field that AWS names")
    func jsonata() throws {
        let machine = try machine(WholeDefinitions.jsonata)
        #expect(machine.queryLanguage == .jsonata)
        guard case .task(let task) = try state("Work", in: machine).kind else { return #expect(Bool(false)) }
        guard case .query(let timeout)? = task.timeoutSeconds else { return #expect(Bool(false)) }
        #expect(timeout.text == " $a * 60 " && timeout.field == "TimeoutSeconds")
        guard case .query(let role)? = task.credentialsRoleArn else { return #expect(Bool(false)) }
        #expect(role.field == "Credentials/RoleArn")
        guard case .object(let caught)? = task.processing.catchers.first?.output,
            case .query(let error)? = caught.first?.value
        else { return #expect(Bool(false)) }
        #expect(error.field == "Catch[0]/Output/e")
        guard case .choice(let choice) = try state("Which", in: machine).kind,
            case .query(let condition) = choice.rules[0].condition, case .constant(false) = choice.rules[1].condition
        else { return #expect(Bool(false)) }
        #expect(condition.field == "Choices[0]/Condition")
        guard case .map(let map) = try state("Each", in: machine).kind, case .query(let items)? = map.items else {
            return #expect(Bool(false))
        }
        #expect(items.field == "Items" && map.mode == .inline)
        #expect(try state("Item", in: machine).queryLanguage == .jsonata)
    }

    @Test("States in a Map or Parallel have the machine's query language, not the state's")
    func nestedLanguage() throws {
        let machine = try machine(
            #"""
            {"StartAt":"M","States":{"M":{"Type":"Map","QueryLanguage":"JSONata","End":true,
             "ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}}}
            """#)
        #expect(try state("M", in: machine).queryLanguage == .jsonata)
        #expect(try state("P", in: machine).queryLanguage == .jsonPath)
    }

    @Test("Expressions of a state that is called States have their place, too")
    func stateCalledStates() throws {
        let machine = try machine(
            #"""
            {"StartAt":"States","QueryLanguage":"JSONata","States":{"States":{"Type":"Choice","Default":"E",
             "Choices":[{"Condition":"{% true %}","Next":"E"}]},"E":{"Type":"Succeed"}}}
            """#)
        guard case .choice(let choice) = try state("States", in: machine).kind,
            case .query(let condition) = choice.rules[0].condition
        else { return #expect(Bool(false)) }
        #expect(condition.field == "Choices[0]/Condition")
    }

    @Test("The old names of Map's fields are read")
    func oldMap() throws {
        let machine = try machine(
            #"""
            {"StartAt":"M","States":{"M":{"Type":"Map","Parameters":{"a.$":"$.a"},"End":true,
             "Iterator":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}}}
            """#)
        guard case .map(let map) = try state("M", in: machine).kind else { return #expect(Bool(false)) }
        #expect(map.itemSelectorField == "Parameters" && map.itemSelector != nil && map.processing.parameters == nil)
    }

    @Test("null paths discard, absent ones keep the whole")
    func nullPaths() throws {
        let machine = try machine(
            #"{"StartAt":"P","States":{"P":{"Type":"Pass","InputPath":null,"ResultPath":null,"End":true}}}"#)
        guard case .pass(let pass) = try state("P", in: machine).kind, case .discard = pass.inputPath,
            case .discard = pass.resultPath, case .whole = pass.outputPath
        else { return #expect(Bool(false)) }
    }

    @Test("A state by itself compiles, and what it leads to is taken to exist")
    func singleState() throws {
        let text = #"{"Type":"Choice","Choices":[{"Variable":"$.a","IsNull":true,"Next":"X"}],"Default":"Y"}"#
        let machine = try #require(Definition.compileState(text, named: "C").machine)
        #expect(machine.states.map(\.name) == ["C", "X", "Y"])
        let wrong = Definition.compileState(#"{"Type":"Parallel","Branches":[],"End":true}"#)
        #expect(
            wrong.errors.map(\.listing) == [
                "SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/StateName/Branches"
            ])
        #expect(wrong.errors.first?.position?.column == 20)
    }

    @Test("A definition that is no text, e.g. read from YAML, compiles without positions")
    func value() throws {
        let value = try JSONParser.parse(#"{"StartAt":"P","States":{"P":{"Type":"Pass","Next":"Q"}}}"#)
        let compilation = Definition.compile(value)
        #expect(compilation.errors.map(\.code) == [.missingTransitionTarget, .missingEndState])
        #expect(compilation.errors.allSatisfy { $0.position == nil })
    }
}
