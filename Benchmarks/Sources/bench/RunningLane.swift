import EventLog
import Foundation
import PartitionProcessor

/// A lane on a thread of its own.
final class RunningLane {
    private let lane: Lane
    private let ended = DispatchSemaphore(value: 0)

    static func configuration(_ layout: TopicLayout) -> ProcessorConfiguration {
        ProcessorConfiguration(
            layout: layout, settings: EngineBenchmark.settings,
            now: { Int64(Date().timeIntervalSince1970 * 1_000) }, randomBits: { UInt64.random(in: 0 ... .max) },
            checkpointTailMilliseconds: 1_000)
    }

    init(_ log: any TransactionalLog, _ layout: TopicLayout) throws {
        let lane = try Lane(
            log: log, configuration: Self.configuration(layout),
            definitions: DefinitionStore(log: log, names: layout.names))
        self.lane = lane
        let ended = ended
        let thread = Thread {
            do { try lane.run() } catch { print("lane: \(error)") }
            ended.signal()
        }
        thread.stackSize = 16 << 20
        thread.start()
    }

    func stop() {
        lane.stop()
        ended.wait()
    }
}
