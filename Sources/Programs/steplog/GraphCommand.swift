import ArgumentParser
import StatesLanguage
import Terminal

/// Draws a workflow.
struct GraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Prints a workflow as a Mermaid flowchart.",
        discussion: """
              steplog graph order.asl.json > order.mmd

            GitHub, GitLab and many editors draw it in a Markdown block marked mermaid.
            """)

    @Argument(help: "The definition, JSON or YAML.")
    var file: String

    func run() throws {
        let compilation = try DefinitionFile(file).compile(
            CompileOptions(allowPlaceholders: true, includeWarnings: false))
        guard let machine = compilation.machine else {
            let lines = DiagnosticsReport(file: file, diagnostics: compilation.errors).lines
            throw BadInput("The definition can't be drawn:\n" + lines.map { "  \($0)" }.joined(separator: "\n"))
        }
        print(MermaidGraph.text(of: machine), terminator: "")
    }
}
