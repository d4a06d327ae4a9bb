import JSON

/// What to tell of a failure: lines for people.
public enum FailureText {
    private static let causeCharactersMax = 2_000

    /// Error and cause; of an ECS task's description, which is some kilobytes of JSON, the reason and the exit codes.
    public static func lines(error: String?, cause: String?) -> [String] {
        var lines = ["error: \(error ?? "none given")"]
        guard let cause, !cause.isEmpty else { return lines }
        if let reason = reason(inTaskObject: cause) {
            lines.append("cause: \(reason)")
            return lines
        }
        lines.append("cause: \(LineText.clipped(cause, to: causeCharactersMax))")
        return lines
    }

    /// `Essential container in task exited; container load: exit code 3` for the JSON of an ECS task; nil for any other text.
    static func reason(inTaskObject cause: String) -> String? {
        guard cause.hasPrefix("{"), let task = try? JSONParser.parse(cause), let containers = task["Containers"]?.array
        else { return nil }
        var parts = [task["StoppedReason"]?.string ?? "The task has stopped"]
        for container in containers {
            let name = container["Name"]?.string ?? "?"
            if let code = container["ExitCode"]?.number?.text {
                parts.append("container \(name): exit code \(code)")
            } else if let reason = container["Reason"]?.string {
                parts.append("container \(name): \(reason)")
            }
        }
        return parts.joined(separator: "; ")
    }
}
