import ArgumentParser

@main
struct Steplog: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "steplog", abstract: "Workflows you can read, trace and trust.",
        subcommands: [DevCommand.self, RunCommand.self, SuperviseCommand.self])
}
