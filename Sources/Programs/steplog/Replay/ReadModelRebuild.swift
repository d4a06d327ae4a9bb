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
    private let path: String
    private static let suffix = ".rebuilt"

    init(_ options: ReplayCommand) throws {
        self.options = options
        guard let path = options.readModel ?? options.options.log.map({ $0 + ".read-model" }) else {
            throw BadInput("--into read-model of a log on Kafka needs --read-model FILE, the file of the API's role.")
        }
        self.path = path
    }

    func perform() throws {
        let log = try options.options.open()
        defer { log.close() }
        let draft = path + Self.suffix + ".part"
        Self.remove(draft)
        let projection = try Projection(
            log: log.log, topic: log.names.events, partitionCount: log.scan.partitionCount, path: draft)
        projection.start()
        try Self.wait(projection)
        projection.stop()
        try projection.close()
        Self.remove(path + Self.suffix)
        try FileManager.default.moveItem(atPath: draft, toPath: path + Self.suffix)
        let isServed = options.options.log.map { SQLiteLogOwner.hasOwner($0) } ?? true
        if isServed {
            ProgressView.write(
                "steplog: rebuilt as \(path + Self.suffix); the process that serves \(path) takes it at its next start\n",
                to: 2)
        } else {
            try Self.adopt(path)
            ProgressView.write("steplog: rebuilt, and put in the place of \(path)\n", to: 2)
        }
    }

    /// Puts a projection that was rebuilt beside into its place. Called before the file is opened.
    static func adopt(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path + suffix) else { return }
        remove(path)
        try FileManager.default.moveItem(atPath: path + suffix, toPath: path)
    }

    private static func remove(_ path: String) {
        for part in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + part) }
    }

    private static func wait(_ projection: Projection) throws {
        let done = DispatchSemaphore(value: 0)
        let failure = Mutex<(any Error)?>(nil)
        // `done` awaits it below.
        Task.detached {
            do { try await projection.catchUp() } catch { failure.withLock { $0 = error } }
            done.signal()
        }
        done.wait()
        if let error = failure.withLock({ $0 }) {
            throw BadInput("The log can't be projected: \(error). `steplog replay` says what of it is damaged.")
        }
    }
}
