import Glibc
public import JSON

/// Rows of expressions, a JSON object a line: `{"id", "expr", "input", "bindings"}` in, `{"id", "value"}`, `{"id", "undefined": true}` or
/// `{"id", "error"}` out, in order. A bad row gives an error row, and the next one follows.
public struct ExpressionBatch: Sendable {
    private let evaluator: ExpressionEvaluator
    /// A longer line is an error row.
    private static let lineBytesMax = 64 << 20
    private static let bufferBytes = 1 << 16

    public init(_ evaluator: ExpressionEvaluator) { self.evaluator = evaluator }

    /// Reads standard input to its end and writes to standard output, as the rows come.
    public func run() {
        var line: [UInt8] = []
        var isTooLong = false
        var number = 0
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: Self.bufferBytes)
        func finishLine() {
            number += 1
            if isTooLong {
                write(
                    row(
                        id: .null,
                        failure: ExpressionFailure(message: "line \(number) is longer than \(Self.lineBytesMax) bytes")),
                    &output)
            } else if !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
                write(answer(line, number: number), &output)
            }
            line.removeAll(keepingCapacity: true)
            isTooLong = false
        }
        while true {
            // SAFETY: read writes at most `count` bytes into a buffer that outlives the call.
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(STDIN_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            var rest = buffer[..<count]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                if !isTooLong { line += rest[..<end] }
                finishLine()
                rest = rest[(end + 1)...]
            }
            if line.count + rest.count > Self.lineBytesMax { isTooLong = true }
            if isTooLong { line.removeAll() } else { line += rest }
            flush(&output)
        }
        if !line.isEmpty || isTooLong { finishLine() }
        flush(&output)
    }

    /// The answer to one row.
    /// - Parameter number: of the line, from 1; errors of unreadable rows name it.
    public func answer(_ line: [UInt8], number: Int) -> JSONValue {
        let value: JSONValue
        do {
            value = try JSONParser.parse(line)
        } catch {
            return row(
                id: .null,
                failure: ExpressionFailure(message: "line \(number), column \(error.column): \(error.message)"))
        }
        let id = value["id"] ?? .null
        guard case .string(let expression)? = value["expr"] else {
            return row(id: id, failure: ExpressionFailure(message: "line \(number): \"expr\", a string, is missing"))
        }
        switch evaluator.evaluate(expression, input: value["input"], bindings: value["bindings"]) {
        case .value(let result): return ["id": id, "value": result]
        case .undefined: return ["id": id, "undefined": true]
        case .failure(let failure): return row(id: id, failure: failure)
        }
    }

    private func row(id: JSONValue, failure: ExpressionFailure) -> JSONValue {
        var object = JSONObject(minimumCapacity: 3)
        object["id"] = id
        object["error"] = .string(failure.message)
        if let code = failure.code { object["code"] = .string(code) }
        return .object(object)
    }

    private func write(_ row: JSONValue, _ output: inout [UInt8]) {
        JSONWriter.write(row, to: &output)
        output.append(UInt8(ascii: "\n"))
        if output.count >= Self.bufferBytes { flush(&output) }
    }

    private func flush(_ output: inout [UInt8]) {
        if !output.isEmpty { ProgressView.write(output, to: STDOUT_FILENO) }
        output.removeAll(keepingCapacity: true)
    }
}
