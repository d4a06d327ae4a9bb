/// Why an engine of containers (Docker, Podman) did not do what it was asked for.
public struct ContainerFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Kind: Sendable, Equatable {
        /// The socket can't be used, or nobody listens on it.
        case unreachable
        /// The connection ended before the answer did.
        case brokenOff
        /// The engine refused; `status` is HTTP's.
        case refused(status: Int)
    }

    public var kind: Kind
    /// What is wrong and, where the socket is, what to do about it.
    public var message: String

    public var description: String { message }

    /// What is asked for is not there, or can't be.
    public static func notFound(_ message: String) -> ContainerFailure {
        ContainerFailure(.refused(status: 404), message)
    }

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
