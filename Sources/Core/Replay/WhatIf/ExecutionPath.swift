import Engine

/// The states that an execution entered, in order within each branch and item; branches that ran side by side stand one behind
/// the other, since which of them was first says nothing.
public struct ExecutionPath: Sendable, Equatable {
    private var groups: [Group] = []

    private struct Group: Sendable, Equatable {
        /// The branch or item, e.g. `Each[3]`; empty at the top level.
        var name: String
        var states: [String]
    }

    public init() {}

    /// Takes down what an event says of the path.
    /// - Parameter execution: with the event folded.
    mutating func note(_ event: Event, of execution: Execution) {
        guard case .stateEntered(_, let state, _) = event.detail else { return }
        let frames = execution.liveFrames
        guard let frame = frames.first(where: { $0.id == event.frame }) else { return }
        let place = execution.place(of: frame, among: frames)
        let name = String(place.dropLast(min(place.count, state.count + 1)))
        if let group = groups.firstIndex(where: { $0.name == name }) {
            groups[group].states.append(state)
        } else {
            groups.append(Group(name: name, states: [state]))
        }
    }

    /// A line a state: `Each[3]/Pay`.
    public var lines: [String] {
        groups.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.flatMap { group in
            group.states.map { group.name.isEmpty ? $0 : "\(group.name)/\($0)" }
        }
    }

    /// Both paths in one list: what only this one has, what only the other has, and what they share.
    public func difference(to other: ExecutionPath) -> [PathLine] {
        let (old, new) = (lines, other.lines)
        let change = new.difference(from: old)
        var isRemoved = Array(repeating: false, count: old.count)
        var isInserted = Array(repeating: false, count: new.count)
        for part in change {
            switch part {
            case .remove(let offset, _, _): isRemoved[offset] = true
            case .insert(let offset, _, _): isInserted[offset] = true
            }
        }
        var merged: [PathLine] = []
        var place = 0
        for (index, line) in old.enumerated() {
            if isRemoved[index] {
                merged.append(PathLine(mark: .onlyRecorded, state: line))
                continue
            }
            while place < new.count, isInserted[place] {
                merged.append(PathLine(mark: .onlyNew, state: new[place]))
                place += 1
            }
            merged.append(PathLine(mark: .both, state: line))
            place += 1
        }
        return merged + new[place...].map { PathLine(mark: .onlyNew, state: $0) }
    }
}

/// A state of one or both of two paths.
public struct PathLine: Sendable, Equatable {
    public enum Mark: String, Sendable {
        case both = " "
        case onlyRecorded = "-"
        case onlyNew = "+"
    }

    public var mark: Mark
    public var state: String
}
