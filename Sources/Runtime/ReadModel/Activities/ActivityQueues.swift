/// The tasks of activities that no worker has, first in, first out by activity, and the polls that wait for one.
///
/// It holds ids only; what goes with a task stands in the table.
struct ActivityQueues {
    /// A poll that gets a task. The caller resumes it, outside of any lock.
    typealias Match = (continuation: CheckedContinuation<String?, Never>, taskID: String)

    private struct Queue {
        /// Ids from `head` on; those that are not in `activities` any more are passed over.
        var tasks: [String] = []
        var head = 0
        var polls: [ActivityPoll] = []
    }

    private var queues: [String: Queue] = [:]
    /// Of each task that waits.
    private var activities: [String: String] = [:]

    init(_ changes: [ActivityChange]) {
        for change in changes { _ = take(change) }
    }

    /// How many tasks wait, over all activities.
    var taskCount: Int { activities.count }

    mutating func take(_ change: ActivityChange) -> [Match] {
        switch change {
        case .gone(let taskID): activities[taskID] = nil
        case .offered(let taskID, let arn):
            if activities.updateValue(arn, forKey: taskID) == nil {
                queues[arn, default: Queue()].tasks.append(taskID)
                return match(arn)
            }
        }
        return []
    }

    /// The polls stay; the tasks are those that `changes` offers.
    mutating func replaceTasks(with changes: [ActivityChange]) -> [Match] {
        activities = [:]
        for arn in Array(queues.keys) {
            queues[arn]?.tasks = []
            queues[arn]?.head = 0
        }
        return changes.flatMap { take($0) }
    }

    /// Puts a task first again that was taken but not handed out.
    mutating func giveBack(_ taskID: String, of arn: String) -> [Match] {
        guard activities.updateValue(arn, forKey: taskID) == nil else { return [] }
        var queue = queues[arn, default: Queue()]
        queue.tasks.replaceSubrange(..<queue.head, with: CollectionOfOne(taskID))
        queue.head = 0
        queues[arn] = queue
        return match(arn)
    }

    mutating func add(_ poll: ActivityPoll, of arn: String) -> [Match] {
        queues[arn, default: Queue()].polls.append(poll)
        return match(arn)
    }

    /// Takes out the polls that have waited long enough; the caller ends them.
    mutating func removePolls(where isOver: (ActivityPoll) -> Bool) -> [ActivityPoll] {
        var removed: [ActivityPoll] = []
        // ORDER: does not show; each activity's polls are ended for themselves.
        for arn in Array(queues.keys) {
            guard var queue = queues[arn], !queue.polls.isEmpty else { continue }
            let over = queue.polls.filter(isOver)
            guard !over.isEmpty else { continue }
            removed += over
            queue.polls.removeAll(where: isOver)
            queues[arn] = queue.polls.isEmpty && queue.head == queue.tasks.count ? nil : queue
        }
        return removed
    }

    /// Gives the first tasks to the first polls.
    private mutating func match(_ arn: String) -> [Match] {
        guard var queue = queues.removeValue(forKey: arn) else { return [] }
        var matches: [Match] = []
        while queue.head < queue.tasks.count {
            let taskID = queue.tasks[queue.head]
            guard activities[taskID] != nil else {
                queue.head += 1
                continue
            }
            guard !queue.polls.isEmpty else { break }
            guard let continuation = queue.polls.removeFirst().take() else { continue }
            queue.head += 1
            activities[taskID] = nil
            matches.append((continuation, taskID))
        }
        if queue.head == queue.tasks.count {
            queue.tasks = []
            queue.head = 0
        } else if queue.head > 1_024, queue.head > queue.tasks.count / 2 {
            queue.tasks.removeFirst(queue.head)
            queue.head = 0
        }
        if !queue.tasks.isEmpty || !queue.polls.isEmpty { queues[arn] = queue }
        return matches
    }
}
