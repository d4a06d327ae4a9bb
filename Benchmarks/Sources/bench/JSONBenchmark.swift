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
        let decode = try Stopwatch.least { try JSONParser.parse(bytes).array?.count ?? 1 }
        let encode = Stopwatch.least { JSONWriter.bytes(value).count }
        let validate = Stopwatch.least { JSONParser.isValid(bytes) ? 1 : 0 }
        let embed = Stopwatch.least {
            var output: [UInt8] = []
            JSONWriter.write(text, to: &output)
            return output.count
        }
        let decoder = JSONDecoder()
        let decodeFoundation = try Stopwatch.least { try decoder.decode(CodableJSONValue.self, from: data).count }
        let encoder = JSONEncoder()
        let codable = try decoder.decode(CodableJSONValue.self, from: data)
        let encodeFoundation = try Stopwatch.least { try encoder.encode(codable).count }
        func speed(_ seconds: Double) -> String { String(format: "%.0f", Double(bytes.count) / seconds / 1e6) }
        print(
            row(
                name, "\(bytes.count)", speed(decode), speed(decodeFoundation),
                String(format: "%.1f×", decodeFoundation / decode),
                speed(encode), speed(encodeFoundation), String(format: "%.1f×", encodeFoundation / encode),
                speed(validate), speed(embed)))
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
