import ArgumentParser
import Foundation
import LogReplay
import Terminal

/// Writes what a log says of executions into a file.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes a log's events and definitions into a file that can be taken elsewhere.",
        discussion: """
              steplog export --log orders.sqlite --to-file incident.jsonl --execution order/order-7
              steplog export --brokers kafka:9092 --from 2026-11-22T14:00:00Z --to 2026-11-22T15:00:00Z > hour.jsonl

            A line is a record, in JSON: topic, partition, offset, timestamp, key, headers, value. All of inputs, outputs and
            variables is in it. Commands and task requests are not: what reads the file does nothing anew.

            Exit codes: 0 done, 2 what was given can't be used, 3 parts of the log could not be read and are not in the file.
            """)

    @Option(help: "The file; standard output without it. One that exists is not overwritten.")
    var toFile: String?

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var options: LogOptions

    func run() throws {
        let log = try options.open()
        defer { log.close() }
        let selected = try selection.selection(in: log)
        var file = FileHandle.standardOutput
        if let toFile {
            guard !FileManager.default.fileExists(atPath: toFile) else {
                throw BadInput("--to-file \(toFile) exists already; choose another name.")
            }
            guard FileManager.default.createFile(atPath: toFile, contents: nil, attributes: [.posixPermissions: 0o600]),
                let handle = FileHandle(forWritingAtPath: toFile)
            else { throw BadInput("--to-file \(toFile) can't be written.") }
            file = handle
        }
        let export = try LogExport(log.scan, selected) { try file.write(contentsOf: Data($0)) }
        ProgressView.write("steplog: \(export.recordCount) records written\n", to: 2)
        guard log.damage.isEmpty else {
            ProgressView.write(log.damage.map { "steplog: damaged: \($0)\n" }.joined(), to: 2)
            throw ExitCode(3)
        }
    }
}
