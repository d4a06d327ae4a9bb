import Engine
import JSON
import StatesLanguage
import Synchronization

/// Runs plans under supervisors of this machine: prepares, launches, finds again, watches, stops.
final class LocalTasks: Sendable {
    let launcher: TaskLauncher
    private let watcher: TaskWatcher
    /// How often supervisors of containers were started again, by launch.
    private let relaunches = Mutex<[String: Int]>([:])
    /// One that ends so often without a result is broken.
    private static let relaunchesMax = 5

    init(_ configuration: LocalTaskConfiguration) throws(SystemCallError) {
        launcher = TaskLauncher(
            tasksDirectory: configuration.tasksDirectory, supervisorCommand: configuration.supervisorCommand)
        watcher = try TaskWatcher()
    }

    /// How many supervisors of this worker are still there.
    var runningCount: Int { watcher.count }

    /// The launches whose supervisors are still there.
    var runningLaunches: Set<String> { watcher.launches }

    /// Starts a prepared task unless it was started before, and watches it in any case.
    /// - Parameter ended: called once with the result, on another thread or, for a task that is over, on this one.
    func run(
        _ launchID: String, _ plan: TaskPlan, ended: @escaping @Sendable (Result<TaskResult, any Error>) -> Void
    ) throws {
        switch try launcher.standing(launchID) {
        case .over(let result): ended(.success(result))
        case .lost where plan.container != nil: try launch(launchID, plan, ended)
        case .lost: ended(Result { try launcher.buryLost(launchID, plan, wasSeen: false) })
        case .running(let news):
            try watcher.watch(launchID, process: nil, news: news) { [self] in tell(launchID, plan, ended) }
        case .unstarted: try launch(launchID, plan, ended)
        }
    }

    private func launch(
        _ launchID: String, _ plan: TaskPlan, _ ended: @escaping @Sendable (Result<TaskResult, any Error>) -> Void
    ) throws {
        let (process, news) = try launcher.launch(launchID)
        try watcher.watch(launchID, process: process, news: news) { [self] in tell(launchID, plan, ended) }
    }

    private func tell(
        _ launchID: String, _ plan: TaskPlan, _ ended: @escaping @Sendable (Result<TaskResult, any Error>) -> Void
    ) {
        if plan.container != nil, (try? launcher.result(launcher.directory(launchID))) == .some(nil),
            relaunches.withLock({
                $0[launchID, default: 0] += 1; return $0[launchID] ?? 0
            }) <= Self.relaunchesMax,
            (try? launch(launchID, plan, ended)) != nil
        {
            return
        }
        ended(
            Result {
                if let result = try launcher.result(launcher.directory(launchID)) { return result }
                return try launcher.buryLost(launchID, plan, wasSeen: true)
            })
    }
}
