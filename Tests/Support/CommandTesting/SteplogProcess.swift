import Dispatch
public import Foundation

/// A run of the built `steplog`, as a user at a shell would start it.
public struct SteplogProcess {
    /// How a finished process ended and what it printed.
    public struct Outcome: Sendable {
        /// The exit status, or the signal's number with `wasKilled`.
        public var status: Int32
        public var wasKilled: Bool
        public var output: String
        public var messages: String
    }

    /// `STEPLOG_BINARY`, or the program beside the tests' own bundle: both are built into one directory.
    public static let binary: URL = {
        if let path = ProcessInfo.processInfo.environment["STEPLOG_BINARY"] { return URL(filePath: path) }
        let tests =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(filePath: tests).deletingLastPathComponent().appending(path: "steplog")
    }()

    private let process = Process()
    private let ended = DispatchSemaphore(value: 0)
    private let scratch: URL

    /// Starts `steplog arguments…` in `folder`, with the binary's directory on the PATH.
    /// - Parameters:
    ///   - program: another build of it.
    ///   - environment: what is set besides the tests' own environment.
    ///   - input: what it reads from standard input; nil for nothing.
    public init(
        _ arguments: [String], in folder: URL, program: URL = Self.binary, environment: [String: String] = [:],
        input: String? = nil
    ) throws {
        scratch = try Self.temporaryFolder()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var variables = ProcessInfo.processInfo.environment
        variables["PATH"] = Self.binary.deletingLastPathComponent().path + ":" + (variables["PATH"] ?? "/usr/bin:/bin")
        process.environment = variables.merging(environment) { $1 }
        // Files and not pipes: nobody has to read while the program runs.
        process.standardInput = try Self.input(input, scratch.appending(path: "input"))
        process.standardOutput = try Self.emptyFile(scratch.appending(path: "output"))
        process.standardError = try Self.emptyFile(scratch.appending(path: "messages"))
        process.terminationHandler = { [ended] _ in ended.signal() }
        try process.run()
    }

    public var identifier: Int32 { process.processIdentifier }

    /// Whether the process ends within so many seconds; returns as soon as it does.
    public func hasEnded(within seconds: Double) -> Bool {
        guard ended.wait(timeout: .now() + seconds) == .success else { return false }
        ended.signal()
        return true
    }

    /// Waits for the end. The files that held the output are deleted.
    public func wait() throws -> Outcome {
        process.waitUntilExit()
        let output = try String(contentsOf: scratch.appending(path: "output"), encoding: .utf8)
        let messages = try String(contentsOf: scratch.appending(path: "messages"), encoding: .utf8)
        try FileManager.default.removeItem(at: scratch)
        return Outcome(
            status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal, output: output,
            messages: messages)
    }

    /// Starts it and waits for its end.
    public static func run(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:], input: String? = nil
    ) throws -> Outcome {
        try SteplogProcess(arguments, in: folder, environment: environment, input: input).wait()
    }

    /// A new folder that the caller deletes.
    public static func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "steplog-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private static func input(_ text: String?, _ url: URL) throws -> FileHandle {
        guard let text else { return FileHandle.nullDevice }
        try Data(text.utf8).write(to: url)
        return try FileHandle(forReadingFrom: url)
    }

    private static func emptyFile(_ url: URL) throws -> FileHandle {
        try Data().write(to: url)
        return try FileHandle(forWritingTo: url)
    }
}
