import ArgumentParser
import TaskWorkers

/// The supervisor of one task; Steplog starts it, nobody else needs to.
struct SuperviseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "supervise", abstract: "Runs the task in a directory that Steplog prepared.", shouldDisplay: false)

    @Argument(help: "The task's directory.")
    var directory: String

    func run() throws {
        throw ExitCode(Supervisor.run(directory: directory))
    }
}
