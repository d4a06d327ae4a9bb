import Engine
import EventLog
import EventLogEmbedded

extension Simulation {
    /// Lets something go wrong, as often as the scenario has it.
    func stage() throws {
        if drama.chance(scenario.kills), let victim = anyProcess() {
            tell("\(victim.name) is killed")
            victim.kill()
            replace(victim)
        }
        if drama.chance(scenario.zombies), let victim = anyProcess(), let consumer = victim.consumer {
            tell("\(victim.name) loses its partitions and does not notice")
            log.loseOwnership(of: consumer.membership, unnoticed: drama.chance(700))
            zombies.append(victim)
        }
        if drama.chance(scenario.rebalances) { rebalance() }
        if let readers, drama.chance(scenario.kills) { try readers.restart() }
        if drama.chance(scenario.clockJumps) { jump() }
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
        let inflight = tasks.inflight.sorted()
        if !inflight.isEmpty { watch.report("intents are left on the log: \(inflight)") }
        let started = tasks.startedIDs
        for (arn, one) in watch.followed.sorted(by: { $0.key < $1.key }) {
            for task in one.ended where !started.contains(task) {
                watch.report("\(arn): \(task) has an end and was never started")
            }
        }
        if watch.deadLetterCount > 0 { watch.report("\(watch.deadLetterCount) records went to the dead letters") }
        try readers?.check(watch)
    }
}
