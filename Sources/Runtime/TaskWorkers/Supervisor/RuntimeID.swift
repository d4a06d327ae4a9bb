import Engine
import JSON

/// The name of a container at run time, `TASKID-N`, which also ends the address of its metadata.
enum RuntimeID {
    /// - Parameter index: the container's place in the plan; N counts from 1.
    static func text(_ plan: TaskPlan, _ index: Int) -> String {
        let taskID = plan.task["TaskArn"]?.string?.split(separator: "/").last.map(String.init) ?? plan.request.taskID
        return "\(taskID)-\(index + 1)"
    }
}
