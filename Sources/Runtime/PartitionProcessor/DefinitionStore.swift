public import EventLog
public import StatesLanguage
import Synchronization

/// The compiled definitions by their hash, read from `definitions`. Shared by all lanes of a process.
public final class DefinitionStore: Sendable {
    private struct State {
        var machines: [String: StateMachine] = [:]
        var texts: [String: String] = [:]
        /// Whose text came from the topic.
        var onLog: Set<String> = []
        /// What of the topic has been read.
        var nextOffset: Int64?
    }

    private let log: any TransactionalLog
    private let topic: String
    private let compile: @Sendable (String) -> StateMachine?
    private let state = Mutex(State())

    /// - Parameter compile: gives a definition's text its compiled form, or nil; simulations remember what they have compiled.
    public init(
        log: any TransactionalLog, names: TopicNames,
        compile: @escaping @Sendable (String) -> StateMachine? = {
            Definition.compile($0, options: CompileOptions()).machine
        }
    ) {
        self.log = log
        self.compile = compile
        topic = names.definitions
    }

    /// The machine behind a hash: compiled before, or read from the topic up to its current end.
    /// - Returns: nil when the topic has no such definition, or one that does not compile.
    public func machine(hash: String) throws -> StateMachine? {
        if let known = state.withLock({ $0.machines[hash] }) { return known }
        try readToEnd()
        guard let text = state.withLock({ $0.texts[hash] }) else { return nil }
        return add(text: text, hash: hash)
    }

    /// The text behind a hash, as far as it has been read.
    public func text(hash: String) throws -> String? {
        if let known = state.withLock({ $0.texts[hash] }) { return known }
        try readToEnd()
        return state.withLock { $0.texts[hash] }
    }

    /// True when the definition was seen on the topic.
    public func isOnLog(hash: String) -> Bool { state.withLock { $0.onLog.contains(hash) } }

    /// Compiles a definition and keeps it. - Returns: nil when it does not compile.
    @discardableResult
    public func add(text: String, hash: String) -> StateMachine? {
        guard let machine = compile(text) else { return nil }
        state.withLock {
            $0.machines[hash] = machine
            $0.texts[hash] = text
        }
        return machine
    }

    private func readToEnd() throws {
        let partition = TopicPartition(topic, 0)
        let from = state.withLock { $0.nextOffset }
        var read: [(hash: String, text: String)] = []
        let next = try log.readToEnd(partition, from: from.map(ReadPosition.offset) ?? .beginning) { record in
            guard let key = record.key, let value = record.value else { return }
            read.append((String(decoding: key, as: UTF8.self), String(decoding: value, as: UTF8.self)))
        }
        state.withLock { state in
            for (hash, text) in read {
                state.texts[hash] = text
                state.onLog.insert(hash)
            }
            state.nextOffset = next
        }
    }
}
