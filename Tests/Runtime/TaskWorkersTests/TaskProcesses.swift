@testable import TaskWorkers

/// The processes of a task that are alive.
enum TaskProcesses {
    static func count(of bench: TaskBench, _ launchID: String) -> Int {
        let marker = Array("\(TaskPlan.markerName)=\(bench.configuration.tasksDirectory)/\(launchID)".utf8)
        let names = (try? File.names(in: "/proc")) ?? []
        return names.filter { name in
            guard Int(name) != nil, let environment = try? File.read("/proc/\(name)/environ") else { return false }
            return environment.split(separator: 0).contains { $0.elementsEqual(marker) }
        }.count
    }
}
