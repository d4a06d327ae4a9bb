/// `bench NAME…` runs the named benchmarks, `bench` alone lists them.
@main
enum Bench {
    /// Every benchmark: its name on the command line, what it measures, and the function that runs it and prints.
    static let all: [(name: String, summary: String, run: @Sendable () throws -> Void)] = [
        ("json", "decode and encode JSON, against Foundation", JSONBenchmark.run),
        ("engine", "decide, evolve and encode in memory", EngineBenchmark.run),
        ("durable", "executions through a lane on the SQLite log, 50 at a time", DurableBenchmark.run),
    ]

    static func main() throws {
        let names = CommandLine.arguments.dropFirst()
        for name in names {
            guard let benchmark = all.first(where: { $0.name == name }) else {
                print("bench: no benchmark is named \"\(name)\"")
                list()
                return
            }
            try benchmark.run()
        }
        if names.isEmpty { list() }
    }

    private static func list() {
        for benchmark in all { print("  bench \(benchmark.name)   \(benchmark.summary)") }
    }
}
