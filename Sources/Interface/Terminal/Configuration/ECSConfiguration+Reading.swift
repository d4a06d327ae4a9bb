import JSON
import TaskWorkers

extension ECSConfiguration {
    static let keys = [
        "backend", "clusters", "container", "eventsQueueUrl", "assumeRoles", "completeEarly", "explainFailures",
        "stopCallbackTasks", "stopUnknownTasks", "runTask", "stopTask", "describeTasks", "sweepSeconds",
        "missingGraceSeconds", "retrySeconds", "capacityRetrySeconds", "startTimeoutSeconds", "orphanSweepSeconds",
        "logLines",
    ]

    /// Reads the section `ecs`. - Throws: with the place, for a value of another type or out of range.
    mutating func read(_ fields: ConfigurationFields) throws(BadInput) {
        if let word = try fields.string("backend") { backend = try Self.backend(word, fields, "backend") }
        let named = try fields.child("clusters", known: nil)
        for member in named.object {
            let name = member.key.text
            clusters[name] = try Self.backend(try named.string(name) ?? "", named, name)
        }
        try container.read(fields.child("container", known: ContainerConfiguration.keys))
        eventsQueueURL = try fields.string("eventsQueueUrl")
        assumesRoles = try fields.bool("assumeRoles") ?? assumesRoles
        completesEarly = try fields.bool("completeEarly") ?? completesEarly
        explainsFailures = try fields.bool("explainFailures") ?? explainsFailures
        stopsCallbackTasks = try fields.bool("stopCallbackTasks") ?? stopsCallbackTasks
        stopsUnknownTasks = try fields.bool("stopUnknownTasks") ?? stopsUnknownTasks
        runTaskRate = try Self.rate(fields.child("runTask", known: ["perSecond", "burst"])) ?? runTaskRate
        stopTaskRate = try Self.rate(fields.child("stopTask", known: ["perSecond", "burst"])) ?? stopTaskRate
        describeTasksRate =
            try Self.rate(fields.child("describeTasks", known: ["perSecond", "burst"])) ?? describeTasksRate
        if let sweep = try Self.milliseconds(fields, "sweepSeconds", from: 1) {
            sweepMilliseconds = sweep
            sweepMillisecondsWithoutEvents = sweep
        }
        missingGraceMilliseconds =
            try Self.milliseconds(fields, "missingGraceSeconds", from: 60) ?? missingGraceMilliseconds
        // Repetitions must end while the client token is remembered.
        retryMilliseconds = try Self.milliseconds(fields, "retrySeconds", to: 3000) ?? retryMilliseconds
        capacityRetryMilliseconds =
            try Self.milliseconds(fields, "capacityRetrySeconds", to: 3000) ?? capacityRetryMilliseconds
        startTimeoutMilliseconds = try Self.milliseconds(fields, "startTimeoutSeconds") ?? startTimeoutMilliseconds
        orphanSweepMilliseconds = try Self.milliseconds(fields, "orphanSweepSeconds") ?? orphanSweepMilliseconds
        logLinesMax = Int(try Self.number(fields, "logLines", 0...1000) ?? Double(logLinesMax))
    }

    private static func backend(
        _ word: String, _ fields: ConfigurationFields, _ key: String
    ) throws(BadInput) -> Backend {
        guard let backend = Backend(rawValue: word) else {
            throw fields.problem(
                key,
                "must be local (processes of this machine), container (of an engine such as Podman or Docker here) or ecs"
            )
        }
        return backend
    }

    private static func number(
        _ fields: ConfigurationFields, _ key: String, _ range: ClosedRange<Double>
    ) throws(BadInput) -> Double? {
        guard let text = try fields.string(key) else { return nil }
        guard let number = Double(text), range.contains(number) else {
            throw fields.problem(key, "must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func milliseconds(
        _ fields: ConfigurationFields, _ key: String, from least: Double = 0, to most: Double = 86_400
    ) throws(BadInput) -> Int64? {
        try number(fields, key, least...most).map { Int64($0 * 1000) }
    }

    private static func rate(_ fields: ConfigurationFields) throws(BadInput) -> Rate? {
        guard let perSecond = try number(fields, "perSecond", 0.01...100_000) else { return nil }
        return Rate(perSecond: perSecond, burst: try number(fields, "burst", 1...100_000) ?? max(1, perSecond))
    }
}
