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
            "describedTasks": .integer(describedTasks),
            "events": [
                "sent": .integer(eventsSent), "lost": .integer(eventsLost),
                "duplicated": .integer(eventsDuplicated), "deleted": .integer(eventsDeleted),
            ],
            "calls": object(calls),
        ]
        if isDetailed {
            told["byClientToken"] = object(byClientToken)
            told["byStartedBy"] = object(byStartedBy)
        }
        return .object(told)
    }
}
