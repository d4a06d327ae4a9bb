import Foundation

/// The working tree that the tests were compiled from.
enum Repository {
    /// Found from this file's own path, links resolved: `<root>/Tests/TidyTests/Repository.swift`.
    static let root: URL = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every file that git would commit, tracked or new, from the root; empty outside a clone.
    static let files: [String] = {
        let git = Process()
        git.executableURL = URL(filePath: "/usr/bin/env")
        // A clone may belong to another user than the one who tests it (sudo, a CI's checkout).
        git.arguments = ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"]
        git.currentDirectoryURL = root
        let output = Pipe()
        git.standardOutput = output
        do {
            try git.run()
        } catch {
            return []
        }
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        git.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { FileManager.default.fileExists(atPath: root.appending(path: $0).path) }
            .sorted()
    }()

    /// The Swift files under Sources, Tests and Benchmarks, and the manifest.
    static let swiftFiles: [SourceFile] = files.filter { $0.hasSuffix(".swift") }.map {
        SourceFile(path: $0, text: text(of: $0))
    }

    /// The names of the modules of a layer: the folders under `Sources/<layer>`.
    static func modules(of layer: String) -> Set<String> {
        Set(swiftFiles.filter { $0.layer == layer }.compactMap(\.module))
    }

    static func text(of path: String) -> String {
        (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
    }
}
