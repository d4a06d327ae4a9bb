public import EventLog

/// How the suite gets logs of one implementation.
public protocol LogHarness: Sendable {
    /// A log without topics. On a shared broker: with topic names, groups and ids that nobody else has used.
    func makeLog() throws -> any TransactionalLog

    /// Ends `log` as the end of its process would, without a farewell, and opens it again.
    func restart(_ log: any TransactionalLog) throws -> any TransactionalLog

    /// Has the log compact `partition` as of `now` (milliseconds since 1970) and returns when it is done.
    func compact(_ log: any TransactionalLog, _ partition: TopicPartition, at now: Int64) throws
}

/// One thing that every log does.
public struct ConformanceCase: Sendable, CustomStringConvertible {
    /// A sentence about behaviour.
    public let description: String
    let body: @Sendable (any LogHarness) throws -> Void

    init(_ description: String, _ body: @escaping @Sendable (any LogHarness) throws -> Void) {
        self.description = description
        self.body = body
    }

    /// - Throws: what does not hold.
    public func run(on harness: any LogHarness) throws {
        try body(harness)
    }

    /// The suite.
    public static let all = topicCases + transactionCases + readerCases + consumerCases + groupCases + durabilityCases
}

/// Something that does not hold.
public struct ConformanceFailure: Error, CustomStringConvertible {
    public let description: String
}

/// - Throws: `ConformanceFailure` that names the place unless `condition` holds.
func expect(
    _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) throws {
    if !condition { throw ConformanceFailure(description: "\(file):\(line): \(message())") }
}

func expectEqual<Value: Equatable>(
    _ found: Value, _ expected: Value, file: StaticString = #fileID, line: UInt = #line
) throws {
    try expect(found == expected, "expected \(expected), found \(found)", file: file, line: line)
}

/// - Throws: unless `body` throws an error with `code` (and, if given, of `kind`).
func expectError(
    _ code: EventLogError.Code, kind: EventLogError.Kind? = nil, file: StaticString = #fileID, line: UInt = #line,
    _ body: () throws -> Void
) throws {
    do {
        try body()
    } catch let error as EventLogError {
        try expect(
            error.code == code && (kind == nil || error.kind == kind),
            "expected \(code), found \(error.kind) \(error.code): \(error)", file: file, line: line)
        try expect(!error.message.isEmpty, "an error has a message", file: file, line: line)
        return
    }
    throw ConformanceFailure(description: "\(file):\(line): expected \(code), found no error")
}
