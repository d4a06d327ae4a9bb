import Foundation
import JSON
import Testing

/// One input of an example with what it must lead to.
struct Example: Sendable, CustomTestStringConvertible {
    /// The folder's name.
    var name: String
    /// `input.json`, `input-declined.json`, …
    var inputFile: String

    var testDescription: String { "\(name)/\(inputFile)" }

    var folder: URL { Self.root.appending(path: name) }

    /// `expected-output.json` belongs to `input.json`, `expected-output-draft.json` to `input-draft.json`.
    var expectedOutputFile: String { "expected-output" + inputFile.dropFirst("input".count) }

    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Examples")

    /// The folders that hold a workflow.
    static let names: [String] = files(in: root).filter {
        FileManager.default.fileExists(atPath: root.appending(path: "\($0)/workflow.asl.json").path)
    }

    /// Every input of every example.
    static let all: [Example] = names.flatMap { name in
        files(in: root.appending(path: name)).filter { $0.hasPrefix("input") && $0.hasSuffix(".json") }
            .map { Example(name: name, inputFile: $0) }
    }

    func json(_ file: String) throws -> JSONValue {
        try JSONParser.parse(String(contentsOf: folder.appending(path: file), encoding: .utf8))
    }

    static func files(in folder: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }
}
