/// Who leads which partition and coordinates which group, in a cluster whose brokers are all this one.
struct Cluster: Sendable {
    let nodes: [BrokerConfiguration.Node]
    /// Brokers that are lost now.
    private(set) var lost: Set<Int> = []
    /// How often each key's coordinator was moved on.
    private var moves: [String: Int] = [:]

    init(_ nodes: [BrokerConfiguration.Node]) {
        self.nodes = nodes
    }

    /// The ids of the brokers that are there.
    var present: [Int] { nodes.indices.filter { !lost.contains($0) } }

    /// The broker that answers for the cluster as a whole; nil when all are lost.
    var controller: Int? { present.first }

    /// The broker that leads `partition` of a topic; nil when all are lost.
    func leader(of partition: Int) -> Int? { pick(partition) }

    /// The broker that coordinates a group or a transactional id; nil when all are lost.
    func coordinator(of key: String) -> Int? {
        let hash = key.utf8.reduce(5_381) { ($0 &* 33 &+ Int($1)) & 0xffff_ffff }
        return pick(hash + (moves[key] ?? 0))
    }

    /// From now on another broker coordinates `key`, if there is another.
    mutating func moveCoordinator(of key: String) { moves[key, default: 0] += 1 }

    mutating func lose(_ node: Int) { lost.insert(node) }
    mutating func restore(_ node: Int) { lost.remove(node) }

    /// The broker at `number` in the round; the next one that is there in place of a lost one.
    private func pick(_ number: Int) -> Int? {
        nodes.indices.lazy.map { (number + $0) % nodes.count }.first { !lost.contains($0) }
    }
}
