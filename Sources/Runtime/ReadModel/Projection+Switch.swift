import EventLog
import GRDB
import Synchronization

extension Projection {
    /// Asks the store that is served. One that another has taken the place of answers the questions that it got.
    /// - Parameter isGuarded: false: without the two PRAGMAs with which a guarded read begins and ends.
    func read<Value>(isGuarded: Bool = true, _ question: (Database) throws -> Value) throws -> Value {
        let store = serving.withLock { $0.store }
        // Its files go with it.
        defer { withExtendedLifetime(store) {} }
        return try isGuarded ? store.database.read(question) : store.database.unsafeRead(question)
    }

    /// The read model that was built beside the one that is served; nil when there is none that can be used.
    func takeRebuilt() -> ReadModelSuccessor? {
        guard let files, files.hasRebuilt else { return nil }
        var taken: String?
        do {
            taken = try files.takeRebuilt()
            return try taken.map { try ReadModelSuccessor($0, log: log, partitions: partitions) }
        } catch {
            if let taken { ReadModelFiles.remove(taken) }
            report("The read model \(files.rebuilt) can't be used, the old one is served on: \(error)")
            return nil
        }
    }

    /// How long the read model that is served waits for its successor at most, each time.
    private static let turn = Duration.milliseconds(20)

    /// Lets a successor read on, and puts it in the place of the read model that is served once it holds as much.
    /// - Returns: nil when it is served now, or was given up.
    func advance(_ taken: ReadModelSuccessor) -> ReadModelSuccessor? {
        guard let files else { return nil }
        var successor = taken
        do {
            try successor.advance(timeout: Self.turn)
            let (reached, served) = (successor.positions, projectedTo)
            guard served.enumerated().allSatisfy({ (reached[$0.offset] ?? 0) >= $0.element }) else { return successor }
            try files.serve(successor.file)
            let before = serve(successor)
            before.reader.close()
            before.store.replace()
            report("The read model that was rebuilt is served from now on.")
        } catch {
            successor.reader.close()
            ReadModelFiles.remove(successor.file)
            report("The read model that was rebuilt can't be used, the old one is served on: \(error)")
        }
        return nil
    }
}
