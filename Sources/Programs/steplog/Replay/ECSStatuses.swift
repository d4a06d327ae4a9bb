import JSON
import TaskWorkers

/// Asks ECS how tasks are, for those who ask what an execution waits for.
struct ECSStatuses {
    private let calls: any ECSCalls

    init(_ calls: any ECSCalls) { self.calls = calls }

    /// The tasks of a worker's note with what DescribeTasks says of them, or why nothing can be said.
    func asked(_ note: JSONObject) -> JSONObject {
        guard let tasks = note["ecsTasks"]?.array else { return note }
        var shown = note
        shown["ecsTasks"] = .array(tasks.map(asked))
        return shown
    }

    private func asked(_ task: JSONValue) -> JSONValue {
        guard case .object(var object) = task, let arn = object["taskArn"]?.string else { return task }
        object["asked"] = .string(status(arn))
        return .object(object)
    }

    /// `RUNNING`, `STOPPED, TaskFailedToStart: …`, or what went wrong with asking.
    private func status(_ arn: String) -> String {
        // arn:aws:ecs:REGION:ACCOUNT:task/CLUSTER/ID; without the cluster in old ones.
        let parts = arn.split(separator: "/")
        let cluster = parts.count == 3 ? String(parts[1]) : "default"
        do throws(ECSCallError) {
            let answer = try calls.call(
                "ecs", "DescribeTasks", ["cluster": .string(cluster), "tasks": [.string(arn)]], role: nil)
            guard let task = answer.output["tasks"]?.array?.first else {
                return answer.output["failures"]?.array?.first?["reason"]?.string ?? "MISSING"
            }
            let words = ["lastStatus", "stopCode", "stoppedReason"].compactMap { task[$0]?.string }
            let desired = task["desiredStatus"]?.string ?? ""
            let change = desired.isEmpty || desired == words.first ? [] : ["desired \(desired)"]
            return (words + change).joined(separator: ", ")
        } catch {
            return "ECS can't be asked: \(error)"
        }
    }
}
