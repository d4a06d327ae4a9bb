import Engine
import Glibc
import TaskWorkers

/// Programs that tests start.
///
///     SuperviseTool DIRECTORY          what `steplog supervise DIRECTORY` does, without the rest of Steplog
///     SuperviseTool run ROOT FAMILY ID runs a task with .sync as a worker of its own, until it is killed
@main
struct SuperviseTool {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, arguments[1] == "run" else { exit(Supervisor.run(directory: arguments.last ?? "")) }
        let root = arguments[2]
        let runner = try LocalTaskRunner(
            LocalTaskConfiguration(
                tasksDirectory: "\(root)/tasks", taskDefinitionsDirectory: "\(root)/definitions",
                workingDirectory: "\(root)/work",
                supervisorCommand: [arguments[0]]))
        let request = TaskRequest(
            taskID: arguments[4], executionArn: "", stateMachineArn: "", roleArn: "", stateName: "S",
            resource: "arn:aws:states:::ecs:runTask.sync", input: #"{"TaskDefinition": "\#(arguments[3])"}"#)
        runner.start(request) { _ in }
        while true { pause() }
    }
}
