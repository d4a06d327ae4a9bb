/// `bench` runs every benchmark, `bench NAME…` the named ones, `bench --list` says which there are.
@main
enum Bench {
    /// Every benchmark: its name on the command line, what it measures, and the function that runs it and prints.
    static let all: [(name: String, summary: String, run: @Sendable () throws -> Void)] = [
        ("json", "decode and encode JSON, against Foundation", JSONBenchmark.run),
        (
            "jsonata", "evaluate the ten expressions of the shared conformance data, JSON lines for comparison",
            JSONataBenchmark.run
        ),
        ("engine", "decide, evolve and encode in memory", EngineBenchmark.run),
        ("replay", "fold events from memory and from SQLite", ReplayBenchmark.run),
        ("log", "encode records and commit them to SQLite", LogBenchmark.run),
        ("durable", "executions through a lane on the SQLite log, 50 at a time", DurableBenchmark.run),
        ("takeover", "memory and takeover of 100,000 executions that wait, on the SQLite log", TakeoverBenchmark.run),
        (
            "kafka", "the engine on Kafka's brokers beside a C program that writes the same, latency and takeover",
            KafkaBenchmark.run
        ),
    ]

    static func main() throws {
        let names = Array(CommandLine.arguments.dropFirst())
        if names == ["--list"] {
            for benchmark in all { print("bench \(benchmark.name)   \(benchmark.summary)") }
            return
        }
        for name in names where !all.contains(where: { $0.name == name }) {
            throw UnknownBenchmark(description: "no benchmark is named \"\(name)\"; `bench --list` names them")
        }
        for benchmark in all where names.isEmpty || names.contains(benchmark.name) { try benchmark.run() }
    }
}

/// A name on the command line that is none of `Bench.all`.
private struct UnknownBenchmark: Error, CustomStringConvertible {
    let description: String
}
