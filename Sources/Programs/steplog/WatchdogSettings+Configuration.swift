import PartitionProcessor
import Terminal

extension WatchdogSettings {
    /// As the configuration's part `watchdog` says.
    init(_ configuration: SteplogConfiguration) {
        self.init()
        intervalMilliseconds = configuration.watchdogIntervalSeconds * 1_000
        openMillisecondsMax = configuration.watchdogSeconds.map { $0 * 1_000 }
        openMillisecondsMaxByMachine = configuration.watchdogSecondsByMachine.mapValues { $0 * 1_000 }
    }
}
