import BatchStore
import Foundation
import LogReplay
import PartitionProcessor
import ReadModel
import Synchronization
import Terminal

/// Projects a log anew into a file beside the one that is served, and puts it in its place.
struct ReadModelRebuild {
    private let options: ReplayCommand
    private let files: ReadModelFiles
    private let since: ProjectionStart?

    /// How long a process that serves is waited for, which looks twice a second.
    private static let takeSecondsMax = 5.0
    private static let lookSeconds = 0.05

    init(_ options: ReplayCommand) throws {
        self.options = options
        guard let path = options.readModel ?? options.options.log.map({ $0 + ".read-model" }) else {
            throw BadInput("--into read-model of a log on Kafka needs --read-model FILE, the file of the API's role.")
        }
        let selection = options.selection
        guard selection.execution.isEmpty, selection.to == nil, selection.machine == nil else {
            throw BadInput("--into read-model takes all executions, or with --from those that start then or later.")
        }
        files = ReadModelFiles(path: path)
        since = try selection.from.map { text in
            if let offset = Int64(text), offset >= 0 { return .offset(offset) }
            return .time(try SelectionOptions.time(text, option: "--from"))
        }
    }

    func perform() throws {
        let log = try options.options.open()
        defer { log.close() }
        ReadModelFiles.remove(files.draft)
        let projection = try Projection(
            log: log.log, topic: log.names.events, partitionCount: log.scan.partitionCount, path: files.draft,
            markersAtEnd: options.options.log == nil ? 1 : 0, since: since,
            report: Self.say)
        projection.start()
        try Self.wait(projection)
        projection.stop()
        try projection.close()
        try files.offerDraft()
        let mayBeServed = options.options.log.map { SQLiteLogOwner.hasOwner($0) } ?? true
        if !mayBeServed {
            try files.adopt()
            return Self.say("rebuilt, and put in the place of \(files.path)")
        }
        let deadline = Date(timeIntervalSinceNow: Self.takeSecondsMax)
        while !files.isTaken, Date() < deadline { Thread.sleep(forTimeInterval: Self.lookSeconds) }
        Self.say(
            files.isTaken
                ? "rebuilt; the process that serves \(files.path) has taken it, and serves it as soon as it holds as much"
                : "rebuilt as \(files.rebuilt); no process serves \(files.path), the next one that does begins with it")
    }

    private static func say(_ line: String) { ProgressView.write("steplog: \(line)\n", to: 2) }

    private static func wait(_ projection: Projection) throws {
        let done = DispatchSemaphore(value: 0)
        let failure = Mutex<(any Error)?>(nil)
        // `done` awaits it below.
        Task.detached {
            do { try await catchUp(projection) } catch { failure.withLock { $0 = error } }
            done.signal()
        }
        done.wait()
        if let error = failure.withLock({ $0 }) {
            throw BadInput("The log can't be projected: \(error). `steplog replay` says what of it is damaged.")
        }
    }

    /// Returns when all is projected that the log holds then, however long that takes.
    private static func catchUp(_ projection: Projection) async throws {
        while true {
            do { return try await projection.catchUp() } catch ReadModelError.late { continue }
        }
    }
}
