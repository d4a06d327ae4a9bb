/// Runs its branches at the same time; its result is the array of their outputs.
public struct ParallelState: Sendable {
    /// The first state of each branch.
    public let branches: [StateID]
    public let processing: WorkProcessing
    public let transition: Transition

    public init(branches: [StateID], processing: WorkProcessing, transition: Transition) {
        self.branches = branches
        self.processing = processing
        self.transition = transition
    }
}
