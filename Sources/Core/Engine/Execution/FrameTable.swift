/// The live frames of an execution, by id. Ids only grow, so the table is sorted; removed frames stay as dead ones until half are.
struct FrameTable: Sendable {
    private var frames: [Frame] = []
    private var isLive: [Bool] = []
    private var deadCount = 0

    var isEmpty: Bool { frames.count == deadCount }

    /// - Parameter frame: its id is above all earlier ones.
    mutating func append(_ frame: Frame) {
        frames.append(frame)
        isLive.append(true)
    }

    func contains(_ id: FrameID) -> Bool { position(of: id) != nil }

    subscript(id: FrameID) -> Frame? {
        guard let position = position(of: id) else { return nil }
        return frames[position]
    }

    /// What the frame's next event calls its previous one; 0 for no frame.
    func lastEventID(of id: FrameID) -> Int64 {
        guard let position = position(of: id) else { return 0 }
        return frames[position].lastEventID
    }

    /// Changes a frame in place. A frame that does not exist is left alone.
    mutating func update(_ id: FrameID, _ change: (inout Frame) -> Void) {
        guard let position = position(of: id) else { return }
        change(&frames[position])
    }

    mutating func remove(_ id: FrameID) {
        guard let position = position(of: id) else { return }
        isLive[position] = false
        deadCount += 1
        if deadCount > 16, deadCount * 2 > frames.count { compact() }
    }

    /// Live frames in the order of their ids.
    var live: some Sequence<Frame> {
        zip(frames, isLive).lazy.filter(\.1).map(\.0)
    }

    /// Where a live frame stands.
    private func position(of id: FrameID) -> Int? {
        if frames.first?.id == id { return isLive[0] ? 0 : nil }
        var low = 0
        var high = frames.count
        while low < high {
            let middle = (low + high) / 2
            if frames[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low < frames.count && frames[low].id == id && isLive[low] ? low : nil
    }

    private mutating func compact() {
        frames = Array(live)
        isLive = Array(repeating: true, count: frames.count)
        deadCount = 0
    }
}
