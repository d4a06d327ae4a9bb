import JSON
import StatesLanguage
import Testing

@Suite("What is said of wrong definitions")
struct DefinitionDiagnosticsTests {
    private func errors(_ text: String, _ options: CompileOptions = CompileOptions()) -> [String] {
        Definition.compile(text, options: options).errors.map(\.listing)
    }

    /// A machine of one state `S` and an end to go to.
    private func errors(ofState fields: String, _ options: CompileOptions = CompileOptions()) -> [String] {
        errors(#"{"StartAt":"S","States":{"S":{\#(fields)},"E":{"Type":"Succeed"}}}"#, options)
            .filter { !$0.contains("\"E\" is not reachable") }
            .map { $0.replacing("SCHEMA_VALIDATION_FAILED: ", with: "") }
    }

    @Test("What is no JSON, or no object, is refused in AWS's words")
    func notADefinition() {
        let notJSON = Definition.compile("not a definition").errors
        #expect(notJSON.map(\.code) == [.invalidJSON])
        #expect(notJSON.first?.location == #"[Source: (String)"not a definition"; line: 1, column: 4]"#)
        #expect(
            notJSON.first?.message
                == "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
        )
        for text in ["", " ", "[]", "1", "null"] {
            #expect(errors(text) == ["SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at null"])
        }
    }

    @Test(
        "One wrong field is reported in AWS's words where they are known",
        arguments: [
            (
                #""Type":"Pas","End":true"#,
                "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/S/Type"
            ),
            (#""Next":"E""#, "These fields are required: [Type] at /States/S"),
            (#""Type":"Pass","TimeoutSeconds":1,"End":true"#, "Field 'TimeoutSeconds' is not supported at /States/S"),
            (#""Type":"Pass","Catch":[],"End":true"#, "Field 'Catch' is not supported at /States/S"),
            (#""Type":"Task","End":true"#, "These fields are required: [Resource] at /States/S"),
            (
                #""Type":"Task","Resource":"nope","End":true"#,
                unrecognized("nope")
            ),
            (
                #""Type":"Task","Resource":"arn:aws:states:::ecs:runTasks","End":true"#,
                unrecognized("arn:aws:states:::ecs:runTasks")
            ),
            (
                #""Type":"Task","Resource":"arn:aws:states:::dynamodb:getItem.sync","End":true"#,
                unrecognized("arn:aws:states:::dynamodb:getItem.sync")
            ),
            (
                #""Type":"Task","Resource":"arn:aws:states:::ecs:runTask.sync","Parameters":{"Count.$":"$.n"},"End":true"#,
                "The field 'Count' is not supported by Step Functions at /States/S/Parameters"
            ),
            (
                #""Type":"Task","Resource":"arn:aws:states:::ecs:runTask","Credentials":{},"End":true"#,
                "The field 'RoleArn' is required but was missing at /States/S/Credentials"
            ),
            (
                #""Type":"Pass","Parameters":{"parsed.$":"States.StringToJson('\\x')"},"End":true"#,
                "The value for the field 'parsed.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters"
            ),
            (
                #""Type":"Pass","Output":1,"End":true"#,
                "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/S"
            ),
            (
                #""Type":"Pass","QueryLanguage":"JSONata","ResultPath":"$","End":true"#,
                "The QueryLanguage is set to 'JSONata', but field 'ResultPath' is only supported for the 'JSONPath' QueryLanguage at /States/S"
            ),
            (
                #""Type":"Pass","QueryLanguage":"JMESPath","End":true"#,
                "Value should be one of the following: [JSONPath, JSONata] at /States/S/QueryLanguage"
            ),
            (
                #""Type":"Pass","QueryLanguage":1,"End":true"#,
                "Expected value of type [STRING] at /States/S/QueryLanguage"
            ),
            (
                #""Type":"Wait","Timestamp":"2026-01-01","End":true"#,
                "String does not match RFC3339 timestamp at /States/S/Timestamp"
            ),
            (
                #""Type":"Wait","End":true"#,
                "One of these fields is required: [Seconds, Timestamp, SecondsPath, TimestampPath] at /States/S"
            ),
            (
                #""Type":"Wait","Seconds":1,"SecondsPath":"$.a","End":true"#,
                "Only one of these fields is allowed: [Seconds, SecondsPath] at /States/S"
            ),
            (#""Type":"Parallel","Branches":[],"End":true"#, "Value cannot be empty at /States/S/Branches"),
            (
                #""Type":"Choice","Choices":[{"Variable":"$.a","IsNull":true}],"Default":"E""#,
                "These fields are required: [Next] at /States/S/Choices[0]"
            ),
            (
                #""Type":"Choice","Choices":[{"Variable":"$.a","IsNull":1,"Next":"E"}]"#,
                "Expected value of type [BOOLEAN] at /States/S/Choices[0]/IsNull"
            ),
            (#""Type":"Pass","Next":"E","End":true"#, "Only one of these fields is allowed: [Next, End] at /States/S"),
            (#""Type":"Pass""#, "One of these fields is required: [Next, End] at /States/S"),
            (
                #""Type":"Task","Resource":"arn:aws:states:::sns:publish","Retry":[{"ErrorEquals":["States.ALL"]},{"ErrorEquals":["E"]}],"End":true"#,
                "States.ALL must appear alone and in the last element at /States/S/Retry[0]/ErrorEquals"
            ),
            (
                #""Type":"Task","Resource":"arn:aws:states:::sns:publish","Retry":[{"ErrorEquals":["E"],"BackoffRate":0.5}],"End":true"#,
                "Minimum value is 1 at /States/S/Retry[0]/BackoffRate"
            ),
            (
                #""Type":"Map","MaxConcurrency":-1,"ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true"#,
                "Minimum value is 0 at /States/S/MaxConcurrency"
            ),
            (
                #""Type":"Map","ItemProcessor":{"QueryLanguage":"JSONata","StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true"#,
                "Field 'QueryLanguage' is not supported at /States/S/ItemProcessor"
            ),
            (
                #""Type":"Map","ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true},"Q":{"Type":"Pass","End":true}}},"End":true"#,
                #"MISSING_TRANSITION_TARGET: State "Q" is not reachable. at /States/S/ItemProcessor/States/Q"#
            ),
            (
                #""Type":"Map","ItemProcessor":{"StartAt":"E","States":{"E":{"Type":"Pass","End":true}}},"End":true"#,
                "DUPLICATE_STATE_NAME: Duplicate State name: E at /States/E"
            ),
        ])
    func oneWrongField(fields: String, expected: String) {
        #expect(errors(ofState: fields) == [expected])
    }

    @Test(
        "Expressions that are no JSONata, or read what is not there, are refused in AWS's words",
        arguments: [
            (
                #""Output":{"v":"{% phone %}"}"#,
                "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported. at /States/S/Output/v"
            ),
            (
                #""Output":["{% $$.x %}"]"#,
                "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' is not supported. at /States/S/Output[0]"
            ),
            (
                #""Output":"{% $states.errorOutput %}""#,
                "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist. at /States/S/Output"
            ),
            (
                #""Arguments":{"a":"{% $states.result %}"}"#,
                "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. at /States/S/Arguments/a"
            ),
            (
                #""TimeoutSeconds":"{% (1 + 2 %}""#,
                #"INVALID_JSONATA_EXPRESSION: Expected ")" before end of expression at /States/S/TimeoutSeconds"#
            ),
        ])
    func jsonata(field: String, expected: String) {
        let task = #""Type":"Task","QueryLanguage":"JSONata","Resource":"arn:aws:states:::sns:publish","End":true,"#
        #expect(errors(ofState: task + field) == [expected])
    }

    @Test("What $states has depends on the field")
    func statesMembers() {
        let text = #"""
            "Type":"Task","QueryLanguage":"JSONata","Resource":"arn:aws:states:::sns:publish","Next":"E",
            "Output":"{% $states.result %}","Assign":{"a":"{% $states.result %}"},
            "Catch":[{"ErrorEquals":["E"],"Output":"{% $states.errorOutput %}","Assign":{"b":"{% $states.errorOutput %}"},"Next":"E"}]
            """#
        #expect(errors(ofState: text).isEmpty)
    }

    @Test("Express machines may not wait for others' work")
    func express() {
        let options = CompileOptions(type: .express)
        #expect(
            errors(
                ofState: #""Type":"Task","Resource":"arn:aws:states:::sns:publish.waitForTaskToken","End":true"#,
                options)
                == [
                    "Express state machine does not support '.waitForTaskToken' service integration  at /States/S/Resource"
                ])
        #expect(
            errors(
                ofState: #""Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync:2","End":true"#,
                options)
                == ["Express state machine does not support '.sync' service integration at /States/S/Resource"])
    }

    @Test("All problems are given at once, in AWS's order: schema, targets, end, unreachable")
    func order() {
        let text = #"""
            {"StartAt":"A","Sates":1,"States":{
              "A":{"Type":"Pass","Next":"Nope","Foo":1},
              "B":{"Type":"Wait","Seconds":"x","Next":"A"},
              "C":{"Type":"Succeed"}}}
            """#
        #expect(
            errors(text) == [
                "SCHEMA_VALIDATION_FAILED: Field 'Sates' is not supported at /",
                "SCHEMA_VALIDATION_FAILED: Field 'Foo' is not supported at /States/A",
                "SCHEMA_VALIDATION_FAILED: Expected value of type [INTEGER] at /States/B/Seconds",
                "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nope at /States/A/Next",
                #"MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B"#,
                #"MISSING_TRANSITION_TARGET: State "C" is not reachable. at /States/C"#,
            ])
    }

    @Test("A machine without an end is refused, and its states are not searched")
    func noEnd() {
        #expect(
            errors(#"{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"A"},"B":{"Type":"Pass","Next":"B"}}}"#)
                == ["MISSING_END_STATE: Workflow has no terminal state at null"])
    }

    @Test("The InvalidDefinition message joins the errors")
    func refusal() {
        #expect(
            Definition.compile("{}").diagnostics.refusal
                == "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /'"
        )
    }

    @Test("A diagnostic tells line and column of the exact place")
    func positions() throws {
        let text = """
            {
              "StartAt": "Ä",
              "States": {
                "Ä": {"Type": "Choice", "Choices": [
                  {"Variable": "$.a", "NumericEquals": 1, "Next": "Ä"},
                  {"Variable": "$.a", "NumericEqals": 1, "Next": "Pakc"}
                ], "Default": "Pack"},
                "Pack": {"Type": "Succeed"}
              }
            }
            """
        let errors = Definition.compile(text).errors
        let field = try #require(errors.first { $0.message == "Field 'NumericEqals' is not supported" })
        #expect(field.location == "/States/Ä/Choices[1]")
        #expect(field.position?.line == 6 && field.position?.column == 27)
        #expect(field.hint == #"did you mean "NumericEquals"?"#)
        let target = try #require(errors.first { $0.code == .missingTransitionTarget })
        #expect(target.location == "/States/Ä/Choices[1]/Next" && target.hint == #"did you mean "Pack"?"#)
        let position = try #require(target.position)
        #expect(position.line == 6 && position.column == 46)
        #expect(Array(text.utf8)[position.offset...].prefix(6).elementsEqual("\"Next\"".utf8))
    }

    @Test("Placeholders are warnings in a draft and errors otherwise, which name them")
    func placeholders() throws {
        let text = #"""
            {"StartAt":"S","States":{"S":{"Type":"Task","Resource":"${Function.Arn}","TimeoutSeconds":"${Limit}",
             "Parameters":{"x.$":"$.${Key}"},"Next":"${Then}"},"E":{"Type":"Succeed"}}}
            """#
        let draft = Definition.compile(text, options: CompileOptions(allowPlaceholders: true))
        #expect(draft.errors.isEmpty)
        #expect(draft.warnings.map(\.code).allSatisfy { $0 == .unresolvedPlaceholder })
        #expect(
            draft.warnings.map(\.location) == [
                "/States/S/Resource", "/States/S/TimeoutSeconds", "/States/S/Parameters/x.$", "/States/S/Next",
            ])
        let strict = Definition.compile(text)
        #expect(strict.machine == nil)
        #expect(strict.errors.compactMap(\.hint).contains("the placeholder ${Function.Arn} is not replaced"))
    }
}

/// AWS's words for a `Resource` that is none.
private func unrecognized(_ resource: String) -> String {
    "The resource provided \(resource) is not recognized. The value is not a valid resource ARN, "
        + "or the resource is not available in this region. at /States/S/Resource"
}
