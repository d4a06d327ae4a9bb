import Glibc
import NIOCore
import NIOPosix

/// The Unix socket on which an engine of containers listens.
public enum ContainerSocket {
    /// Where engines listen unless told otherwise: Podman as root, Docker.
    public static let usual = ["/run/podman/podman.sock", "/var/run/docker.sock"]

    /// The socket to use.
    /// - Parameters:
    ///   - configured: the setting's; it goes before everything else.
    ///   - dockerHost: the variable `DOCKER_HOST`; only `unix://PATH` counts.
    /// - Returns: the first of `usual` that exists, or Podman's, where nothing is said.
    public static func path(configured: String?, dockerHost: String?) -> String {
        if let configured { return configured.hasPrefix("unix://") ? String(configured.dropFirst(7)) : configured }
        if let dockerHost, dockerHost.hasPrefix("unix://") { return String(dockerHost.dropFirst(7)) }
        // SAFETY: the path lives, and ends in zero, for the call.
        return usual.first { unsafe access($0, F_OK) == 0 } ?? usual[0]
    }

    /// What to tell whoever could not connect.
    static func failure(_ path: String, _ error: any Error) -> ContainerFailure {
        let another = "or name another socket in ecs.container.socket"
        let start =
            "`podman system service --time=0 unix://\(path)`, or `systemctl start podman.socket` or `docker.service`"
        let code = (error as? IOError)?.errnoCode
        switch code {
        case ENOENT?:
            return ContainerFailure(
                .unreachable, "there is no socket \(path): start the engine that listens there (\(start)), \(another)")
        case ECONNREFUSED?:
            return ContainerFailure(
                .unreachable, "nobody listens on \(path): start the engine again (\(start)), \(another)")
        case EACCES?, EPERM?:
            return ContainerFailure(
                .unreachable,
                "this user may not use \(path): add it to the socket's group (docker's is `docker`), "
                    + "start Podman as this user, \(another)")
        default:
            if case SocketAddressError.unixDomainSocketPathTooLong = error {
                return ContainerFailure(.unreachable, "\(path) is too long for a socket's path (107 bytes), \(another)")
            }
            return ContainerFailure(.unreachable, "connecting to \(path) failed: \(error)")
        }
    }
}
