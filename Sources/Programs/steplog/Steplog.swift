import ArgumentParser

@main
struct Steplog: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "steplog", abstract: "Workflows you can read, trace and trust.",
        subcommands: [RunCommand.self, SuperviseCommand.self])
}
