public import EventLog
public import PartitionProcessor
import Synchronization

/// The engine in one process among many: some lanes in the engine's consumer group.
public final class EngineRole: Sendable {
    private let threads: [PersistentThread]

    /// A lane that is made anew after each failure.
    private final class LaneSlot: Sendable {
        private let make: @Sendable () throws(EventLogError) -> Lane
        private let current = Mutex<(lane: Lane?, isStopping: Bool)>((nil, false))

        init(_ make: @escaping @Sendable () throws(EventLogError) -> Lane) { self.make = make }

        func run() throws {
            let lane = try make()
            let isStopping = current.withLock { current in
                current.lane = lane
                return current.isStopping
            }
            if isStopping { lane.stop() }
            try lane.run()
        }

        func stop() {
            let lane = current.withLock { current in
                current.isStopping = true
                return current.lane
            }
            lane?.stop()
        }
    }

    /// - Parameters:
    ///   - configuration: its `instanceID` names the process; each lane adds its number.
    ///   - laneCount: threads that decide, each with its share of the partitions.
    ///   - report: takes a line for the operator.
    public init(
        log: any TransactionalLog, configuration: ProcessorConfiguration, laneCount: Int,
        report: @escaping @Sendable (String) -> Void
    ) {
        let definitions = DefinitionStore(log: log, names: configuration.layout.names)
        threads = (0..<laneCount).map { number in
            var configuration = configuration
            configuration.instanceID = configuration.instanceID.map { "\($0)-\(number + 1)" }
            let slot = LaneSlot { [configuration] () throws(EventLogError) in
                try Lane(log: log, configuration: configuration, definitions: definitions)
            }
            return PersistentThread(
                name: "Lane \(number + 1) of the engine", work: slot.run, interrupt: slot.stop, report: report)
        }
    }

    /// - Parameter displaced: is called when another process has joined under this one's instance id.
    public func start(displaced: @escaping @Sendable () -> Void = {}) {
        for thread in threads { thread.start(displaced: displaced) }
    }

    /// Asks the lanes to hand their partitions over.
    public func stop() { for thread in threads { thread.stop() } }

    /// Waits until they have.
    public func join() { for thread in threads { thread.join() } }
}
