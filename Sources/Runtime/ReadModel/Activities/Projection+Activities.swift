import GRDB
import Synchronization

extension Projection {
    /// Waits for a task of an activity that no worker has, the longest scheduled first. Of this projection's polls one alone gets it;
    /// whether a worker of another process was faster is for the engine to say, which refuses all claims of a task but the first.
    /// - Returns: nil when the poll has ended.
    public func activityTask(of activityArn: String, _ poll: ActivityPoll) async throws -> WaitingActivityTask? {
        let taskID = await withCheckedContinuation { (continuation: CheckedContinuation<String?, Never>) in
            guard poll.begin(continuation) else { return continuation.resume(returning: nil) }
            resume(activityQueues.withLock { $0.add(poll, of: activityArn) })
            if !isWorking { poll.end() }
        }
        guard let taskID else { return nil }
        return try read { try ActivityTable($0).task(taskID) }
    }

    /// A task that was taken may be given to another poll: its claim could not be put on the log.
    public func giveBack(_ task: WaitingActivityTask) {
        resume(activityQueues.withLock { $0.giveBack(task.taskID, of: task.activityArn) })
    }

    /// Another store is served: what waits there takes the place of what waited. A task that was taken meanwhile is offered once more;
    /// its second claim is refused.
    func offerAgain(store: ReadModelStore) {
        do {
            let waiting = try store.database.read { try ActivityTable($0).waiting() }
            resume(activityQueues.withLock { $0.replaceTasks(with: waiting) })
        } catch {
            report("The tasks of activities that wait can't be read: \(error)")
        }
    }

    func take(_ changes: [ActivityChange]) {
        guard !changes.isEmpty else { return }
        resume(activityQueues.withLock { queues in changes.flatMap { queues.take($0) } })
    }

    /// - Parameter all: also those whose time is not over.
    func endLatePolls(all: Bool = false) {
        let now = ContinuousClock.now
        for poll in activityQueues.withLock({ $0.removePolls { all || $0.deadline <= now } }) { poll.end() }
    }

    private func resume(_ matches: [ActivityQueues.Match]) {
        for match in matches { match.continuation.resume(returning: match.taskID) }
    }
}
