import Foundation

/// The names of a read model's files.
///
/// The path that people give names the file that is served, or is a link to it: each further one that takes its place has a name of
/// its own, since SQLite's files must not be renamed while they are open.
public struct ReadModelFiles: Sendable {
    /// As it was given.
    public let path: String

    public init(path: String) { self.path = path }

    /// Where a read model is put that was built beside the one that is served. It is moved there when it is whole.
    public var rebuilt: String { path + ".rebuilt" }

    /// Where it is built.
    public var draft: String { path + ".rebuilt.part" }

    /// Whether one was built that nobody has taken yet.
    var hasRebuilt: Bool { FileManager.default.fileExists(atPath: rebuilt) }

    /// The file that is served.
    var served: String {
        guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { return path }
        return folder + target
    }

    private var folder: String { path.lastIndex(of: "/").map { String(path[...$0]) } ?? "" }

    /// Puts what was built in `draft` where the process that serves finds it.
    /// - Throws: also when the draft is open, or was not closed: then it does not hold all that was written to it.
    public func offerDraft() throws {
        guard !FileManager.default.fileExists(atPath: draft + "-wal") else { throw CocoaError(.fileWriteUnknown) }
        Self.remove(rebuilt)
        try FileManager.default.moveItem(atPath: draft, toPath: rebuilt)
    }

    /// Whether what was offered has been taken, by a process that serves or by `adopt`.
    public var isTaken: Bool { !hasRebuilt }

    /// Puts what was offered in the place of the one that was served, while no process serves it.
    public func adopt() throws {
        guard hasRebuilt else { return }
        Self.remove(served)
        Self.remove(path)
        try FileManager.default.moveItem(atPath: rebuilt, toPath: path)
    }

    /// Gives what was built a name of its own, so that nobody else takes it.
    /// - Returns: the name; nil when there is nothing.
    func takeRebuilt() throws -> String? {
        guard hasRebuilt else { return nil }
        var number = 1
        while FileManager.default.fileExists(atPath: "\(path).\(number)") { number += 1 }
        let name = "\(path).\(number)"
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: name + suffix) }
        try FileManager.default.moveItem(atPath: rebuilt, toPath: name)
        return name
    }

    /// From now on `path` leads to this file, one that `takeRebuilt` gave. Whoever opens `path` gets the one or the other.
    func serve(_ file: String) throws {
        let link = path + ".link"
        try? FileManager.default.removeItem(atPath: link)
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: String(file.dropFirst(folder.count)))
        // SAFETY: both texts live until the call returns.
        guard unsafe rename(link, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Removes a database with the files that SQLite puts beside it.
    public static func remove(_ file: String) {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + suffix) }
    }
}
