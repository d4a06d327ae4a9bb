import ArgumentParser
import Foundation
import JSON
import JSONata
import Terminal

/// Tries an expression.
struct EvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval", abstract: "Evaluates an expression on an input.",
        discussion: """
              steplog eval '$sum(items.price)' --input @order.json
              steplog eval '{% $states.input.items[0] %}' --input @order.json       # as a definition has it
              steplog eval --language jsonpath '$.items[?(@.price > 10)].name' --input @order.json
              steplog eval --language intrinsic "States.Format('Hello {}', $.name)" --input '{"name": "Ada"}'
              steplog eval --batch < rows.jsonl

            Without an expression, on a terminal, expressions are read and answered one by one.
            --batch reads a JSON object a line, {"id", "expr", "input", "bindings"}, and writes one a line: {"id", "value"},
            {"id", "undefined": true} or {"id", "error", "code"}.

            Exit codes: 0 a value, or undefined (nothing is printed); 1 the expression failed; 2 something given can't be used.
            """)

    enum Language: String, ExpressibleByArgument, CaseIterable { case jsonata, jsonpath, intrinsic }
    enum Limits: String, ExpressibleByArgument, CaseIterable { case steplog, aws }

    @Option(help: "The language of the expression.")
    var language: Language = .jsonata

    @Argument(help: "The expression.")
    var expression: String?

    @Option(help: "What $ stands for: JSON, @FILE, or - for standard input.")
    var input: String?

    @Option(help: "The context object ($$, $states.context): JSON or @FILE.")
    var context: String?

    @Option(help: "Workflow variables, an object: JSON or @FILE.")
    var variables: String?

    @Option(help: "aws: JSONata's values are limited in size as on AWS; its depth is in any case.")
    var limits: Limits = .steplog

    @Flag(help: "Evaluate the rows of standard input.")
    var batch = false

    func run() throws {
        let evaluator = ExpressionEvaluator(
            language: ExpressionLanguage(rawValue: language.rawValue) ?? .jsonata,
            context: try context.map { try InputArgument.value($0, option: "--context") },
            variables: try variables.map { try InputArgument.value($0, option: "--variables") },
            limits: limits == .aws ? .aws : .withoutMemoryLimit)
        if batch {
            guard expression == nil, input == nil else {
                throw BadInput(
                    "--batch takes its expressions and inputs from standard input, and none from the command line.")
            }
            return ExpressionBatch(evaluator).run()
        }
        let document = try input.map { try InputArgument.value($0, option: "--input") }
        if let expression {
            guard show(evaluator.evaluateAsWritten(expression, input: document), of: expression) else {
                throw ExitCode(1)
            }
        } else {
            guard isatty(0) == 1 else {
                throw BadInput("Which expression? Write it behind the options; --batch takes many.")
            }
            converse(evaluator, document)
        }
    }

    /// Reads and answers expressions until the end of the input.
    private func converse(_ evaluator: ExpressionEvaluator, _ document: JSONValue?) {
        while true {
            ProgressView.write("\(language.rawValue)> ", to: 2)
            guard let line = readLine() else { break }
            if line.allSatisfy(\.isWhitespace) { continue }
            _ = show(evaluator.evaluateAsWritten(line, input: document), of: line)
        }
        ProgressView.write("\n", to: 2)
    }

    /// - Returns: false when the expression failed.
    private func show(_ result: ExpressionResult, of expression: String) -> Bool {
        switch result {
        case .value(let value): ProgressView.write(JSONWriter.prettyText(value) + "\n", to: 1)
        case .undefined: ProgressView.write("undefined\n", to: 2)
        case .failure(let failure):
            ProgressView.write(failure.lines(of: expression).joined(separator: "\n") + "\n", to: 2)
            return false
        }
        return true
    }
}
