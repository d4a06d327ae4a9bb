import NIOCore

/// The answers of one connection, which go out in the order of the requests whatever becomes ready first.
struct AnswerQueue {
    private enum Answer {
        case awaited
        case ready(ByteBuffer)
        /// The request wants no answer.
        case none
    }

    let address: String
    let node: Int
    private var answers: [Answer] = []
    private var firstSlot = 0

    init(address: String, node: Int) {
        self.address = address
        self.node = node
    }

    /// How many answers clients may be waiting for.
    var awaitedCount: Int { answers.count }

    /// A place for the answer to the request that came last.
    mutating func reserve() -> Int {
        answers.append(.awaited)
        return firstSlot + answers.count - 1
    }

    /// Puts an answer into its place, nil when none is to be given, and returns what can be sent now.
    mutating func fill(_ slot: Int, _ answer: ByteBuffer?) -> [ByteBuffer] {
        let index = slot - firstSlot
        guard answers.indices.contains(index) else { return [] }
        answers[index] = answer.map { .ready($0) } ?? .none
        var ready: [ByteBuffer] = []
        var count = 0
        loop: for answer in answers {
            switch answer {
            case .awaited: break loop
            case .ready(let buffer): ready.append(buffer)
            case .none: break
            }
            count += 1
        }
        answers.removeFirst(count)
        firstSlot += count
        return ready
    }
}
