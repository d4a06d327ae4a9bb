import Engine
public import EventLog

/// A partition's whole folded state as text, read from the log: to compare what the checkpoints tell with what the events tell.
/// It fences nobody and writes nothing.
public struct PartitionDigest {
    private let log: any TransactionalLog
    private let configuration: ProcessorConfiguration
    private let partition: Int
    private let definitions: DefinitionStore

    /// - Parameters:
    ///   - partition: of `events`.
    ///   - definitions: nil: they are read and compiled for this digest alone.
    public init(
        log: any TransactionalLog, configuration: ProcessorConfiguration, partition: Int,
        definitions: DefinitionStore? = nil
    ) {
        self.log = log
        self.definitions = definitions ?? DefinitionStore(log: log, names: configuration.layout.names)
        self.configuration = configuration
        self.partition = partition
    }

    /// Every open execution, state machine, activity and closed name, sorted.
    /// - Parameter usingCheckpoints: false: from the events alone.
    /// - Throws: `RecoveryError`, or `EventLogError` of the log.
    public func text(usingCheckpoints: Bool) throws -> String {
        var state = PartitionState(
            number: partition, configuration: configuration, definitions: definitions, log: log)
        _ = try state.restore(usesCheckpoints: usingCheckpoints)
        var lines: [String] = []
        for arn in state.open.keys.sorted() {
            lines.append(arn)
            if let execution = state.open[arn]?.snapshot { lines.append(execution.dump) }
        }
        for arn in (Array(state.registry.machines.keys) + Array(state.registry.activities.keys)).sorted() {
            lines.append(String(decoding: state.registry.checkpoint(of: arn), as: UTF8.self))
        }
        return (lines + state.closed.names.dump).joined(separator: "\n")
    }
}
