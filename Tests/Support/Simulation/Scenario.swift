import Engine

/// What a seed stands for: how many of everything, and what goes wrong. Shrinking a failure takes out what it does not need.
public struct Scenario: Sendable, Equatable {
    public var seed: UInt64
    public var partitions: Int
    public var laneCount: Int
    public var workerCount: Int
    public var executionCount: Int
    /// How deep states are nested, and how long a chain is at most.
    public var depth: Int
    public var length: Int
    public var eventsPerDecisionMax: Int
    /// Steps after which nothing goes wrong any more.
    public var calmAfter: Int
    /// What goes wrong, in steps or commits out of a thousand.
    public var kills = 0
    public var zombies = 0
    public var rebalances = 0
    public var clockJumps = 0
    public var commitFaults = 0
    public var slowCommits = 0
    public var stopsAndRedrives = 0
    public var repeats = 0
    /// Whether gateway and read model take part.
    public var hasReaders = false
    public var hasVariety = true
    /// When states are written to `checkpoints`, and in how many steps out of a thousand the compacted topics are compacted.
    public var checkpointTailBytes: Int
    public var checkpointTailMilliseconds: Int64
    public var compactions = 0
    /// How many tasks one worker does at a time.
    public var tasksMax: Int
    /// A worker that has lost its partitions stands still for so long that another one has done its tasks.
    public var hasLongZombies = false
    /// What is asked of state machines and activities, in steps out of a thousand.
    public var registryErrands = 0

    /// - Parameter isAsBefore: as the seed was before scenarios were added that draw from further dice.
    public init(seed: UInt64, isAsBefore: Bool = false) {
        var bits = SeededBits(seed: seed &* 0x9e37_79b9 &+ 77)
        func below(_ bound: UInt64) -> Int { Int(bits.next() % bound) }
        self.seed = seed
        partitions = 1 + below(3)
        laneCount = 1 + below(2)
        workerCount = 1 + below(2)
        executionCount = 1 + below(3)
        depth = below(4)
        length = 1 + below(4)
        eventsPerDecisionMax = below(3) == 0 ? 2 + below(20) : 1_000
        calmAfter = 60 + below(300)
        if below(2) == 0 { kills = 10 + below(40) }
        if below(3) == 0 { zombies = 10 + below(30) }
        if below(3) == 0 { rebalances = 10 + below(40) }
        if below(3) == 0 { clockJumps = 10 + below(30) }
        if below(2) == 0 { commitFaults = 20 + below(120) }
        if below(2) == 0 { slowCommits = 20 + below(200) }
        if below(3) == 0 { stopsAndRedrives = 10 + below(40) }
        if below(3) == 0 { repeats = 30 + below(100) }
        hasReaders = seed % 4 == 0
        checkpointTailBytes = [0, 500, 5_000, 16 << 20][below(4)]
        checkpointTailMilliseconds = [0, 300, 3_000, 10_000][below(4)]
        if below(2) == 0 { compactions = 5 + below(30) }
        tasksMax = below(4) == 0 ? 1 + below(3) : 1_000
        if hasReaders, below(2) == 0 { registryErrands = 50 + below(200) }
        if isAsBefore { return }
        var further = SeededBits(seed: seed &* 0x51_7cc1 &+ 3)
        if further.next() % 12 == 0 { standStillForLong() }
    }

    /// One worker's partitions go to another, which does all that is to be done there, before the first one goes on.
    private mutating func standStillForLong() {
        hasLongZombies = true
        (zombies, slowCommits, calmAfter) = (40, 200, 500)
        (kills, commitFaults) = (0, 0)
    }

    /// The same with one execution of a small machine.
    var small: Scenario {
        var scenario = self
        (scenario.executionCount, scenario.depth, scenario.length) = (1, min(1, depth), min(2, length))
        return scenario
    }

    /// True when nothing goes wrong: then each task is started exactly once.
    var isPeaceful: Bool { kills + zombies + rebalances + clockJumps + commitFaults == 0 }

    /// Simpler scenarios, the simplest first, each of which leaves out one thing.
    var simpler: [Scenario] {
        let changes: [(inout Scenario) -> Void] = [
            { ($0.kills, $0.zombies, $0.rebalances, $0.clockJumps) = (0, 0, 0, 0) },
            { ($0.commitFaults, $0.slowCommits) = (0, 0) },
            { $0.kills = 0 }, { $0.zombies = 0 }, { $0.rebalances = 0 }, { $0.clockJumps = 0 },
            { $0.commitFaults = 0 }, { $0.slowCommits = 0 }, { $0.stopsAndRedrives = 0 }, { $0.repeats = 0 },
            { $0.executionCount = 1 }, { $0.partitions = 1 }, { $0.laneCount = 1 }, { $0.workerCount = 1 },
            { $0.eventsPerDecisionMax = 1_000 }, { $0.depth = 0 }, { $0.depth = max(0, $0.depth - 1) },
            { $0.length = 1 }, { $0.length = max(1, $0.length - 1) }, { $0.calmAfter /= 2 },
            { $0.hasLongZombies = false },
            { $0.hasReaders = false }, { $0.registryErrands = 0 }, { $0.hasVariety = false }, { $0.compactions = 0 },
            { $0.tasksMax = 1_000 },
            { ($0.checkpointTailBytes, $0.checkpointTailMilliseconds) = (16 << 20, 10_000) },
        ]
        return changes.compactMap { change in
            var scenario = self
            change(&scenario)
            return scenario == self ? nil : scenario
        }
    }
}
