import ArgumentParser
import JSON
import StatesLanguage
import Terminal

/// Checks definitions without running them.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Says all that is wrong with definitions, with file, line and column.",
        discussion: """
            Errors are those that AWS refuses a definition for. Warnings are what AWS lacks: loops that cannot end, paths that cannot
            exist, ${Name} placeholders that nothing has replaced yet; and what goes wrong in operation: task definitions without a
            revision, resources known only at run time, callbacks without a timeout, overrides near ECS's 8,192 characters,
            RunTask that nothing retries when it is throttled.

              steplog validate order.asl.json
              steplog validate workflows/*.asl.yaml --format json

            Exit codes: 0 no errors, 1 errors, 2 a file that can't be read.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }
    enum MachineType: String, ExpressibleByArgument, CaseIterable { case standard, express }

    @Argument(help: "Definitions in JSON or YAML.")
    var files: [String]

    @Option(help: "text, a line a finding; or json, a list with an object a file.")
    var format: Format = .text

    @Option(help: "The type of state machine that the definitions are for.")
    var type: MachineType = .standard

    func run() throws {
        var status: Int32 = 0
        var reports: [JSONValue] = []
        for path in files {
            do throws(BadInput) {
                let options = CompileOptions(
                    type: type == .express ? .express : .standard, allowPlaceholders: true, judgesPractice: true)
                let report = DiagnosticsReport(
                    file: path, diagnostics: try DefinitionFile(path).compile(options).diagnostics)
                if report.hasErrors { status = max(status, 1) }
                reports.append(report.json)
                if format == .text { for line in report.lines { print(line) } }
            } catch {
                status = 2
                ProgressView.write("steplog: \(error)\n", to: 2)
                reports.append(["file": .string(path), "result": "UNREADABLE", "message": .string(error.message)])
            }
        }
        if format == .json { print(JSONWriter.prettyText(.array(reports))) }
        if status != 0 { throw ExitCode(status) }
    }
}
