/// One instruction of a compiled pattern; targets are positions in the program.
enum PatternInstruction: Sendable {
    case scalar(Unicode.Scalar)
    /// `.`: anything but a line terminator.
    case any
    case set(ScalarSet)
    /// Tries `first`, and `second` when that fails.
    case split(first: Int, second: Int)
    case jump(Int)
    /// Keeps the position in a slot.
    case save(Int)
    /// Fails when nothing was consumed since the slot was saved, so that a loop round nothing ends.
    case progress(since: Int)
    case inputStart
    case inputEnd
    case wordBoundary(isNegated: Bool)
    /// Matches again what lies between the two slots of a group.
    case groupText(Int)
    /// Runs the instructions from the next one up to its `accept`, without consuming; goes on at `end`.
    case look(isNegated: Bool, end: Int)
    /// Runs the instructions from the next one up to its `accept` and keeps only its first way; goes on at `end`.
    case atomic(end: Int)
    /// The end of the pattern, or of what `look` or `atomic` run.
    case accept
}
