public import JSON
import NIOHTTP1

extension ContainerClient {
    /// Creates a container, or finds the one that has this name already.
    /// - Parameter specification: the body of `POST /containers/create`.
    /// - Returns: its id.
    public func create(_ name: String, _ specification: JSONValue) throws(ContainerFailure) -> String {
        let call = begin(.POST, "/containers/create", query: [("name", name)], body: specification)
        if let created = try Self.value(call, elseNilFor: [409]), let id = created["Id"]?.string { return id }
        guard let found = try inspect(name) else {
            throw ContainerFailure(.refused(status: 409), "a container named \(name) is there and can't be found")
        }
        return found.id
    }

    /// Starts a container; one that runs stays as it is.
    public func start(_ id: String) throws(ContainerFailure) {
        _ = try Self.value(begin(.POST, "/containers/\(id)/start"), elseNilFor: [304])
    }

    /// - Parameter id: an id or a name.
    /// - Returns: nil where there is none.
    public func inspect(_ id: String) throws(ContainerFailure) -> ContainerState? {
        try Self.value(begin(.GET, "/containers/\(id)/json"), elseNilFor: [404]).map(ContainerState.init)
    }

    /// Waits for a container's end. One that is gone has ended.
    public func awaitEnd(_ id: String) throws(ContainerFailure) {
        _ = try Self.value(begin(.POST, "/containers/\(id)/wait", timeout: nil), elseNilFor: [404])
    }

    /// Sends a signal, and does not wait for the answer: one that does not run any more needs none.
    public func signal(_ id: String, _ signal: String) {
        _ = begin(.POST, "/containers/\(id)/kill", query: [("signal", signal)])
    }

    /// Removes a container, running or not, and the volumes that only it has.
    public func remove(_ id: String) throws(ContainerFailure) {
        _ = try Self.value(begin(.DELETE, "/containers/\(id)", query: [("force", "1"), ("v", "1")]), elseNilFor: [404])
    }

    /// The containers, running or not, that have a label.
    /// - Parameter label: its name, or `NAME=VALUE`.
    /// - Returns: each with its labels.
    public func containers(label: String) throws(ContainerFailure) -> [(id: String, labels: [String: String])] {
        let filters = JSONWriter.text(["label": [.string(label)]])
        let list = try Self.value(begin(.GET, "/containers/json", query: [("all", "1"), ("filters", filters)]))
        return (list?.array ?? []).compactMap { container in
            guard let id = container["Id"]?.string else { return nil }
            var labels: [String: String] = [:]
            for member in container["Labels"]?.object?.members ?? [] {
                labels[member.key.text] = member.value.string ?? ""
            }
            return (id, labels)
        }
    }

    // MARK: - Output

    /// What a container prints, from its first byte on.
    /// - Parameters:
    ///   - follows: also what it will print, until it ends.
    ///   - onBytes: gets frames (`LogFrames`), on an event loop.
    public func logs(_ id: String, follows: Bool, onBytes: @escaping @Sendable ([UInt8]) -> Void) -> ContainerCall {
        begin(
            .GET, "/containers/\(id)/logs",
            query: [("follow", follows ? "1" : "0"), ("stdout", "1"), ("stderr", "1"), ("tail", "all")], timeout: nil,
            onBody: onBytes)
    }

    // MARK: - Commands inside

    /// Runs a command in a running container, to its end.
    /// - Returns: its exit code; nil where nobody knows it.
    public func run(_ command: [String], in id: String) throws(ContainerFailure) -> Int32? {
        let body: JSONValue = [
            "Cmd": .array(command.map { .string($0) }), "AttachStdout": true, "AttachStderr": true,
        ]
        guard let exec = try Self.value(begin(.POST, "/containers/\(id)/exec", body: body))?["Id"]?.string else {
            return nil
        }
        // The answer's body is what the command prints, and ends with it.
        _ = try Self.value(begin(.POST, "/exec/\(exec)/start", body: ["Detach": false, "Tty": false]))
        let end = try Self.value(begin(.GET, "/exec/\(exec)/json"))
        return end?["ExitCode"]?.number?.int64.map { Int32(clamping: $0) }
    }
}
