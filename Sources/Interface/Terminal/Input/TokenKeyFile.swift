import Foundation

/// The file with the key that task tokens are signed with. Processes that begin at the same time agree on one key.
public enum TokenKeyFile {
    private static let bytesMin = 16
    private static let bytesNew = 32

    /// The key in the file, or a new one that it gets: tokens that tasks hold stay good after a restart.
    /// - Throws: BadInput when there is none and none can be written, or when it is too short to be one.
    public static func key(in path: String) throws(BadInput) -> [UInt8] {
        if let key = try read(path) { return key }
        let key = (0..<bytesNew).map { _ in UInt8.random(in: 0...255) }
        let draft = "\(path).\(UUID().uuidString).new"
        defer { try? FileManager.default.removeItem(atPath: draft) }
        // SAFETY: link gets both paths as C strings for the time of the call.
        if FileManager.default.createFile(atPath: draft, contents: Data(key), attributes: [.posixPermissions: 0o600]),
            unsafe link(draft, path) == 0
        {
            return key
        }
        // Another process was faster: its key is the one.
        if let key = try read(path) { return key }
        throw BadInput("The key of task tokens can't be written to \(path): the log's folder must exist and allow it.")
    }

    /// - Returns: nil when there is no such file.
    private static func read(_ path: String) throws(BadInput) -> [UInt8]? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        guard data.count >= bytesMin else {
            throw BadInput(
                "\(path) holds \(data.count) bytes, and a key of task tokens has at least \(bytesMin): remove it, then it is made anew."
            )
        }
        return Array(data)
    }
}
