import Digests
import Foundation
import Terminal

/// Where a run keeps what outlives its process: beside the log, or in a temporary folder when no log is kept.
struct RunPlaces {
    /// nil: the log is in memory.
    let log: String?
    /// Each task gets a folder in it.
    let tasks: String
    /// Where tasks deliver their tokens; the same for every process that runs this log.
    let controlSocket: String
    /// Signs task tokens.
    let tokenKey: [UInt8]
    /// A folder of this process alone.
    let temporary: String?

    /// Longest path of a socket. Source: Linux, sockaddr_un.
    private static let socketPathBytesMax = 107

    /// - Parameters:
    ///   - log: the path of the log's file as the user gave it.
    ///   - tasks: the folder of tasks that the configuration names.
    init(log: String?, tasks: String?) throws {
        if let log {
            let path = URL(filePath: log).standardizedFileURL.path
            self.log = path
            self.tasks = tasks ?? path + ".tasks"
            temporary = nil
            controlSocket = try Self.socket(besides: path)
            tokenKey = try TokenKeyFile.key(in: path + ".key")
        } else {
            let folder = try Self.makeTemporary()
            self.log = nil
            self.tasks = tasks ?? folder + "/tasks"
            temporary = folder
            controlSocket = folder + "/control"
            tokenKey = Self.randomBytes(32)
        }
    }

    /// - Throws: when there is no folder for the log's file.
    static func checkFolder(of log: String) throws(BadInput) {
        let folder = URL(filePath: log).standardizedFileURL.deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder + "/.") else {
            throw BadInput("--log \(log): there is no folder \(folder).")
        }
    }

    /// Removes what nobody needs after the end.
    /// - Parameter keepsTasks: whether somebody may want to read the tasks' files.
    func clean(keepsTasks: Bool) {
        guard let temporary, !keepsTasks else { return }
        try? FileManager.default.removeItem(atPath: temporary)
    }

    private static func makeTemporary() throws -> String {
        var base = NSTemporaryDirectory()
        while base.count > 1, base.hasSuffix("/") { base.removeLast() }
        let folder =
            "\(base)/steplog-\(randomBytes(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())"
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw BadInput(
                "The folder \(folder) for temporary files can't be made: set TMPDIR to one that can be written.")
        }
        return folder
    }

    /// `LOG.socket`, or where that is too long for the system, a name made of its hash in a folder of this user.
    private static func socket(besides log: String) throws -> String {
        let path = log + ".socket"
        if path.utf8.count <= socketPathBytesMax { return path }
        let folder = "/tmp/steplog-\(getuid())"
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        return "\(folder)/\(Digest.hexadecimal(Digest.sha256(Array(path.utf8))).prefix(32)).socket"
    }

    static func randomBytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255) } }
}
