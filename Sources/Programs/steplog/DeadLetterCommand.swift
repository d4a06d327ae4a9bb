import ArgumentParser
import EventLog
import JSON
import PartitionProcessor
import TaskWorkers
import Terminal

/// Records that could not be processed: what they are, and back they go.
struct DeadLetterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deadletter", abstract: "Shows records that could not be processed, and puts them back.",
        discussion: """
              steplog deadletter list --brokers kafka-1:9092
              steplog deadletter show 12 --log orders.sqlite
              steplog deadletter retry arn:aws:states:us-east-1:123456789012:execution:Orders:o-7 --brokers kafka-1:9092

            A command that ended the engine's process three times is put aside, and what follows for the same execution waits behind
            it. `retry` puts all of them back in their order; the execution then goes on. The same holds for an execution of which an
            event or checkpoint can't be read, or whose definition is gone: mend what the reason names, then `retry`.

            The file of a running dev can be read; for `retry` end dev first: it goes on where it was when it is started again.

            Exit codes: 0 done, 1 there is no such dead letter, 2 what was given can't be used or no log answers.
            """,
        subcommands: [List.self, Show.self, Retry.self])

    /// One line each.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One line a dead letter: number, place, key and reason.")

        @Option(help: "table for people, json for programs.")
        var output: ClientOptions.OutputFormat = .table

        @OptionGroup var options: LogOptions

        func run() throws {
            let letters = try options.deadLetters()
            switch output {
            case .json:
                ProgressView.write(JSONWriter.prettyText(["deadLetters": .array(letters.map(\.json))]) + "\n", to: 1)
            case .table where letters.isEmpty: ProgressView.write("nothing is put aside\n", to: 1)
            case .table:
                ProgressView.write(DeadLetterTable.lines(letters.map(\.json)).map { $0 + "\n" }.joined(), to: 1)
            }
        }
    }

    /// The record as it is.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Prints one dead letter's record.")

        @Argument(help: "Its number in the list.")
        var number: Int64

        @OptionGroup var options: LogOptions

        func run() throws {
            guard let letter = try options.deadLetters().first(where: { $0.number == number }) else {
                ProgressView.write("There is no dead letter \(number).\n", to: 2)
                throw ExitCode(1)
            }
            for header in letter.headers {
                ProgressView.write("\(header.name): \(String(decoding: header.value ?? [], as: UTF8.self))\n", to: 1)
            }
            ProgressView.write(
                "\n\(String(decoding: letter.key, as: UTF8.self))\n\(String(decoding: letter.value, as: UTF8.self))\n",
                to: 1)
        }
    }

    /// All of one key.
    struct Retry: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Puts the dead letters of a key back where they came from, in their order.")

        @Argument(help: "The key, as the list shows it: most often an execution's ARN.")
        var key: String

        @OptionGroup var options: LogOptions

        func run() throws {
            try options.write { log, names in
                let count = try DeadLetterDesk(log: log, layout: TopicLayout(names: names)).retry(key: Array(key.utf8))
                ProgressView.write("\(count) put back\n", to: 1)
                if count == 0 { throw ExitCode(1) }
            }
        }
    }
}

extension LogOptions {
    /// Those that were not put back, the oldest first.
    fileprivate func deadLetters() throws -> [DeadLetter] {
        let opened = try open()
        defer { opened.close() }
        return try DeadLetterDesk(log: opened.log, layout: TopicLayout(names: opened.names)).letters()
    }
}

extension DeadLetter {
    fileprivate var json: JSONValue {
        [
            "number": .number(.integer(number)),
            "time": .string(CalendarTime(epochMilliseconds: timestamp).iso8601),
            "topic": .string(topic), "partition": .number(.integer(Int64(partition))),
            "offset": .number(.integer(offset)), "key": .string(String(decoding: key, as: UTF8.self)),
            "reason": .string(reason),
        ]
    }
}
