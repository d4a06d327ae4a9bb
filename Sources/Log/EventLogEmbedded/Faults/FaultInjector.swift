import EventLog
import Synchronization

/// What goes wrong in an embedded log, by chance from a seed or on request. The same seed and the same calls in the same
/// order give the same faults. For tests and simulation.
public final class FaultInjector: Sendable {
    private struct State: Sendable {
        var random: SplitMix
        var rates: FaultRates
        var planned: [CommitFault] = []
        var zombies: Set<String> = []
        var counts: [CommitFault.Kind: Int] = [:]
    }

    private let state: Mutex<State>
    private let delay: @Sendable (Duration) -> Void

    /// - Parameter delay: how a slow commit takes its time; a simulation moves its clock here.
    public init(
        seed: UInt64, rates: FaultRates = FaultRates(), delay: @escaping @Sendable (Duration) -> Void = { _ in }
    ) {
        state = Mutex(State(random: SplitMix(seed: seed), rates: rates))
        self.delay = delay
    }

    /// Lets the next transaction commit end in `fault`; several calls, several commits, in order.
    public func plan(_ fault: CommitFault) {
        state.withLock { $0.planned.append(fault) }
    }

    /// From now on faults come by chance as `rates` says.
    public func setRates(_ rates: FaultRates) {
        state.withLock { $0.rates = rates }
    }

    /// How often a fault of `kind` has happened.
    public func count(of kind: CommitFault.Kind) -> Int {
        state.withLock { $0.counts[kind] ?? 0 }
    }

    /// What happens to the commit that begins now. Faults that prevent it are thrown.
    func beforeCommit() throws(EventLogError) -> CommitFault? {
        let fault = state.withLock { state -> CommitFault? in
            let fault = state.planned.isEmpty ? state.rates.draw(&state.random) : state.planned.removeFirst()
            if let fault { state.counts[fault.kind, default: 0] += 1 }
            return fault
        }
        switch fault {
        case .retriable: throw EventLogError(.retriable, .timedOut, "injected: the commit could not begin")
        case .aborted: throw EventLogError(.abortable, .transactionAborted, "injected: the transaction was aborted")
        case .lostBefore: throw EventLogError(.fatal, .disconnected, "injected: no answer to a commit")
        case .slow(let duration): delay(duration)
        case .lostAfter, nil: break
        }
        return fault
    }

    /// Whether the group has dropped this member without its knowledge.
    func isZombie(_ memberID: String) -> Bool {
        state.withLock { $0.zombies.contains(memberID) }
    }

    func makeZombie(_ memberID: String) {
        state.withLock { _ = $0.zombies.insert(memberID) }
    }

    /// A zombie learns of its state when a commit of its offsets is refused.
    func commitWasRefused(_ memberID: String) {
        state.withLock { _ = $0.zombies.remove(memberID) }
    }

    /// Puts the partitions to read into another order and leaves some out.
    func arrange(_ places: inout [(partition: TopicPartition, offset: Int64)]) {
        state.withLock { state in
            guard state.rates.reorderPerThousand > 0, places.count > 1 else { return }
            guard state.random.chance(state.rates.reorderPerThousand) else { return }
            places.shuffle(using: &state.random)
            places.removeLast(Int(state.random.next() % UInt64(places.count)))
        }
    }
}

/// How a transaction commit goes wrong.
public enum CommitFault: Sendable, Equatable {
    /// Nothing happens; error of kind `retriable`.
    case retriable
    /// Nothing happens; error of kind `abortable`.
    case aborted
    /// Nothing happens; error of kind `fatal`: the caller cannot know.
    case lostBefore
    /// It happens; error of kind `fatal`: the caller cannot know.
    case lostAfter
    /// It happens after this time.
    case slow(Duration)

    /// A fault without its measure.
    public enum Kind: Sendable, Hashable {
        case retriable, aborted, lostBefore, lostAfter, slow
    }

    public var kind: Kind {
        switch self {
        case .retriable: .retriable
        case .aborted: .aborted
        case .lostBefore: .lostBefore
        case .lostAfter: .lostAfter
        case .slow: .slow
        }
    }

    func afterCommit() throws(EventLogError) {
        if self == .lostAfter { throw EventLogError(.fatal, .disconnected, "injected: no answer to a commit") }
    }
}

/// How often faults happen by chance, each in commits (or polls) out of a thousand.
public struct FaultRates: Sendable, Equatable {
    public var retriablePerThousand = 0
    public var abortedPerThousand = 0
    public var lostBeforePerThousand = 0
    public var lostAfterPerThousand = 0
    public var slowPerThousand = 0
    /// How long a slow commit takes.
    public var slowDuration: Duration = .milliseconds(50)
    /// Polls and reads that see the partitions in another order, and only some of them.
    public var reorderPerThousand = 0

    public init() {}

    func draw(_ random: inout SplitMix) -> CommitFault? {
        if random.chance(retriablePerThousand) { return .retriable }
        if random.chance(abortedPerThousand) { return .aborted }
        if random.chance(lostBeforePerThousand) { return .lostBefore }
        if random.chance(lostAfterPerThousand) { return .lostAfter }
        if random.chance(slowPerThousand) { return .slow(slowDuration) }
        return nil
    }
}
