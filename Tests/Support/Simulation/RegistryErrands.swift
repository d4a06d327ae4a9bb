import Engine
import JSON

/// What somebody asks of state machines and activities, by chance.
struct RegistryErrands {
    private static let machines = ["R0", "R1"].map { "arn:aws:states:us-east-1:123456789012:stateMachine:\($0)" }
    private static let activity = "arn:aws:states:us-east-1:123456789012:activity:A0"

    static func next(_ drama: Drama) -> RegistryCommand {
        let arn = machines[drama.below(machines.count)]
        let number = drama.below(3)
        let settings: JSONObject = [
            "definition": .string("definition \(number)"), "roleArn": "arn:aws:iam::123456789012:role/r",
        ]
        switch drama.below(12) {
        case 0, 1, 2:
            return RegistryCommand(
                arn: arn, action: .createStateMachine,
                arguments: ["name": .string(String(arn.suffix(2))), "type": "STANDARD", "settings": .object(settings)])
        case 3, 4, 5:
            return RegistryCommand(
                arn: arn, action: .updateStateMachine,
                arguments: ["settings": .object(settings), "publish": .bool(number == 0)])
        case 6: return RegistryCommand(arn: arn, action: .publishVersion)
        case 7: return RegistryCommand(arn: arn, action: .deleteVersion, arguments: ["version": .integer(1 + number)])
        case 8:
            let tag: JSONObject = ["key": .string("k\(number)"), "value": "v"]
            return RegistryCommand(arn: arn, action: .tag, arguments: ["tags": .array([.object(tag)])])
        case 9: return RegistryCommand(arn: arn, action: .untag, arguments: ["keys": .array([.string("k\(number)")])])
        case 10: return RegistryCommand(arn: arn, action: .deleteStateMachine)
        default:
            let action: RegistryCommand.Action = number == 0 ? .deleteActivity : .createActivity
            return RegistryCommand(arn: activity, action: action, arguments: ["name": "A0"])
        }
    }
}
