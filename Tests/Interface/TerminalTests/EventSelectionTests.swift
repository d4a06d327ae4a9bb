import JSON
import Terminal
import Testing

@Suite("Which events are shown")
struct EventSelectionTests {
    private static let order = "arn:aws:states:eu-west-1:123456789012:execution:order:7"
    private static let express = "arn:aws:states:eu-west-1:123456789012:express:order:7:uuid"
    private static let machine = "arn:aws:states:eu-west-1:123456789012:stateMachine:order"

    @Test("A state machine is named by name or ARN, and stands for its executions and itself")
    func machines() {
        for wanted in ["order", Self.machine] {
            let filter = EventFilter(stateMachines: ["other", wanted])
            #expect(filter.matches(arn: Self.order, type: "ExecutionStarted"))
            #expect(filter.matches(arn: Self.express, type: "ExecutionStarted"))
            #expect(filter.matches(arn: Self.machine, type: "StateMachineCreated"))
            #expect(!filter.matches(arn: Self.order.replacing("order", with: "orders"), type: "ExecutionStarted"))
        }
        #expect(!EventFilter(stateMachines: ["order"]).matches(arn: "x", type: "ExecutionStarted"))
    }

    @Test("Types are named in full, or by how they begin")
    func types() {
        let filter = EventFilter(types: ["ExecutionFailed", "Task*"])
        #expect(filter.matches(arn: Self.order, type: "ExecutionFailed"))
        #expect(filter.matches(arn: Self.order, type: "TaskScheduled"))
        #expect(!filter.matches(arn: Self.order, type: "ExecutionFailedAgain"))
    }

    @Test("An execution is named as the command line does, or by its ARN")
    func executions() {
        #expect(EventFilter(execution: "order/7").matches(arn: Self.order, type: "x"))
        #expect(EventFilter(execution: Self.order).matches(arn: Self.order, type: "x"))
        #expect(!EventFilter(execution: "order/8").matches(arn: Self.order, type: "x"))
        #expect(!EventFilter(execution: "order/7").matches(arn: Self.machine, type: "x"))
    }

    @Test("A gap in a key's sequence is found, wherever it is; repetition is no gap")
    func proof() {
        var proof = SequenceProof()
        for sequence in [1, 2, 2, 3] as [Int64] { proof.add(arn: "a", sequence: sequence, isWhole: true) }
        proof.add(arn: "b", sequence: 9, isWhole: false)
        #expect(proof.summary == "5 events under 2 keys: no gap, 1 repeated")
        proof.add(arn: "a", sequence: 5, isWhole: true)
        proof.add(arn: "b", sequence: 13, isWhole: false)
        proof.add(arn: "c", sequence: 2, isWhole: true)
        #expect(
            proof.gaps == ["a: sequence 4 missing", "b: sequence 10 to 12 missing", "c: sequence 1 missing"])
    }

    @Test("A row says when, whose, which and what")
    func row() throws {
        let text =
            #"{"executionArn":"\#(Self.order)","sequence":3,"timestamp":1767225600.123,"type":"PassStateEntered","#
            + #""stateEnteredEventDetails":{"name":"Pack","input":"{}"},"steplog":{}}"#
        #expect(
            HistoryDocument.row(of: try JSONParser.parse(text))
                == "2026-01-01T00:00:00.123Z  order/7  3  PassStateEntered  Pack input={}")
    }
}
