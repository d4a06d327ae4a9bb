public import JSON

/// One account's ECS, its queues of state-change events and its logs, as a script wants them. A plain value: time is an argument.
///
/// All moments are milliseconds of the script since 1970. Source of the rules: reference/ecs.md §2.
public struct ScriptedAccount: Sendable {
    let script: ECSScript
    var counts = ScriptCounts()
    var tasks: [String: ScriptedTask] = [:]
    /// Task ids by cluster, in the order of launch, for ListTasks.
    var order: [String: [String]] = [:]
    var clusters: Set<String>
    /// By family; index 0 is revision 1.
    var definitions: [String: [ScriptedDefinition]] = [:]
    var tokens: [String: UsedToken] = [:]
    var queues: [String: ScriptedQueue] = [:]
    var runTaskBucket: ScriptBucket
    var stopTaskBucket: ScriptBucket
    var describeTasksBucket: ScriptBucket
    /// RunTask calls by client token, so that chance differs from try to try.
    var tries: [String: Int] = [:]
    var due = DueHeap()
    var launchNumber = 0
    /// By `group`: when the STOPPED event of one of its tasks was received, until its next RunTask comes.
    var ends: [String: Int64] = [:]

    /// What a client token stands for.
    struct UsedToken: Sendable {
        var request: JSONObject
        var taskIDs: [String]
        var createdAt: Int64
    }

    /// - Throws: `ECSScriptError` for a task definition that can't be registered.
    public init(_ script: ECSScript) throws(ECSScriptError) {
        self.script = script
        clusters = Set(script.clusters)
        runTaskBucket = ScriptBucket(script.runTaskRate)
        stopTaskBucket = ScriptBucket(script.stopTaskRate)
        describeTasksBucket = ScriptBucket(script.describeTasksRate)
        for name in script.queues { queues[name] = ScriptedQueue() }
        for (index, definition) in script.taskDefinitions.enumerated() {
            do {
                _ = try register(definition.object ?? JSONObject())
            } catch {
                throw ECSScriptError(path: "taskDefinitions[\(index)]", message: error.message)
            }
        }
    }

    var arnPrefix: String { "arn:aws:ecs:\(script.region):\(script.accountID)" }

    /// Answers one call.
    /// - Parameters:
    ///   - target: the header X-Amz-Target, e.g. `AmazonEC2ContainerServiceV20141113.RunTask`.
    ///   - base: where this server is reached, for the addresses of queues.
    public mutating func answer(_ target: String, _ body: [UInt8], now: Int64, base: String) -> ScriptedAnswer {
        advance(to: now)
        let operation = target.split(separator: ".").last.map(String.init) ?? ""
        counts.calls[operation, default: 0] += 1
        do throws(ScriptedRefusal) {
            guard let input = (try? JSONParser.parse(body.isEmpty ? Array("{}".utf8) : body))?.object else {
                throw ScriptedRefusal("SerializationException", "The request is no JSON object.")
            }
            return ScriptedAnswer(status: 200, body: try perform(target, operation, input, now, base))
        } catch {
            return ScriptedAnswer(status: error.status, body: error.json)
        }
    }

    private mutating func perform(
        _ target: String, _ operation: String, _ input: JSONObject, _ now: Int64, _ base: String
    ) throws(ScriptedRefusal) -> JSONValue {
        switch (target.split(separator: ".").first, operation) {
        case ("AmazonEC2ContainerServiceV20141113", "RunTask"): return try runTask(input, now)
        case ("AmazonEC2ContainerServiceV20141113", "DescribeTasks"): return try describeTasks(input, now)
        case ("AmazonEC2ContainerServiceV20141113", "StopTask"): return try stopTask(input, now)
        case ("AmazonEC2ContainerServiceV20141113", "ListTasks"): return try listTasks(input)
        case ("AmazonEC2ContainerServiceV20141113", "RegisterTaskDefinition"):
            return ["taskDefinition": try register(input).json, "tags": input["tags"] ?? []]
        case ("AmazonEC2ContainerServiceV20141113", "DescribeTaskDefinition"):
            return ["taskDefinition": try definition(input["taskDefinition"]?.string ?? "").json, "tags": []]
        case ("AmazonEC2ContainerServiceV20141113", "CreateCluster"): return createCluster(input)
        case ("AmazonEC2ContainerServiceV20141113", "DescribeClusters"): return describeClusters(input)
        case ("AmazonEC2ContainerServiceV20141113", "ListClusters"):
            return ["clusterArns": .array(clusters.sorted().map { .string("\(arnPrefix):cluster/\($0)") })]
        case ("AmazonSQS", _): return try askQueue(operation, input, now, base)
        case ("Logs_20140328", "GetLogEvents"): return try logEvents(input)
        default: throw ScriptedRefusal("UnknownOperationException", "\(target) is not scripted.")
        }
    }

    /// What clients did so far. - Parameter isDetailed: with every client token and `startedBy`.
    public func told(isDetailed: Bool) -> JSONValue { counts.json(isDetailed: isDetailed) }

    // MARK: - Time

    /// The next moment at which something happens by itself; nil: nothing will.
    public var nextMoment: Int64? { due.first?.at }

    /// Lets happen what is due.
    public mutating func advance(to now: Int64) {
        while let next = due.first, next.at <= now {
            due.removeFirst()
            switch next.what {
            case .step(let id, let generation):
                guard tasks[id]?.generation == generation else { continue }
                tasks[id]?.advance()
                noteStep(id)
            case .event(let id, let step, let number): deliver(id, step, number)
            }
        }
    }

    /// A task has come to a step: says so in an event, and waits for the next.
    mutating func noteStep(_ id: String) {
        guard let task = tasks[id] else { return }
        if let stoppedAt = task.stoppedAt {
            counts.stopped += 1
            counts.livedMilliseconds += stoppedAt - task.createdAt
        }
        if let next = task.nextStepAt { due.insert(Due(at: next, what: .step(id, task.generation))) }
        let step = task.current
        var random = ScriptRandom(seed: script.seed, purpose: "event", key: id, number: step)
        if random.happens(script.eventLossProbability) {
            counts.eventsLost += 1
            return
        }
        let copies = random.happens(script.eventDuplicateProbability) ? 2 : 1
        counts.eventsDuplicated += copies - 1
        for copy in 0..<copies {
            let at = task.steps[step].at + random.value(in: script.eventDelayMilliseconds)
            due.insert(Due(at: at, what: .event(id, step, copy)))
        }
    }

    private mutating func deliver(_ id: String, _ step: Int, _ copy: Int) {
        counts.eventsSent += 1
        for name in queues.keys.sorted() {
            queues[name]?.append(
                ScriptedQueue.Message(id: "\(id)-\(step)-\(copy)", taskID: id, step: step))
        }
    }
}
