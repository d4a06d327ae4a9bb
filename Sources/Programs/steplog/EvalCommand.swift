import ArgumentParser
import JSON
import Terminal

/// Tries an expression.
struct EvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval", abstract: "Evaluates an expression on an input.",
        discussion: """
              steplog eval --language jsonpath '$.items[?(@.price > 10)].name' --input @order.json
              steplog eval --language intrinsic "States.Format('Hello {}', $.name)" --input '{"name": "Ada"}'
              steplog eval --language jsonpath '$$.Execution.Name' --context '{"Execution": {"Name": "try"}}'
              steplog eval --language jsonpath --batch < rows.jsonl

            --batch reads a JSON object a line, {"id", "expr", "input"}, and writes one a line: {"id", "value"},
            {"id", "undefined": true} or {"id", "error"}.

            Exit codes: 0 a value, 1 the expression failed or found nothing, 2 something given can't be used.
            """)

    enum Language: String, ExpressibleByArgument, CaseIterable { case jsonpath, intrinsic }

    @Option(help: "The language of the expression.")
    var language: Language

    @Argument(help: "The expression.")
    var expression: String?

    @Option(help: "What $ stands for: JSON, @FILE, or - for standard input.")
    var input: String?

    @Option(help: "The context object ($$): JSON or @FILE.")
    var context: String?

    @Option(help: "Workflow variables, an object: JSON or @FILE.")
    var variables: String?

    @Flag(help: "Evaluate the rows of standard input.")
    var batch = false

    func run() throws {
        let evaluator = ExpressionEvaluator(
            language: language == .jsonpath ? .jsonpath : .intrinsic, context: try context.map { try InputArgument.value($0, option: "--context") },
            variables: try variables.map { try InputArgument.value($0, option: "--variables") })
        if batch {
            guard expression == nil, input == nil else { throw BadInput("--batch takes expressions and inputs from standard input.") }
            return ExpressionBatch(evaluator).run()
        }
        guard let expression else { throw BadInput("Which expression? Write it behind the options; --batch takes many.") }
        switch evaluator.evaluate(expression, input: try input.map { try InputArgument.value($0, option: "--input") }) {
        case .value(let value): print(JSONWriter.prettyText(value))
        case .undefined: throw ExitCode(1)
        case .failure(let failure):
            ProgressView.write("\(failure.lines(of: expression).joined(separator: "\n"))\n", to: 2)
            throw ExitCode(1)
        }
    }
}

