import EventLog
import Synchronization

/// Who is told when a partition has new records.
final class Subscriptions: Sendable {
    private let waiters = Mutex<[TopicPartition: [Waiter]]>([:])

    /// From now on `waiter` is told of `partition`.
    func add(_ waiter: Waiter, _ partition: TopicPartition) {
        waiters.withLock { waiters in
            if waiters[partition]?.contains(where: { $0 === waiter }) == true { return }
            waiters[partition, default: []].append(waiter)
        }
    }

    func remove(_ waiter: Waiter, _ partition: TopicPartition) {
        waiters.withLock { waiters in
            waiters[partition]?.removeAll { $0 === waiter }
            if waiters[partition]?.isEmpty == true { waiters[partition] = nil }
        }
    }

    /// `waiter` is told of nothing any more.
    func remove(_ waiter: Waiter) {
        waiters.withLock { waiters in
            let told = waiters.filter { $0.value.contains { $0 === waiter } }
            for (partition, all) in told {
                waiters[partition] = all.count == 1 ? nil : all.filter { $0 !== waiter }
            }
        }
    }

    /// Tells all who wait for one of `batches`.
    func recordsArrived(_ batches: [PartitionBatch]) {
        recordsArrived(in: batches.lazy.map(\.partition))
    }

    /// Tells all who wait for one of `partitions`.
    func recordsArrived(in partitions: some Sequence<TopicPartition>) {
        waiters.withLock { waiters in
            for partition in partitions { waiters[partition]?.forEach { $0.signal() } }
        }
    }

    /// Tells everybody.
    func signalAll() {
        waiters.withLock { waiters in
            for waiter in waiters.values.joined() { waiter.signal() }
        }
    }
}
