public import JSON

/// What the scripted ECS does, and what goes wrong on purpose.
public struct ECSScript: Sendable, Equatable {
    /// A limit on calls.
    public struct Rate: Sendable, Equatable {
        public var perSecond: Double
        public var burst: Double

        public init(perSecond: Double, burst: Double) {
            self.perSecond = perSecond
            self.burst = burst
        }
    }

    /// Repeats what happens by chance.
    public var seed: UInt64 = 0
    /// Seconds of the script that go by in a second: rates and lifetimes scale together.
    public var speed: Double = 1
    public var region = "us-east-1"
    public var accountID = "123456789012"
    public var clusters = ["default"]
    /// Queues of state-change events; each gets all of them.
    public var queues = ["ecs-events"]
    /// As RegisterTaskDefinition takes them.
    public var taskDefinitions: [JSONValue] = []

    /// Limits; nil: none.
    public var runTaskRate: Rate?
    public var stopTaskRate: Rate?
    public var describeTasksRate: Rate?

    /// Of RunTask calls, by chance: ThrottlingException.
    public var throttleProbability = 0.0
    /// The part of these throttles that come as InvalidParameterException, worded as ECS passes on those of EC2.
    public var disguisedShare = 0.5
    /// Of RunTask calls, by chance: an answer 200 with `failures`.
    public var capacityFailureProbability = 0.0
    public var capacityReason = "RESOURCE:CPU"
    /// Of RunTask calls that launch: the client gets ServerException.
    public var lostAnswerProbability = 0.0
    /// Of tasks: DescribeTasks calls them MISSING for `missingMilliseconds` after their launch.
    public var missingProbability = 0.0
    public var missingMilliseconds: Int64 = 2000
    /// How long a client token is remembered at most, and after its tasks have stopped. Source: reference/ecs.md §2, clientToken.
    public var tokenMilliseconds: Int64 = 86_400_000
    public var tokenMillisecondsAfterStop: Int64 = 3_600_000
    /// How long DescribeTasks shows a stopped task.
    public var stoppedMilliseconds: Int64 = 3_600_000

    /// Of state-change events.
    public var eventLossProbability = 0.0
    public var eventDuplicateProbability = 0.0
    /// By how much each is late. A wide range lets events overtake each other.
    public var eventDelayMilliseconds: ClosedRange<Int64> = 0...0

    /// Chosen by name (the task definition's family, or the environment variable SCRIPTED_ECS of an override), else by weight.
    public var lifecycles: [Lifecycle] = [Lifecycle()]

    public init() {}
}
