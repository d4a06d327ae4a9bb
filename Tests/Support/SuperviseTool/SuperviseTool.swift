import Glibc
import TaskWorkers

/// `SuperviseTool DIRECTORY`: what `steplog supervise DIRECTORY` does, for tests, without the rest of Steplog.
@main
struct SuperviseTool {
    static func main() {
        exit(Supervisor.run(directory: CommandLine.arguments.last ?? ""))
    }
}
