import Engine

/// Gateway and read model.
final class SimulatedReaders {
    init(_ simulation: Simulation) throws {}
    func send(_ record: CommandRecord) -> String? { nil }
    func stop() {}
    func check(_ watch: LogWatch) throws {}
}
