import Engine
import StatesLanguage

extension Execution {
    /// Where a frame is, for people: the Parallel and Map states round it with the branch or item, from 0, and its own state, as in
    /// `Each[3]/Pay`.
    func place(of frame: Frame, among frames: [Frame]) -> String {
        var parts = [machine.states[frame.stateID].name]
        var inner = frame
        while let parent = inner.parent, let outer = frames.first(where: { $0.id == parent }) {
            parts.append("\(machine.states[outer.stateID].name)[\(inner.index)]")
            inner = outer
        }
        return parts.reversed().joined(separator: "/")
    }
}
