import Engine
import Glibc
import TaskWorkers

/// Programs that tests start.
///
///     SuperviseTool DIRECTORY          what `steplog supervise DIRECTORY` does, without the rest of Steplog
///     SuperviseTool run ROOT FAMILY ID runs a task with .sync as a worker of its own, until it is killed
///     SuperviseTool run ROOT FAMILY ID SOCKET  the same in containers of the engine that listens there
@main
struct SuperviseTool {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard (5...6).contains(arguments.count), arguments[1] == "run" else {
            exit(Supervisor.run(directory: arguments.last ?? ""))
        }
        let root = arguments[2]
        var ecs = ECSConfiguration()
        if arguments.count == 6 {
            ecs.backend = .container
            ecs.container.socket = arguments[5]
        }
        let runner = try LocalTaskRunner(
            LocalTaskConfiguration(
                tasksDirectory: "\(root)/tasks", taskDefinitionsDirectory: "\(root)/definitions",
                workingDirectory: "\(root)/work", ecs: ecs,
                supervisorCommand: [arguments[0]]))
        let request = TaskRequest(
            taskID: arguments[4], executionArn: "", stateMachineArn: "", roleArn: "", stateName: "S",
            resource: "arn:aws:states:::ecs:runTask.sync", input: #"{"TaskDefinition": "\#(arguments[3])"}"#)
        runner.start(request) { _ in }
        while true { pause() }
    }
}
