import ArgumentParser
import BatchStore
import EventLogEmbedded
import Foundation
import LogReplay
import Terminal

/// Makes a SQLite log of a file that `steplog export` wrote.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Makes a SQLite log of a file that export wrote.",
        discussion: """
              steplog import incident.jsonl --log incident.sqlite
              steplog import incident.jsonl --log incident.sqlite --partitions 1    # for steplog dev, which has one

            Exit codes: 0 done, 2 what was given can't be used; nothing is left then.
            """)

    @Argument(help: "The file; - for standard input.")
    var file: String

    @Option(help: "The SQLite file to make; there must be none of the name.")
    var log: String

    @Option(help: "Partitions of the events; as many as there were without it.")
    var partitions: Int?

    func validate() throws {
        if let partitions, !(1...10_000).contains(partitions) {
            throw ValidationError("--partitions takes a number from 1 to 10000.")
        }
    }

    func run() throws {
        try RunPlaces.checkFolder(of: log)
        guard !FileManager.default.fileExists(atPath: log) else {
            throw BadInput("--log \(log) exists already; choose another name.")
        }
        let storage = try SQLiteBatchStorage(path: log, durability: .process)
        do {
            let lines = try LineFile(file)
            let result = try LogImport(into: EmbeddedLog(storage), eventPartitions: partitions) { try lines.next() }
            storage.close()
            ProgressView.write("steplog: \(result.recordCount) records read\n", to: 2)
        } catch {
            storage.close()
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: log + suffix) }
            guard let error = error as? ExportError else { throw error }
            throw BadInput("\(file): \(error)")
        }
    }
}
