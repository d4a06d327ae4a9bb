import Engine
import JSON
import Testing

@Suite struct RegistryTests {
    private let arn = "arn:aws:states:us-east-1:000000000000:stateMachine:orders"

    /// A registry and the events that made it.
    private struct Desk {
        var registry = Registry()
        var events: [RegistryEvent] = []

        mutating func send(
            _ action: RegistryCommand.Action, to arn: String, _ arguments: JSONObject = JSONObject()
        ) throws(RegistryRejection) {
            let moment = Moment(time: 1_000 + Int64(events.count), seed: UInt64(events.count))
            for event in try registry.decide(RegistryCommand(arn: arn, action: action, arguments: arguments), moment) {
                registry.evolve(event)
                events.append(event)
            }
        }
    }

    private func created(definition: String = "{}", publish: Bool = false) -> JSONObject {
        [
            "name": "orders", "type": "STANDARD", "publish": .bool(publish),
            "settings": ["definition": .string(definition), "roleArn": "arn:aws:iam::000000000000:role/a"],
        ]
    }

    @Test func `The same creation again changes nothing, another definition is refused`() throws {
        var desk = Desk()
        try desk.send(.createStateMachine, to: arn, created())
        try desk.send(.createStateMachine, to: arn, created())
        #expect(desk.events.map(\.kind) == [.stateMachineCreated])
        let rejection = #expect(throws: RegistryRejection.self) {
            try desk.send(.createStateMachine, to: arn, created(definition: "{ }"))
        }
        #expect(rejection?.message == "State Machine Already Exists: '\(arn)'")
    }

    @Test func `Version numbers are not used again`() throws {
        var desk = Desk()
        try desk.send(.createStateMachine, to: arn, created(publish: true))
        try desk.send(.publishVersion, to: arn)
        #expect(desk.registry.machines[arn]?.versions.map(\.number) == [1])
        try desk.send(.updateStateMachine, to: arn, ["settings": ["definition": "{ }"], "publish": true])
        try desk.send(.deleteVersion, to: arn, ["version": 2])
        try desk.send(.publishVersion, to: arn)
        #expect(desk.registry.machines[arn]?.versions.map(\.number) == [1, 3])
    }

    @Test func `A version that an alias leads to is not deleted`() throws {
        var desk = Desk()
        try desk.send(.createStateMachine, to: arn, created(publish: true))
        let routing: JSONValue = [["stateMachineVersionArn": .string("\(arn):1"), "weight": 100]]
        try desk.send(.createAlias, to: arn, ["name": "live", "routing": routing])
        let rejection = #expect(throws: RegistryRejection.self) {
            try desk.send(.deleteVersion, to: arn, ["version": 1])
        }
        #expect(rejection?.code == "ConflictException")
        #expect(rejection?.message.hasSuffix("[live]") == true)
        try desk.send(.deleteAlias, to: arn, ["name": "live"])
        try desk.send(.deleteVersion, to: arn, ["version": 1])
        #expect(desk.registry.machines[arn]?.versions.isEmpty == true)
    }

    @Test func `An update that changes nothing leaves the revision as it is`() throws {
        var desk = Desk()
        try desk.send(.createStateMachine, to: arn, created())
        try desk.send(.updateStateMachine, to: arn, ["settings": ["definition": "{}"]])
        #expect(desk.registry.machines[arn]?.revisionID == nil)
        try desk.send(.updateStateMachine, to: arn, ["settings": ["definition": "[]"]])
        let revision = try #require(desk.registry.machines[arn]?.revisionID)
        #expect(revision.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
        #expect(throws: RegistryRejection.self) { try desk.send(.publishVersion, to: arn, ["revisionId": "INITIAL"]) }
    }

    @Test func `Tags are merged by key, and fifty are the most`() throws {
        var desk = Desk()
        let activity = "arn:aws:states:us-east-1:000000000000:activity:check"
        try desk.send(.createActivity, to: activity, ["name": "check", "tags": [["key": "a", "value": "1"]]])
        try desk.send(.tag, to: activity, ["tags": [["key": "a", "value": "2"], ["key": "b", "value": "3"]]])
        try desk.send(.untag, to: activity, ["keys": ["b", "c"]])
        #expect(desk.registry.activities[activity]?.tags == [["key": "a", "value": "2"]])
        let many = (0..<51).map { JSONValue.object(["key": .string("k\($0)"), "value": ""]) }
        let rejection = #expect(throws: RegistryRejection.self) {
            try desk.send(.tag, to: activity, ["tags": .array(many)])
        }
        #expect(rejection?.code == "TooManyTags")
        #expect(throws: RegistryRejection.self) { try desk.send(.tag, to: arn, ["tags": []]) }
    }

    @Test func `Events on the log, folded again, give the same registry`() throws {
        var desk = Desk()
        try desk.send(.createStateMachine, to: arn, created(publish: true))
        try desk.send(.updateStateMachine, to: arn, ["settings": ["definition": "[]"], "publish": true])
        try desk.send(
            .createAlias, to: arn,
            [
                "name": "live", "routing": [["stateMachineVersionArn": .string("\(arn):2"), "weight": 100]],
                "description": "d",
            ])
        var folded = Registry()
        for event in desk.events {
            let read = try RegistryRecord.decodeEvent(RegistryRecord.encode(event))
            #expect(read == event)
            folded.evolve(read)
            folded.evolve(read)
        }
        #expect(folded.machines == desk.registry.machines)
        #expect(folded.sequence(of: arn) == Int64(desk.events.count))
        try desk.send(.deleteStateMachine, to: arn)
        #expect(desk.registry.machines.isEmpty)
    }

    @Test func `Commands survive the wire, and what is none says so`() throws {
        let command = RegistryCommand(
            arn: arn, action: .tag, arguments: ["tags": []], replyTo: ReplyAddress(partition: 3, id: "request"))
        #expect(try RegistryRecord.decodeCommand(RegistryRecord.encode(command)) == command)
        #expect(throws: CodecError.self) {
            try RegistryRecord.decodeCommand(Array(#"{"command":"fly","arn":"a"}"#.utf8))
        }
        #expect(RegistryRecord.isKey(Array(arn.utf8)))
        #expect(!RegistryRecord.isKey(Array("arn:aws:states:us-east-1:000000000000:execution:orders:1".utf8)))
    }
}
