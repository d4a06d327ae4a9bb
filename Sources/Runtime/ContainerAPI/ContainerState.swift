public import JSON

/// A container as its engine sees it at one moment.
public struct ContainerState: Sendable, Equatable {
    public var id: String
    /// `created`, `running`, `exited`, and others that count as one of these.
    public var status: String
    /// Of its first process; 0 before it ended.
    public var exitCode: Int32
    /// The engine says that the kernel ended it for want of memory. Podman may say no although it did.
    public var isOutOfMemory: Bool
    /// What the engine says of a start that failed; empty without.
    public var error: String
    /// The number of its first process on this machine; nil where it has none.
    public var process: Int32?
    /// What the image wants to be asked to end with: `SIGTERM`, or another signal's name or number.
    public var stopSignal: String

    /// Whether it was never started.
    public var isUnstarted: Bool { status == "created" || status == "initialized" || status == "configured" }
    /// Whether it has ended.
    public var hasEnded: Bool { status == "exited" || status == "dead" || status == "stopped" || status == "removing" }

    /// - Parameter value: as the engine answers `GET /containers/ID/json`.
    public init(_ value: JSONValue) {
        let state = value["State"]
        id = value["Id"]?.string ?? ""
        status = state?["Status"]?.string?.lowercased() ?? ""
        exitCode = Int32(clamping: state?["ExitCode"]?.number?.int64 ?? 0)
        isOutOfMemory = state?["OOMKilled"]?.bool ?? false
        error = state?["Error"]?.string ?? ""
        let number = Int32(clamping: state?["Pid"]?.number?.int64 ?? 0)
        process = number > 0 ? number : nil
        let signal = value["Config"]?["StopSignal"]?.string ?? value["Config"]?["StopSignal"]?.number?.text ?? ""
        stopSignal = signal.isEmpty ? "SIGTERM" : signal
    }
}
