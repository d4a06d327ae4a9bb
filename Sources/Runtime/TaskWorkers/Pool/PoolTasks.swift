import Engine
import StatesLanguage

/// The tasks that a pool's worker knows: those that wait for room, those that are done, and what came of them.
///
/// It outlives the worker's membership in its group: what runs in this process goes on, whoever owns its partition.
struct PoolTasks: Sendable {
    /// What became of a task at one moment.
    struct Report: Sendable {
        var request: TaskRequest
        var partition: Int
        var report: TaskReport
    }

    private struct Entry: Sendable {
        var inflight: InflightRecord
        var partition: Int
        /// Given to the runner.
        var isStarted = false
        /// Its last report is in `arrived`.
        var hasEnded = false
        /// Nothing is done for it here: its token, or a worker of an activity, ends it.
        var isPassive: Bool
    }

    /// How many tasks are done at a time; further ones wait.
    let runningMax: Int
    private var entries: [String: Entry] = [:]
    /// Ids of those that are not started, in order; one that is not wanted any more may stand here still.
    private var waiting: [String] = []
    private var waitingStart = 0
    /// What is to be put on the log, by partition and in order. That of a partition which is another worker's now waits for its return.
    private var arrived: [Int: [Report]] = [:]
    private var runningCount = 0

    init(runningMax: Int) { self.runningMax = runningMax }

    /// How many tasks wait for room.
    var waitingCount: Int { waiting.count - waitingStart }

    func isKnown(_ taskID: String) -> Bool { entries[taskID] != nil }

    /// Takes a task whose intent is on the log. One that is known stays as it is.
    mutating func add(_ inflight: InflightRecord, partition: Int) {
        let taskID = inflight.request.taskID
        guard entries[taskID] == nil else { return }
        let isSubmitted = inflight.submission != nil && inflight.request.taskToken != nil
        entries[taskID] = Entry(
            inflight: inflight, partition: partition,
            isPassive: isSubmitted || Self.isActivity(inflight.request.resource))
        waiting.append(taskID)
    }

    /// The partition of the task that `next` gives; nil when there is none, or no room.
    mutating func nextPartition() -> Int? { firstWaiting()?.partition }

    /// The next task to give to the runner; nil when there is none, or no room.
    mutating func next() -> InflightRecord? {
        guard let entry = firstWaiting() else { return nil }
        dropFirst()
        entries[entry.inflight.request.taskID]?.isStarted = true
        if !entry.isPassive { runningCount += 1 }
        return entry.inflight
    }

    /// Drops those in front that are not wanted any more. - Returns: nil when nothing waits, or there is no room.
    private mutating func firstWaiting() -> Entry? {
        while waitingStart < waiting.count {
            guard let entry = entries[waiting[waitingStart]], !entry.isStarted else {
                dropFirst()
                continue
            }
            return entry.isPassive || runningCount < runningMax ? entry : nil
        }
        return nil
    }

    private mutating func dropFirst() {
        waitingStart += 1
        guard waitingStart > 1_024, waitingStart * 2 > waiting.count else { return }
        waiting.removeFirst(waitingStart)
        waitingStart = 0
    }

    /// Forgets a task that nobody wants any more, with what came of it.
    mutating func remove(_ taskID: String) {
        guard let entry = entries.removeValue(forKey: taskID) else { return }
        if entry.isStarted, !entry.hasEnded, !entry.isPassive { runningCount -= 1 }
        arrived[entry.partition]?.removeAll { $0.request.taskID == taskID }
    }

    /// Forgets the tasks of a partition that are not in flight any more, since another worker has seen to them, and those that wait.
    /// - Returns: the tasks among them that were given to the runner.
    mutating func keep(_ inflight: Set<String>, ofPartition partition: Int) -> [String] {
        var over: [String] = []
        for (taskID, entry) in entries where entry.partition == partition {
            if !entry.isStarted || !inflight.contains(taskID) { remove(taskID) }
            if entry.isStarted, !inflight.contains(taskID) { over.append(taskID) }
        }
        return over
    }

    /// Forgets what waits for room in a partition that is another worker's now.
    mutating func dropWaiting(ofPartition partition: Int) {
        for (taskID, entry) in entries where entry.partition == partition && !entry.isStarted { remove(taskID) }
    }

    // MARK: - Reports

    /// - Returns: false when it is of no interest: the task is not known any more.
    mutating func note(_ report: TaskReport, of taskID: String) -> Bool {
        guard var entry = entries[taskID], !entry.hasEnded else { return false }
        entry.hasEnded = report.isFinal
        if entry.hasEnded, !entry.isPassive { runningCount -= 1 }
        if case .submitted(let output) = report {
            entry.inflight.submission = output
            if entry.inflight.request.taskToken != nil, !entry.isPassive {
                entry.isPassive = true
                runningCount -= 1
            }
        }
        entries[taskID] = entry
        arrived[entry.partition, default: []].append(
            Report(request: entry.inflight.request, partition: entry.partition, report: report))
        return true
    }

    /// What is to be put on the log for a partition, in order. It stays until `settle`.
    func reports(ofPartition partition: Int) -> [Report] { arrived[partition] ?? [] }

    /// Whether there is something to be put on the log for one of these partitions.
    func hasReports(ofPartitions partitions: Set<Int>) -> Bool {
        partitions.contains { arrived[$0]?.isEmpty == false }
    }

    /// The first `count` reports of a partition are on the log. - Returns: the tasks that have ended with them.
    mutating func settle(_ count: Int, ofPartition partition: Int) -> [String] {
        let settled = reports(ofPartition: partition).prefix(count)
        arrived[partition]?.removeFirst(settled.count)
        let ended = settled.filter { $0.report.isFinal }.map(\.request.taskID)
        for taskID in ended { entries[taskID] = nil }
        return ended
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
