import ArgumentParser
import EventLogKafka
import Foundation
import JSON
import Terminal

/// Checks a configuration, and shows what holds.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Checks the configuration, or shows every value and where it comes from.",
        discussion: """
            Layers, the later ones count: defaults, the file of --config, variables of the environment, flags of each command.

              steplog config check --config config/steplog.yaml
              STEPLOG_KAFKA_BROKERS=kafka-1:9092 steplog config show --output json

            Exit codes: 0 it can be used, 2 it can't.
            """, subcommands: [Check.self, Show.self])

    /// Says the first thing that is wrong.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks file and environment, Kafka's settings included; asks no broker.")

        @Option(help: "The configuration's file; without it the environment alone.")
        var config: String?

        func run() throws {
            let environment = ProcessInfo.processInfo.environment
            let settings = try SteplogConfiguration(file: config, environment: environment).kafka
            if !settings.brokers.isEmpty || !settings.properties.isEmpty {
                // librdkafka itself names what it refuses.
                try KafkaLog(
                    KafkaConfiguration(
                        brokers: settings.brokers.isEmpty ? ["localhost:9"] : settings.brokers,
                        properties: settings.properties)
                ).close()
            }
            for line in ConfigurationKey.misspelt(in: environment) { ProgressView.write("steplog: \(line)\n", to: 2) }
            ProgressView.write("\(config ?? "The environment"): can be used\n", to: 1)
        }
    }

    /// Shows all.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Shows every value with its source: the file's line, a variable, or the default. Secrets are not shown."
        )

        enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case table, json }

        @Option(help: "The configuration's file; without it the environment alone.")
        var config: String?

        @Option(help: "table for people, json for programs.")
        var output: OutputFormat = .table

        func run() throws {
            let report = try SteplogConfiguration.report(
                file: config, environment: ProcessInfo.processInfo.environment)
            switch output {
            case .table: ProgressView.write(report.lines.joined(separator: "\n") + "\n", to: 1)
            case .json: ProgressView.write(JSONWriter.prettyText(report.json) + "\n", to: 1)
            }
        }
    }
}
