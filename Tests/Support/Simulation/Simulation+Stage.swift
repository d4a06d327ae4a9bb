import Engine
import EventLog
import EventLogEmbedded
import PartitionProcessor

extension Simulation {
    /// Lets something go wrong, as often as the scenario has it.
    func stage() throws {
        if drama.chance(scenario.kills), let victim = anyProcess() {
            tell("\(victim.name) is killed")
            victim.kill()
            replace(victim)
        }
        if drama.chance(scenario.zombies) { dispossess() }
        if drama.chance(scenario.rebalances) { rebalance() }
        if let readers, drama.chance(scenario.kills) { try readers.restart() }
        if drama.chance(scenario.clockJumps) { jump() }
        if drama.chance(scenario.compactions) { try compact() }
        if drama.chance(Self.digestsPerThousand) { try checkDigests() }
    }

    /// A process stands still for so long that its group gives it up; most of these stand where they have just committed, or are about
    /// to. Another one takes its place, and some time later it goes on, which it does in ignorance.
    private func dispossess() {
        if scenario.hasLongZombies { return dispossessWorker() }
        let committing = processes.filter { process in
            if case .commit? = process.parking { process.kind == .lane || process.kind == .worker } else { false }
        }
        let victim = committing.isEmpty ? anyProcess() : committing[drama.below(committing.count)]
        guard let victim, let consumer = victim.consumer else { return }
        let isUnnoticed = drama.chance(700)
        tell("\(victim.name) loses its partitions\(isUnnoticed ? " and does not notice" : "")")
        drama.advance(milliseconds: Self.sessionMilliseconds + Int64(drama.below(6_000)))
        log.loseOwnership(of: consumer.membership, unnoticed: isUnnoticed)
        zombies.append(victim)
        guard drama.chance(500), processes.count(where: { $0.kind == victim.kind }) < 4 else { return }
        victim.heldUntil = steps + drama.below(200)
        if victim.kind == .lane { startLane() } else { startWorker() }
    }

    /// The same for one worker that has just put intents on the log, or is about to; it goes on when others may have done these tasks.
    private func dispossessWorker() {
        let workers = processes.filter { $0.kind == .worker && $0.heldUntil <= steps }
        let victim = workers.first { process in
            if case .commit? = process.parking { true } else { false }
        }
        guard let victim, let consumer = victim.consumer, workers.count < 3 else { return }
        tell("\(victim.name) loses its partitions, does not notice, and stands still for long")
        drama.advance(milliseconds: Self.sessionMilliseconds + Int64(drama.below(6_000)))
        log.loseOwnership(of: consumer.membership, unnoticed: true)
        zombies.append(victim)
        victim.heldUntil = steps + 60 + drama.below(140)
        startWorker()
    }

    /// Source: `ConsumerConfiguration.sessionTimeout`.
    private static let sessionMilliseconds: Int64 = 6_000
    private static let digestsPerThousand = 3

    /// Leaves of each key the latest record; tombstones of the last day stay.
    private func compact() throws {
        let names = layout.names
        let topic = drama.below(2) == 0 ? names.checkpoints : names.inflight(pool: "default")
        let count = topic == names.checkpoints ? layout.partitions : layout.poolPartitions
        let partition = TopicPartition(topic, drama.below(count))
        tell("\(partition) is compacted")
        try log.compact(partition, at: drama.time)
    }

    /// What the checkpoints and the events behind them tell is what all events tell.
    func checkDigests() throws {
        let definitions = definitions(on: log)
        for number in 0..<layout.partitions {
            let digest = PartitionDigest(
                log: log, configuration: configuration(of: nil), partition: number, definitions: definitions)
            let (short, whole) = (try digest.text(usingCheckpoints: true), try digest.text(usingCheckpoints: false))
            if short != whole {
                watch.report("partition \(number) from its checkpoints:\n\(short)\nfrom its events:\n\(whole)")
            }
        }
    }

    /// Puts back what was parked: the lane's process has died too often while it was at it. - Returns: false when there is nothing.
    func operate() throws -> Bool {
        guard !watch.parked.isEmpty, steps >= scenario.calmAfter || drama.chance(50) else { return false }
        let key = watch.takeParked(at: drama.below(watch.parked.count))
        tell("the operator puts back the commands of \(key)")
        _ = try DeadLetterDesk(log: log, layout: layout).retry(key: Array(key.utf8))
        return true
    }

    /// Those who still do not know that they have lost their partitions end: sooner or later a process does.
    func endZombies() {
        for zombie in zombies where processes.contains(where: { $0 === zombie }) {
            zombie.kill()
            replace(zombie)
        }
    }

    private func anyProcess() -> SimulatedProcess? {
        let mortal = processes.filter { $0.kind == .lane || $0.kind == .worker }
        return mortal.isEmpty ? nil : mortal[drama.below(mortal.count)]
    }

    /// A member joins, or one leaves in peace.
    private func rebalance() {
        let lanes = processes.filter { $0.kind == .lane }
        let workers = processes.filter { $0.kind == .worker }
        switch drama.below(4) {
        case 0 where lanes.count < 3: startLane()
        case 1 where workers.count < 3: startWorker()
        case 2 where !lanes.isEmpty: lanes[drama.below(lanes.count)].stop?()
        case 3 where !workers.isEmpty: workers[drama.below(workers.count)].stop?()
        default: break
        }
    }

    /// The time jumps ahead, or one host's clock goes wrong.
    private func jump() {
        switch drama.below(3) {
        case 0: drama.advance(milliseconds: Int64(drama.below(20_000)))
        case 1: anyProcess()?.skew = Int64(drama.below(4_000)) - 2_000
        default: anyProcess()?.skew = 0
        }
    }

    // MARK: - The end

    /// What must hold when nothing happens any more.
    func checkEnd() throws {
        let open = watch.followed.filter { !$0.value.execution.isClosed }
        for (arn, one) in open.sorted(by: { $0.key < $1.key }) {
            watch.report("\(arn) never ends, and nothing is under way:\n\(one.execution.dump)")
        }
        client.checkEnd(watch)
        let inflight = tasks.inflight
        if !inflight.isEmpty { watch.report("intents are left on the log: \(inflight)") }
        let started = tasks.startedIDs
        // What its token has ended may go on.
        let ended = Set(watch.followed.values.flatMap(\.ended))
        for task in tasks.running where !ended.contains(task) {
            watch.report("\(task) runs on, and nobody has stopped it")
        }
        for (arn, one) in watch.followed.sorted(by: { $0.key < $1.key }) {
            for task in one.ended where !started.contains(task) {
                watch.report("\(arn): \(task) has an end and was never started")
            }
        }
        if scenario.isPeaceful, let task = tasks.startedAgain.first {
            watch.report("\(task) was started twice for no reason")
        }
        try checkDigests()
        try readers?.check(watch)
    }
}
