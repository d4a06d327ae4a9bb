/// How tasks run in containers of this machine: the cluster's backend `container`.
public struct ContainerConfiguration: Sendable, Equatable {
    /// When an image is fetched from its registry.
    public enum Pull: String, Sendable, CaseIterable {
        /// When it is not here.
        case missing
        /// Before each task; if that fails and it is here, it is used, as ECS's agent does by default.
        case always
        /// One that is not here is an error.
        case never
    }

    /// The engine's Unix socket, a path or `unix://PATH`; nil: `DOCKER_HOST`'s, else the first that is there of Podman's and Docker's.
    public var socket: String?
    public var pull = Pull.missing
    /// What containers see of the network, in Docker's words: `host`, `bridge`, `none`, a network's name. With `host` they reach
    /// the task metadata endpoint and services of this machine on 127.0.0.1.
    public var network = "host"
    /// Directories of this machine that every container has, in Docker's form `/HERE:/THERE` or `/HERE:/THERE:ro`.
    public var mounts: [String] = []

    public init() {}
}
