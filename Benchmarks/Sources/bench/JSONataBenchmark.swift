import Foundation
import JSON
import JSONata

/// Evaluates the ten expressions of `../shared/conformance/jsonata-bench.json`, each compiled once, with `$states` bound.
///
/// Prints one JSON line for each: evaluations per second of CPU time, median of five runs of at least 0.4 s.
enum JSONataBenchmark {
    static func run() throws {
        let path =
            (ProcessInfo.processInfo.environment["STEPLOG_SHARED"] ?? "../shared") + "/conformance/jsonata-bench.json"
        guard let data = FileManager.default.contents(atPath: path) else {
            print("jsonata: skipped, there is no \(path)")
            return
        }
        let document = try JSONParser.parse(Array(data))
        let bindings = document["bindings"]?.object?.members.map { (name: $0.key, value: $0.value) } ?? []
        for test in document["cases"]?.array ?? [] { try measure(test, bindings) }
    }

    private static func measure(_ test: JSONValue, _ bindings: [(name: JSONString, value: JSONValue)]) throws {
        let name = test["name"]?.string ?? ""
        let expression = try JSONataExpression(test["expr"]?.string ?? "")
        let environment = JSONataEnvironment(nowMilliseconds: 1_732_270_530_123, random: SeededRandom(1, 2))
        guard case .value(let value) = try expression.evaluate(bindings: bindings, environment: environment),
            value == test["expect"]
        else { throw WrongResult(name: name) }
        var rates: [Double] = []
        for _ in 0..<5 {
            var (count, batch) = (0, 16)
            let start = cpuSeconds()
            var spent = 0.0
            while spent < 0.4 {
                for _ in 0..<batch { _ = try expression.evaluate(bindings: bindings, environment: environment) }
                count += batch
                spent = cpuSeconds() - start
                if spent < 0.05 { batch *= 2 }
            }
            rates.append(Double(count) / spent)
        }
        rates.sort()
        print("{\"name\":\"\(name)\",\"eval_per_s\":\(Int(rates[2]))}")
    }

    private static func cpuSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

    /// An expression that did not give the recorded result.
    private struct WrongResult: Error, CustomStringConvertible {
        var name: String
        var description: String { "jsonata: \(name) gives another result than recorded" }
    }
}
