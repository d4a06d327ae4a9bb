import JSON

/// A script that can't be used, with the place.
public struct ECSScriptError: Error, Sendable, Equatable, CustomStringConvertible {
    public var path: String
    public var message: String
    public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}

extension ECSScript {
    /// Reads a script; every member is optional, an unknown one is an error.
    /// - Parameter text: JSON, as docs/scripted-ecs.md describes it.
    public init(_ text: String) throws(ECSScriptError) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(text)
        } catch {
            throw ECSScriptError(path: "", message: "\(error)")
        }
        var members = try ScriptMembers(value, path: "")
        seed = UInt64(try members.number("seed", 0...9e15) ?? 0)
        speed = try members.number("speed", 0.001...100_000) ?? speed
        region = try members.text("region") ?? region
        accountID = try members.text("accountId") ?? accountID
        clusters = try members.texts("clusters") ?? clusters
        queues = try members.texts("queues") ?? queues
        taskDefinitions = try members.array("taskDefinitions") ?? []
        if var run = try members.object("runTask") {
            runTaskRate = try run.rate()
            throttleProbability = try run.probability("throttles") ?? 0
            disguisedShare = try run.probability("disguised") ?? disguisedShare
            capacityFailureProbability = try run.probability("capacityFailures") ?? 0
            capacityReason = try run.text("capacityReason") ?? capacityReason
            lostAnswerProbability = try run.probability("lostAnswers") ?? 0
            tokenMilliseconds = try run.milliseconds("tokenMilliseconds") ?? tokenMilliseconds
            tokenMillisecondsAfterStop =
                try run.milliseconds("tokenMillisecondsAfterStop") ?? tokenMillisecondsAfterStop
            try run.refuseOthers()
        }
        if var stop = try members.object("stopTask") {
            stopTaskRate = try stop.rate()
            try stop.refuseOthers()
        }
        if var describe = try members.object("describeTasks") {
            describeTasksRate = try describe.rate()
            missingProbability = try describe.probability("missing") ?? 0
            missingMilliseconds = try describe.milliseconds("missingMilliseconds") ?? missingMilliseconds
            stoppedMilliseconds = try describe.milliseconds("stoppedMilliseconds") ?? stoppedMilliseconds
            try describe.refuseOthers()
        }
        if var events = try members.object("events") {
            eventLossProbability = try events.probability("lost") ?? 0
            eventDuplicateProbability = try events.probability("duplicated") ?? 0
            eventDelayMilliseconds = try events.range("delayMilliseconds") ?? 0...0
            try events.refuseOthers()
        }
        if let given = try members.array("lifecycles") {
            lifecycles = []
            for (index, value) in given.enumerated() {
                lifecycles.append(try Lifecycle(ScriptMembers(value, path: "lifecycles[\(index)]")))
            }
        }
        try members.refuseOthers()
    }
}

extension Lifecycle {
    fileprivate init(_ given: ScriptMembers) throws(ECSScriptError) {
        var members = given
        name = try members.text("name") ?? name
        weight = try members.number("weight", 0...1e9) ?? weight
        if let word = try members.text("end") {
            guard let end = End(rawValue: word) else {
                let words = End.allCases.map(\.rawValue).joined(separator: ", ")
                throw members.problem("end", "must be one of \(words)")
            }
            self.end = end
        }
        provisioning = try members.range("provisioning") ?? provisioning
        pending = try members.range("pending") ?? pending
        running = try members.range("running") ?? running
        deprovisioning = try members.range("deprovisioning") ?? deprovisioning
        stoppedReason = try members.text("stoppedReason")
        logLines = try members.texts("logLines") ?? []
        for (container, code) in try members.pairs("exitCodes") {
            if code.isNull {
                unknownExitCodes.insert(container)
            } else {
                guard let number = code.number?.int64 else {
                    throw members.problem("exitCodes.\(container)", "must be an integer, or null for an unknown one")
                }
                exitCodes[container] = number
            }
        }
        for (container, reason) in try members.pairs("reasons") { reasons[container] = reason.string ?? "" }
        try members.refuseOthers()
    }
}
