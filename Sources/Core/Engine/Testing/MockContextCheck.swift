import JSON
import StatesLanguage

/// Whether a context object that a test is given is one.
///
/// Source: recorded on AWS; members as in States Language § Context Object. Texts for other types than string are ours.
enum MockContextCheck {
    private enum Kind: String {
        case string
        case number
        case any
    }

    private static let members: [(part: String, members: [(name: String, kind: Kind)])] = [
        (
            "Execution",
            [
                ("Id", .string), ("Input", .any), ("Name", .string), ("RoleArn", .string), ("StartTime", .string),
                ("RedriveCount", .number), ("RedriveTime", .string),
            ]
        ),
        ("State", [("EnteredTime", .string), ("Name", .string), ("RetryCount", .number)]),
        ("StateMachine", [("Id", .string), ("Name", .string)]), ("Task", [("Token", .string)]),
    ]

    static func check(_ text: String, for state: State) throws(StateTestRefusal) {
        guard case .object(let context)? = try? JSONParser.parse(text) else {
            throw invalid("Context object must be a valid JSON object")
        }
        for part in context.members {
            let name = part.key.text
            if name == "Map" { throw invalid("'Map' field is not supported when mocking a Context object") }
            guard let known = members.first(where: { $0.part == name }) else {
                throw invalid("Field '\(name)' is not allowed")
            }
            if name == "Task", !state.hasTaskToken {
                throw invalid(
                    "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern"
                )
            }
            guard case .object(let object) = part.value else { throw invalid("\(name) must be a JSON object") }
            for member in object.members {
                let field = member.key.text
                guard let kind = known.members.first(where: { $0.name == field })?.kind else {
                    throw invalid("Field '\(field)' is not allowed")
                }
                try check(member.value, kind, "\(name).\(field)")
            }
        }
    }

    private static func check(_ value: JSONValue, _ kind: Kind, _ name: String) throws(StateTestRefusal) {
        switch (kind, value) {
        case (.any, _), (.string, .string), (.number, .number): return
        case (.string, _), (.number, _): throw invalid("\(name) must be a \(kind.rawValue)")
        }
    }

    private static func invalid(_ message: String) -> StateTestRefusal {
        .validation("Invalid Context object provided: \(message)")
    }
}

extension State {
    /// Whether `$$.Task.Token` means something in it.
    fileprivate var hasTaskToken: Bool {
        guard case .task(let task) = kind else { return false }
        switch task.target {
        case .lambdaFunction: return false
        case .activity: return true
        case .service(_, _, let pattern): return pattern != .requestResponse
        }
    }
}
