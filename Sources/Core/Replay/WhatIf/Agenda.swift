import Engine

/// What is still to be told to an execution, the earliest first; of one time, in the order in which it was added.
struct Agenda {
    enum Action {
        case report(taskID: String, TaskReport, seed: UInt64)
        case request(Command, seed: UInt64)
    }

    struct Entry {
        /// Epoch milliseconds.
        var time: Int64
        var action: Action
    }

    /// The last one is the next one.
    private var entries: [Entry] = []

    var first: Entry? { entries.last }

    mutating func add(_ time: Int64, _ action: Action) {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].time > time { low = middle + 1 } else { high = middle }
        }
        entries.insert(Entry(time: time, action: action), at: low)
    }

    mutating func removeFirst() { _ = entries.popLast() }
}

extension Execution {
    /// Ids of the tasks that end when `deadline` (epoch milliseconds) passes.
    func tasksTimed(at deadline: Int64) -> [String] {
        liveFrames.compactMap { frame in
            guard case .task(let task) = frame.activity else { return nil }
            let isTimed = [task.timeoutDeadline, task.heartbeatDeadline, self.deadline].contains(deadline)
            return isTimed ? task.taskID : nil
        }
    }
}
