import Engine
import JSON
import Testing

@Suite("Testing Map and Parallel states")
struct StateTestMapTests {
    private static func map(_ members: String, jsonata: Bool = false) -> String {
        """
        {"Type":"Map",\(jsonata ? "\"QueryLanguage\":\"JSONata\"," : "")"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED",
         "ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},\(members),"End":true}
        """
    }

    private static func failures(_ count: Int64) -> StateTestConfiguration {
        StateTestConfiguration(mapIterationFailureCount: count)
    }

    @Test("Items are shown as the input writes them, selected and in batches")
    func items() throws {
        let definition = Self.map(
            #""ItemsPath":"$.v","ItemSelector":{"n.$":"$$.Map.Item.Value"},"#
                + #""ItemBatcher":{"MaxItemsPerBatch":2,"BatchInput":{"b":1}},"MaxConcurrency":4,"ToleratedFailurePercentage":50"#
        )
        let outcome = try StateTestBench.outcome(
            StateTestBench.request(definition, input: #"{"v": [1, 2,  3]}"#, result: "[0]"))
        #expect(outcome?.output == "[0]")
        let data = try #require(outcome?.inspectionData)
        #expect(data["afterItemsPath"] == "[1, 2,  3]")
        #expect(data["afterItemSelector"] == #"[{"n":1},{"n":2},{"n":3}]"#)
        #expect(
            data["afterItemBatcher"]
                == #"[{"BatchInput":{"b":1},"Items":[{"n":1},{"n":2}]},{"BatchInput":{"b":1},"Items":[{"n":3}]}]"#)
        #expect(data["maxConcurrency"] == 4)
        #expect(data["toleratedFailurePercentage"].map { JSONWriter.text($0) } == "50.0")
        #expect(data["result"] == nil)
    }

    @Test("More failed iterations than are put up with fail the state; without a threshold none does")
    func tolerance() throws {
        let input = #"[1,2,3,4]"#
        func status(_ members: String, _ count: Int64) throws -> StateTestOutcome? {
            try StateTestBench.outcome(
                StateTestBench.request(
                    Self.map(members), input: input, result: input, configuration: Self.failures(count)))
        }
        #expect(try status(#""MaxConcurrency":0"#, 4)?.status == .succeeded)
        #expect(try status(#""ToleratedFailureCount":2"#, 2)?.status == .succeeded)
        let exceeded = try status(#""ToleratedFailureCount":2"#, 3)
        #expect(exceeded?.status == .failed)
        #expect(exceeded?.error == "States.ExceedToleratedFailureThreshold")
        #expect(exceeded?.cause == "The specified tolerated failure threshold was exceeded")
        #expect(try status(#""ToleratedFailurePercentage":50"#, 2)?.status == .succeeded)
        #expect(try status(#""ToleratedFailurePercentage":50"#, 3)?.status == .failed)
        let retried = try status(
            #""ToleratedFailureCount":0,"Retry":[{"ErrorEquals":["States.ExceedToleratedFailureThreshold"]}]"#, 1)
        #expect(retried?.status == .retriable)
        #expect(
            StateTestBench.refusal(
                StateTestBench.request(
                    Self.map(#""MaxConcurrency":0"#), input: input, result: input, configuration: Self.failures(5)))
                == .validation("Map iteration failure count must be less than or equal to the number of Map iterations")
        )
    }

    @Test(
        "What an ItemReader reads is taken in the form that it is configured for",
        arguments: [
            (#""InputType":"JSON""#, "[1,2]", "[1,2]"),
            (#""InputType":"JSON","ItemsPointer":"/a/0""#, #"{"a":[[7,8]]}"#, "[7,8]"),
            (#""InputType":"JSON","MaxItems":1"#, "[1,2]", "[1]"),
            (#""InputType":"JSONL""#, "1\n{\"a\":2}\n", #"[1,{"a":2}]"#),
            (
                #""InputType":"CSV","CSVHeaderLocation":"FIRST_ROW""#, "a,b\n1,\"x,\"\"y\"\"\"\n",
                #"[{"a":"1","b":"x,\"y\""}]"#
            ),
            (
                #""InputType":"CSV","CSVHeaderLocation":"GIVEN","CSVHeaders":["h"],"CSVDelimiter":"PIPE""#, "1|2\n",
                #"[{"h":"1"}]"#
            ),
        ])
    func itemReader(configuration: String, data: String, items: String) throws {
        let definition = Self.map(
            #""ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{\#(configuration)},"#
                + #""Arguments":{"Bucket":"b","Key":"k"}},"ItemSelector":"{% $states.context.Map.Item.Value %}""#,
            jsonata: true)
        let outcome = try StateTestBench.outcome(
            StateTestBench.request(
                definition, result: "[]", configuration: StateTestConfiguration(mapItemReaderData: data)))
        #expect(outcome?.inspectionData["afterItemSelector"] == .string(items))
    }

    @Test("Data that is not what the reader expects fails the state with States.ItemReaderFailed")
    func unreadable() throws {
        let definition = Self.map(
            #""ItemReader":{"Resource":"arn:aws:states:::s3:getObject","Parameters":{"Bucket":"b","Key":"k"}}"#)
        let outcome = try StateTestBench.outcome(
            StateTestBench.request(
                definition, result: "[]", configuration: StateTestConfiguration(mapItemReaderData: "{")))
        #expect(outcome?.error == "States.ItemReaderFailed")
    }

    @Test("A Parallel state shows its result only, and its errors may be caught as States.BranchFailed")
    func parallel() throws {
        let definition = """
            {"Type":"Parallel","Branches":[{"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}}],"ResultPath":"$.r",
             "Catch":[{"ErrorEquals":["States.BranchFailed"],"Next":"N"}],"Next":"N"}
            """
        let outcome = try StateTestBench.outcome(StateTestBench.request(definition, result: "[1]"))
        #expect(outcome?.shown == #"afterResultPath={"r":[1]} afterResultSelector=[1] input={}"#)
        let caught = try StateTestBench.outcome(
            StateTestBench.request(
                definition, error: "E", configuration: StateTestConfiguration(errorCausedByState: "B")))
        #expect(caught?.status == .caughtError)
        #expect(caught?.error == "E")
    }
}
