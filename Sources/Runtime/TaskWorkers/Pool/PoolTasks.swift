import Engine
import StatesLanguage

/// The tasks that a pool's worker knows: those that wait for room, those that are done, and what came of them.
///
/// It outlives the worker's membership in its group: what runs in this process goes on, whoever owns its partition.
struct PoolTasks: Sendable {
    /// What became of a task at one moment.
    struct Report: Sendable {
        enum News: Sendable {
            case reported(TaskReport)
            /// Nobody wanted it, and it is stopped.
            case stopped
            /// It is known what it waits for.
            case waits
        }

        var task: InflightTask
        var partition: Int
        var news: News
    }

    /// Boxed, so that a table of many tasks stays small.
    private indirect enum Entry: Sendable {
        case entry(Fields)

        var fields: Fields {
            get {
                switch self {
                case .entry(let fields): fields
                }
            }
            set { self = .entry(newValue) }
        }
    }

    private struct Fields: Sendable {
        var task: InflightTask
        var partition: Int
        /// Another process may have started it.
        var isInherited: Bool
        /// Given to the runner.
        var isStarted = false
        /// Its last report is in `arrived`.
        var hasEnded = false
        /// Once a service has accepted it, it takes no room.
        var leavesRoom: Bool
        /// It takes no room: its token, a worker of an activity or a service that has it ends it.
        var isPassive: Bool

        var takesRoom: Bool { isStarted && !hasEnded && !isPassive }
    }

    /// How many tasks are done at a time; further ones wait.
    let runningMax: Int
    private var entries: [String: Entry] = [:]
    /// Those that are not started and need room; one that is not wanted any more may stand here still.
    private var waiting = TaskQueue()
    /// Those that need no room: they wait behind nobody who does.
    private var waitingWithoutRoom = TaskQueue()
    /// What is to be put on the log, by partition and in order. That of a partition which is another worker's now waits for its return.
    private var arrived: [Int: [Report]] = [:]
    private var runningCount = 0
    private(set) var unwantedCount = 0

    init(runningMax: Int) { self.runningMax = runningMax }

    /// How many tasks wait for room.
    var waitingCount: Int { waiting.count + waitingWithoutRoom.count }

    func isKnown(_ taskID: String) -> Bool { entries[taskID] != nil }

    /// Takes a task whose intent is on the log. One that is known stays as it is.
    /// - Parameters:
    ///   - isInherited: another process may have started it.
    ///   - leavesRoom: it takes no room once a service has accepted it.
    mutating func add(_ task: InflightTask, partition: Int, isInherited: Bool, leavesRoom: Bool) {
        let taskID = task.request.taskID
        guard entries[taskID] == nil else { return }
        let leavesItToToken = task.request.taskToken != nil
        let isPassive =
            Self.isActivity(task.request.resource) || ((leavesRoom || leavesItToToken) && task.submission != nil)
        entries[taskID] = .entry(
            Fields(
                task: task, partition: partition, isInherited: isInherited, leavesRoom: leavesRoom, isPassive: isPassive
            ))
        if task.isUnwanted { unwantedCount += 1 }
        if isPassive || task.isUnwanted {
            waitingWithoutRoom.append(taskID)
        } else {
            waiting.append(taskID)
        }
    }

    /// The partition of the task that `next` gives; nil when there is none, or no room.
    mutating func nextPartition() -> Int? { firstWaiting()?.partition }

    /// The next task to give to the runner; nil when there is none, or no room.
    mutating func next() -> (task: InflightTask, isInherited: Bool)? {
        guard let fields = firstWaiting() else { return nil }
        let taskID = fields.task.request.taskID
        entries[taskID]?.fields.isStarted = true
        if fields.task.isUnwanted { entries[taskID]?.fields.isPassive = true }
        if !fields.isPassive, !fields.task.isUnwanted { runningCount += 1 }
        return (fields.task, fields.isInherited)
    }

    /// Drops those in front that are not wanted, or started, by now. - Returns: nil when nothing waits, or there is no room.
    private mutating func firstWaiting() -> Fields? {
        if let fields = Self.first(of: &waitingWithoutRoom, in: entries) { return fields }
        guard let fields = Self.first(of: &waiting, in: entries) else { return nil }
        return runningCount < runningMax ? fields : nil
    }

    private static func first(of queue: inout TaskQueue, in entries: [String: Entry]) -> Fields? {
        while let taskID = queue.first {
            if let fields = entries[taskID]?.fields, !fields.isStarted { return fields }
            queue.dropFirst()
        }
        return nil
    }

    /// Forgets a task, with what came of it.
    mutating func remove(_ taskID: String) {
        guard let fields = entries.removeValue(forKey: taskID)?.fields else { return }
        if fields.takesRoom { runningCount -= 1 }
        if fields.task.isUnwanted { unwantedCount -= 1 }
        dropReports(of: taskID, fields.partition)
    }

    /// Forgets the tasks of a partition that are not in flight any more, since another worker has seen to them, and those that wait.
    /// - Returns: those that this worker had started.
    mutating func keep(_ inflight: Set<String>, ofPartition partition: Int) -> [String] {
        var gone: [String] = []
        for (taskID, entry) in entries where entry.fields.partition == partition {
            guard !entry.fields.isStarted || !inflight.contains(taskID) else { continue }
            if entry.fields.isStarted { gone.append(taskID) }
            remove(taskID)
        }
        return gone
    }

    /// Forgets what waits for room in a partition that is another worker's now, and what was to be said of waiting.
    mutating func dropWaiting(ofPartition partition: Int) {
        arrived[partition]?.removeAll { if case .waits = $0.news { true } else { false } }
        for (taskID, entry) in entries where entry.fields.partition == partition && !entry.fields.isStarted {
            remove(taskID)
        }
    }

    // MARK: - What is given up

    /// What is to be done about a task that nobody wants any more.
    enum Dismissal: Sendable, Equatable {
        /// Nothing was started: it is forgotten.
        case forgotten
        /// The runner must stop it; until it has, it stays here.
        case stop(InflightTask)
        /// It is being stopped.
        case underWay(InflightTask)
    }

    /// Nobody wants a task any more, and what came of it.
    /// - Parameter submission: its handle, where another process has got it; nil: what is known counts.
    mutating func dismiss(_ taskID: String, submission: String? = nil) -> Dismissal {
        if let submission { entries[taskID]?.fields.task.submission = submission }
        guard let fields = entries[taskID]?.fields else { return .forgotten }
        guard fields.isStarted || fields.isInherited else {
            remove(taskID)
            return .forgotten
        }
        if fields.task.isUnwanted, fields.isStarted { return .underWay(fields.task) }
        if fields.takesRoom { runningCount -= 1 }
        if !fields.task.isUnwanted { unwantedCount += 1 }
        entries[taskID]?.fields.task.isUnwanted = true
        entries[taskID]?.fields.hasEnded = false
        entries[taskID]?.fields.isStarted = true
        entries[taskID]?.fields.isPassive = true
        dropReports(of: taskID, fields.partition)
        var task = fields.task
        task.isUnwanted = true
        return .stop(task)
    }

    /// A task that was given up is stopped. - Returns: whether it is to be put on the log.
    mutating func stopped(_ taskID: String) -> Bool {
        guard let fields = entries[taskID]?.fields, fields.task.isUnwanted, !fields.hasEnded else { return false }
        entries[taskID]?.fields.hasEnded = true
        arrived[fields.partition, default: []].append(
            Report(task: fields.task, partition: fields.partition, news: .stopped))
        return true
    }

    // MARK: - Reports

    /// - Returns: false when it is of no interest: the task is not known, or not wanted, any more.
    mutating func note(_ report: TaskReport, of taskID: String) -> Bool {
        guard var fields = entries[taskID]?.fields, !fields.hasEnded, !fields.task.isUnwanted else { return false }
        let tookRoom = fields.takesRoom
        fields.hasEnded = report.isFinal
        if case .submitted(let output) = report {
            fields.task.submission = output
            if fields.task.request.taskToken != nil || fields.leavesRoom { fields.isPassive = true }
        }
        if tookRoom, !fields.takesRoom { runningCount -= 1 }
        entries[taskID]?.fields = fields
        arrived[fields.partition, default: []].append(
            Report(task: fields.task, partition: fields.partition, news: .reported(report)))
        return true
    }

    /// Notes what tasks wait for that no service has yet; what has changed is to be put on the log.
    /// - Parameters:
    ///   - waits: of those that the runner has, by id.
    ///   - before: only tasks whose intent was on the log by then, in epoch milliseconds.
    ///   - partitions: this worker's own.
    mutating func note(waits: [String: String], before: Int64, ofPartitions partitions: Set<Int>) {
        var changed: [String] = []
        for (taskID, entry) in entries {
            let fields = entry.fields
            guard fields.task.submission == nil, !fields.task.isUnwanted, !fields.hasEnded,
                fields.task.intentAt <= before, partitions.contains(fields.partition)
            else { continue }
            let reason = fields.isStarted ? waits[taskID] : "room: this worker does \(runningMax) tasks at a time"
            guard let reason, reason != fields.task.waitsFor else { continue }
            entries[taskID]?.fields.task.waitsFor = reason
            changed.append(taskID)
        }
        for taskID in changed.sorted() {
            guard let fields = entries[taskID]?.fields else { continue }
            arrived[fields.partition, default: []].append(
                Report(task: fields.task, partition: fields.partition, news: .waits))
        }
    }

    /// What is to be put on the log for a partition, in order. It stays until `settle`.
    func reports(ofPartition partition: Int) -> [Report] { arrived[partition] ?? [] }

    /// Whether there is something to be put on the log for one of these partitions.
    func hasReports(ofPartitions partitions: Set<Int>) -> Bool {
        partitions.contains { arrived[$0]?.isEmpty == false }
    }

    private mutating func dropReports(of taskID: String, _ partition: Int) {
        if arrived[partition]?.isEmpty == false { arrived[partition]?.removeAll { $0.task.request.taskID == taskID } }
    }

    /// The first `count` reports of a partition are on the log.
    /// - Parameter reduce: what is kept of a task whose handle is on the log.
    /// - Returns: the tasks that have ended with them.
    mutating func settle(_ count: Int, ofPartition partition: Int, reduce: (InflightTask) -> InflightTask) -> [String] {
        let settled = reports(ofPartition: partition).prefix(count)
        arrived[partition]?.removeFirst(settled.count)
        var ended: [String] = []
        for report in settled {
            let taskID = report.task.request.taskID
            switch report.news {
            case .stopped: remove(taskID)
            case .waits: break
            case .reported(let news) where news.isFinal:
                ended.append(taskID)
                entries[taskID] = nil
            case .reported(.submitted):
                self.reduce(taskID, by: reduce)
            case .reported: break
            }
        }
        return ended
    }

    /// Keeps less of a task, whose handle is on the log.
    mutating func reduce(_ taskID: String, by reduce: (InflightTask) -> InflightTask) {
        guard let task = entries[taskID]?.fields.task else { return }
        entries[taskID]?.fields.task = reduce(task)
    }

    private static func isActivity(_ resource: String) -> Bool {
        if case .activity? = TaskResource(arn: resource) { return true }
        return false
    }
}

extension TaskReport {
    /// True for the last report of a task.
    var isFinal: Bool {
        switch self {
        case .started, .claimed, .submitted, .heartbeat: false
        case .succeeded, .failed: true
        }
    }
}
