/// The files of one task.
struct TaskDirectory: Sendable, Equatable {
    /// Absolute.
    let path: String

    /// What to run (`TaskPlan`); there from the directory's first moment.
    var plan: String { "\(path)/plan.json" }
    /// A FIFO that the supervisor holds open for writing as long as it lives; one byte in it: the result is there.
    var alive: String { "\(path)/alive" }
    /// A FIFO that wakes the supervisor, to look for `stop`.
    var control: String { "\(path)/control" }
    /// Number and start time of the supervisor. Its exclusive creation is what makes a task start once at most.
    var handle: String { "\(path)/handle" }
    /// A line for each process that the supervisor started (`RunningProcess`).
    var processes: String { "\(path)/processes" }
    /// A line for each container that was ever made for it in an engine: its name there.
    var containers: String { "\(path)/containers" }
    /// Asks for the task's end; its text is the reason.
    var stop: String { "\(path)/stop" }
    /// How it ended (`TaskResult`).
    var result: String { "\(path)/result.json" }
    /// Where the supervisor itself complains.
    var supervisorLog: String { "\(path)/supervisor.log" }
    /// Says that the result has been taken over: the task is nobody's concern any more.
    var acknowledged: String { "\(path)/acknowledged" }

    /// A file of the task: a log, an input.
    func file(_ name: String) -> String { "\(path)/\(name)" }
}
