import Foundation
import JSON

/// The corpora in ../shared/conformance, which are there on some machines and not on others.
enum DefinitionCorpus {
    /// `STEPLOG_SHARED`, or `../shared` beside the repository.
    static let shared: URL? = {
        let manager = FileManager.default
        if let path = ProcessInfo.processInfo.environment["STEPLOG_SHARED"] {
            return manager.fileExists(atPath: path) ? URL(fileURLWithPath: path) : nil
        }
        var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            guard manager.fileExists(atPath: folder.appendingPathComponent("Package.swift").path) else { continue }
            let shared = folder.deletingLastPathComponent().appendingPathComponent("shared")
            return manager.fileExists(atPath: shared.path) ? shared : nil
        }
        return nil
    }()

    /// The objects of a file of JSON lines; empty, with a word on standard output, when it is not there.
    static func lines(of path: String) throws -> [JSONValue] {
        guard let file = shared?.appendingPathComponent(path), let data = try? Data(contentsOf: file) else {
            print("skipped: no \(path) in ../shared")
            return []
        }
        return try data.split(separator: 0x0A).map { try JSONParser.parse(Array($0)) }
    }

    /// The recorded cases; empty, with a word on standard output, when they are not there.
    static func recordedCases() throws -> [JSONValue] {
        guard let folder = shared?.appendingPathComponent("conformance/aws-recorded/cases"),
            let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        else {
            print("skipped: no recorded cases in ../shared")
            return []
        }
        let paths = files.compactMap { $0 as? URL }.filter { $0.pathExtension == "json" }.map(\.path).sorted()
        return try paths.map { try JSONParser.parse([UInt8](Data(contentsOf: URL(fileURLWithPath: $0)))) }
    }
}
