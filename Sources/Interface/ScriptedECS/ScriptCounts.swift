import JSON

/// What clients did, told by the admin address.
struct ScriptCounts: Sendable {
    /// By operation.
    var calls: [String: Int] = [:]
    var throttles = 0
    var capacityFailures = 0
    var lostAnswers = 0
    var conflicts = 0
    var replays = 0
    var launched = 0
    var stopped = 0
    var describedTasks = 0
    var eventsSent = 0
    var eventsLost = 0
    var eventsDuplicated = 0
    var eventsDeleted = 0
    /// Sum of the tasks' lives, from launch to STOPPED, in milliseconds of the script.
    var livedMilliseconds: Int64 = 0
    /// From each STOPPED event that was received to the next RunTask of the same `group`, in milliseconds of the script.
    var handOffs: [HandOff] = []

    /// One task's end that led to the next task.
    struct HandOff: Sendable {
        /// When RunTask came.
        var at: Int64
        var milliseconds: Int64
    }

    /// How many tasks each cluster and client token launched, and each `startedBy`.
    var byClientToken: [String: Int] = [:]
    var byStartedBy: [String: Int] = [:]

    /// - Parameter isDetailed: with every token and `startedBy`.
    func json(isDetailed: Bool) -> JSONValue {
        func object(_ counts: [String: Int]) -> JSONValue {
            var object = JSONObject(minimumCapacity: counts.count)
            for (key, count) in counts.sorted(by: { $0.key < $1.key }) {
                object.append(JSONString(key), .integer(count))
            }
            return .object(object)
        }
        var told: JSONObject = [
            "launched": .integer(launched), "stopped": .integer(stopped),
            "clientTokens": .integer(byClientToken.count),
            "clientTokensLaunchedTwice": .integer(byClientToken.values.count { $0 > 1 }),
            "startedBy": .integer(byStartedBy.count),
            "startedByLaunchedTwice": .integer(byStartedBy.values.count { $0 > 1 }),
            "throttles": .integer(throttles), "capacityFailures": .integer(capacityFailures),
            "lostAnswers": .integer(lostAnswers), "conflicts": .integer(conflicts), "replays": .integer(replays),
            "describedTasks": .integer(describedTasks), "livedMilliseconds": .integer(livedMilliseconds),
            "events": [
                "sent": .integer(eventsSent), "lost": .integer(eventsLost),
                "duplicated": .integer(eventsDuplicated), "deleted": .integer(eventsDeleted),
            ],
            "calls": object(calls),
        ]
        if isDetailed {
            told["byClientToken"] = object(byClientToken)
            told["byStartedBy"] = object(byStartedBy)
            told["handOffs"] = .array(
                handOffs.map { ["at": .integer($0.at), "milliseconds": .integer($0.milliseconds)] })
        }
        return .object(told)
    }
}
