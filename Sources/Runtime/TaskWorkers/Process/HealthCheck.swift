import JSON

/// How a container's health is found out.
///
/// Source: ECS HealthCheck; defaults 30 s interval, 5 s timeout, 3 retries, no start period.
struct HealthCheck: Sendable, Equatable {
    /// `["CMD-SHELL", "text"]` or `["CMD", "program", "argument"…]`.
    var command: [String]
    var intervalSeconds: Int64
    var timeoutSeconds: Int64
    var retries: Int64
    var startPeriodSeconds: Int64

    /// The arguments to start; nil where the check is switched off (`NONE`).
    var arguments: [String]? {
        switch command.first {
        case "CMD-SHELL"?: ["/bin/sh", "-c", command.dropFirst().joined(separator: " ")]
        case "CMD"?: Array(command.dropFirst())
        case "NONE"?, nil: nil
        case .some: ["/bin/sh", "-c", command.joined(separator: " ")]
        }
    }

    static func decode(_ value: JSONValue?, path: String) throws(JSONFields.Problem) -> HealthCheck? {
        guard let value else { return nil }
        let fields = try JSONFields(value, path: path)
        guard let command = try fields.strings("command") else {
            throw fields.problem("command", "is missing: an array of strings is needed")
        }
        return HealthCheck(
            command: command, intervalSeconds: max(1, try fields.seconds("interval") ?? 30),
            timeoutSeconds: max(1, try fields.seconds("timeout") ?? 5),
            retries: max(1, try fields.integer("retries") ?? 3),
            startPeriodSeconds: try fields.seconds("startPeriod") ?? 0)
    }

    var json: JSONValue {
        [
            "command": .array(command.map { .string($0) }), "interval": .integer(intervalSeconds),
            "timeout": .integer(timeoutSeconds), "retries": .integer(retries),
            "startPeriod": .integer(startPeriodSeconds),
        ]
    }
}
