import Foundation
import JSON

/// Decodes and encodes the same documents with Steplog's JSON and with Foundation's coders, in one run.
enum JSONBenchmark {
    static func run() throws {
        print(
            "JSON, MB/s of thread CPU time (least of 25 batches); Foundation = JSONDecoder/JSONEncoder with a Codable enum"
        )
        print(
            row(
                "document", "bytes", "decode", "Foundation", "ratio", "encode", "Foundation", "ratio", "validate",
                "embed"))
        try measure("event", JSONDocuments.event)
        try measure("10 KiB", JSONDocuments.history(bytes: 10 << 10))
        try measure("256 KiB", JSONDocuments.history(bytes: 256 << 10))
    }

    private static func measure(_ name: String, _ value: JSONValue) throws {
        let bytes = JSONWriter.bytes(value)
        let text = JSONWriter.text(value)
        let data = Data(bytes)
        let decoder = JSONDecoder()
        let encoder = JSONEncoder()
        let codable = try decoder.decode(CodableJSONValue.self, from: data)
        let times = try Stopwatch.leastInTurns(
            { try JSONParser.parse(bytes).object?.count ?? 0 },
            { try decoder.decode(CodableJSONValue.self, from: data).count },
            { JSONWriter.bytes(value).count },
            { try encoder.encode(codable).count },
            { JSONParser.isValid(bytes) ? 1 : 0 },
            {
                var output: [UInt8] = []
                JSONWriter.write(text, to: &output)
                return output.count
            })
        func speed(_ index: Int) -> String { String(format: "%.0f", Double(bytes.count) / times[index] / 1e6) }
        func ratio(_ slow: Int, _ fast: Int) -> String { String(format: "%.1f×", times[slow] / times[fast]) }
        print(
            row(
                name, "\(bytes.count)", speed(0), speed(1), ratio(1, 0), speed(2), speed(3), ratio(3, 2), speed(4),
                speed(5)))
    }

    private static func row(_ cells: String...) -> String {
        cells.map { $0 + String(repeating: " ", count: max(1, 11 - $0.count)) }.joined()
    }
}

extension CodableJSONValue {
    fileprivate var count: Int {
        guard case .object(let members) = self else { return 1 }
        return members.count
    }
}
