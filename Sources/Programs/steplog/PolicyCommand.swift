import ArgumentParser
import JSON
import Permissions
import StatesLanguage
import Terminal

/// Prints what the role of a state machine must be allowed to do.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Prints the IAM policy that definitions need, as narrow as they allow.",
        discussion: """
            The policy is for the execution role of the state machine. Standard error says which grants are wider than the
            calls are, and why: an ARN that comes from input, an action without resources, roles that are not known.

              steplog policy order.asl.json --task-definitions task-definitions --region eu-west-1 --account 123456789012
              steplog policy order.asl.json > policy.json
              steplog policy a.asl.json b.asl.yaml --format json   # one policy for both, what is wide as a member

            Region and account are those of the ARNs in the files where all agree.
            Exit codes: 0 a policy is printed, 2 a file can't be used.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: "Definitions in JSON or YAML; the policy allows what any of them does.")
    var files: [String]

    @Option(help: "A folder of task definitions (JSON), whose roles are passed to ECS.")
    var taskDefinitions: String?

    @Option(help: "The region the state machine runs in.")
    var region: String?

    @Option(help: "The account the state machine runs in.")
    var account: String?

    @Option(help: "The state machine's name; the file's when it is not given.")
    var name: String?

    @Option(help: "text, the policy alone; or json, an object with policy and notNarrowed.")
    var format: Format = .text

    func run() throws {
        let known = try taskDefinitions.map { try TaskDefinitionFiles.read(folder: $0) } ?? [:]
        var plan = PermissionPlan()
        for path in files {
            let file = try DefinitionFile(path)
            let compilation = file.compile(CompileOptions(allowPlaceholders: true, includeWarnings: false))
            guard let machine = compilation.machine else {
                let lines = DiagnosticsReport(file: path, diagnostics: compilation.errors).lines
                throw BadInput("The definition has errors:\n" + lines.map { "  \($0)" }.joined(separator: "\n"))
            }
            let settings = PermissionSettings(
                region: region, account: account, machineName: name ?? file.machineName, taskDefinitions: known)
            let definition = (try? JSONParser.parse(file.text)) ?? .null
            let roles = known.sorted { $0.key < $1.key }.map(\.value)
            plan.merge(PermissionPlanner.plan(for: machine, settings: settings.completed(from: [definition] + roles)))
        }
        switch format {
        case .text:
            print(JSONWriter.prettyText(plan.policy))
            for remark in plan.remarks { ProgressView.write("steplog: not narrowed: \(remark.text)\n", to: 2) }
        case .json:
            print(JSONWriter.prettyText(["policy": plan.policy, "notNarrowed": plan.remarksJSON]))
        }
    }
}
