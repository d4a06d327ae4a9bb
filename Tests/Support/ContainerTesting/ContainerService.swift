public import Foundation

/// A `podman system service` of a test's own: its socket, its images, its containers, all in a folder that goes with it.
///
/// Needs podman, runc (or another runtime that works here) and a static busybox: `apt-get install podman runc busybox-static`. Where
/// STEPLOG_DOCKER_SOCKET names the socket of a Docker that is there for these tests alone, that one is used in place of podman.
public final class ContainerService: Sendable {
    /// The socket that it listens on.
    public let socket: String
    private let folder: URL
    /// Of podman; nil: a Docker was there.
    private let process: Process?

    /// Starts one, if podman works here.
    /// - Returns: nil where it does not, which is said on standard output, with the reason.
    public static func start() throws -> ContainerService? {
        guard let busybox = program("busybox") else { return skip("busybox is not here") }
        let service: ContainerService
        if let docker = ProcessInfo.processInfo.environment["STEPLOG_DOCKER_SOCKET"] {
            service = try ContainerService(docker: docker)
        } else {
            guard let podman = program("podman") else { return skip("podman is not here") }
            service = try ContainerService(podman)
        }
        guard service.isReady() else { return skip("its service does not answer: \(service.messages)") }
        try service.importBusybox(busybox)
        let trial = try service.command(["run", "--rm", "--network", "host", image, "true"])
        guard trial.status == 0 else { return skip("it can run no container here: \(trial.output)") }
        return service
    }

    /// The image that is there from the start: a static busybox and nothing else.
    public static let image = "busybox:steplog"

    private static func skip(_ reason: String) -> ContainerService? {
        print(
            "PODMAN NOT USED: \(reason). Not tested: tasks in containers (apt-get install podman runc busybox-static)")
        return nil
    }

    private init(docker: String) throws {
        socket = docker
        folder = FileManager.default.temporaryDirectory.appending(path: "steplog-docker-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        process = nil
    }

    private init(_ podman: URL) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "steplog-podman-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        socket = folder.appending(path: "podman.sock").path
        let runtime = Self.program("runc") == nil ? "" : "runtime = \"runc\"\n"
        // Few limits of the kernel may be raised in a sandbox, and it may lack systemd.
        let configuration = """
            [containers]
            default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
            [engine]
            lock_type = "file"
            compat_api_enforce_docker_hub = false
            \(runtime)cgroup_manager = "cgroupfs"
            events_logger = "file"
            """
        try Data(configuration.utf8).write(to: folder.appending(path: "containers.conf"))
        let process = Process()
        process.executableURL = podman
        // It ends by itself ten minutes after its last request, should the tests be killed.
        process.arguments = Self.storage(folder) + ["system", "service", "--time=600", "unix://\(socket)"]
        process.environment = Self.environment(folder)
        // Its monitors leave files where they are started.
        process.currentDirectoryURL = folder
        let log = folder.appending(path: "service.log")
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        process.standardError = try FileHandle(forWritingTo: log)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        self.process = process
    }

    deinit {
        let containers =
            (try? command(["ps", "--all", "--quiet"]).output)?.split(separator: "\n").map(String.init) ?? []
        if !containers.isEmpty { _ = try? command(["rm", "--force"] + containers) }
        process?.terminate()
        process?.waitUntilExit()
        _ = try? Self.run("umount", ["-l", folder.appending(path: "root/overlay").path], [:])
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs podman's (or Docker's) command line on this service's images and containers.
    public func command(_ arguments: [String]) throws -> (status: Int32, output: String) {
        guard process != nil else { return try Self.run("docker", ["--host", "unix://\(socket)"] + arguments, [:]) }
        return try Self.run("podman", Self.storage(folder) + arguments, Self.environment(folder))
    }

    /// Makes an image of busybox with more files in it.
    /// - Parameters:
    ///   - folders: by their paths in the image, without the first `/`.
    ///   - changes: as of `podman import --change`.
    public func build(_ tag: String, folders: [String: URL], changes: [String]) throws {
        let root = folder.appending(path: "rootfs")
        for (path, source) in folders {
            let target = root.appending(path: path)
            try? FileManager.default.removeItem(at: target)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: source, to: target)
        }
        let archive = folder.appending(path: "image.tar").path
        let packed = try Self.run("tar", ["-C", root.path, "-cf", archive, "."], [:])
        guard packed.status == 0 else { throw ContainerServiceError(message: "tar: \(packed.output)") }
        let made = try command(["import"] + changes.flatMap { ["--change", $0] } + [archive, tag])
        guard made.status == 0 else { throw ContainerServiceError(message: "podman import: \(made.output)") }
    }

    private func importBusybox(_ busybox: URL) throws {
        let binaries = folder.appending(path: "rootfs/bin")
        for name in ["bin", "tmp", "etc", "proc", "dev", "sys", "usr", "lib", "lib64", "opt"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: "rootfs/\(name)"), withIntermediateDirectories: true)
        }
        try FileManager.default.copyItem(
            at: busybox.resolvingSymlinksInPath(), to: binaries.appending(path: "busybox"))
        let names = try Self.run(busybox.path, ["--list"], [:]).output.split(separator: "\n")
        for name in names where name != "busybox" {
            try FileManager.default.createSymbolicLink(
                atPath: binaries.appending(path: String(name)).path, withDestinationPath: "busybox")
        }
        try build(Self.image, folders: [:], changes: [])
    }

    private func isReady() -> Bool {
        for _ in 0..<200 where process?.isRunning ?? true {
            if FileManager.default.fileExists(atPath: socket) { return true }
            Thread.sleep(forTimeInterval: 0.05)
        }
        return false
    }

    private var messages: String {
        (try? String(contentsOf: folder.appending(path: "service.log"), encoding: .utf8)) ?? ""
    }

    /// Its own in everything, locks included: others of this machine's podman are not to be disturbed.
    private static func storage(_ folder: URL) -> [String] {
        [
            "--root", folder.appending(path: "root").path, "--runroot", folder.appending(path: "runroot").path,
            "--tmpdir", folder.appending(path: "tmp").path,
        ]
    }

    private static func environment(_ folder: URL) -> [String: String] {
        ProcessInfo.processInfo.environment.merging(
            ["CONTAINERS_CONF": folder.appending(path: "containers.conf").path]) { $1 }
    }

    private static func program(_ name: String) -> URL? {
        ["/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/sbin"].map { URL(filePath: "\($0)/\(name)") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    private static func run(
        _ name: String, _ arguments: [String], _ environment: [String: String]
    ) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = name.hasPrefix("/") ? URL(filePath: name) : program(name)
        process.arguments = arguments
        if !environment.isEmpty { process.environment = environment }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}

/// What podman refused.
public struct ContainerServiceError: Error, CustomStringConvertible {
    public var message: String
    public var description: String { message }
}
