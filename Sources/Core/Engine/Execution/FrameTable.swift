/// The live frames of an execution, by id. Ids only grow, so the table is sorted; removed frames leave holes until half are holes.
struct FrameTable: Sendable {
    private var slots: [Frame?] = []
    private var ids: [FrameID] = []
    private var holes = 0

    var isEmpty: Bool { slots.count == holes }

    /// - Parameter frame: its id is above all earlier ones.
    mutating func append(_ frame: Frame) {
        slots.append(frame)
        ids.append(frame.id)
    }

    func contains(_ id: FrameID) -> Bool {
        guard let position = position(of: id) else { return false }
        return slots[position] != nil
    }

    subscript(id: FrameID) -> Frame? {
        guard let position = position(of: id) else { return nil }
        return slots[position]
    }

    /// Changes a frame in place. A frame that does not exist is left alone.
    mutating func update(_ id: FrameID, _ change: (inout Frame) -> Void) {
        guard let position = position(of: id), slots[position] != nil else { return }
        slots[position].mutate(change)
    }

    mutating func remove(_ id: FrameID) {
        guard let position = position(of: id), slots[position] != nil else { return }
        slots[position] = nil
        holes += 1
        if holes > 16, holes * 2 > slots.count { compact() }
    }

    /// Live frames in the order of their ids.
    var live: some Sequence<Frame> { slots.lazy.compactMap { $0 } }

    private func position(of id: FrameID) -> Int? {
        if id == 0 { return ids.first == 0 ? 0 : nil }
        var low = 0
        var high = ids.count
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low < ids.count && ids[low] == id ? low : nil
    }

    private mutating func compact() {
        var keptSlots: [Frame?] = []
        var keptIDs: [FrameID] = []
        keptSlots.reserveCapacity(slots.count - holes)
        for (position, slot) in slots.enumerated() where slot != nil {
            keptSlots.append(slot)
            keptIDs.append(ids[position])
        }
        slots = keptSlots
        ids = keptIDs
        holes = 0
    }
}

extension Optional {
    /// Changes the wrapped value in place, if there is one.
    fileprivate mutating func mutate(_ change: (inout Wrapped) -> Void) {
        switch self {
        case .some(var wrapped):
            self = nil
            change(&wrapped)
            self = wrapped
        case .none: break
        }
    }
}
