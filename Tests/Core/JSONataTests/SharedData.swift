import Foundation
import JSON

/// The team's shared data, when it lies beside the repository (or where STEPLOG_SHARED says).
enum SharedData {
    static let root: String = {
        if let path = ProcessInfo.processInfo.environment["STEPLOG_SHARED"] { return path }
        let repository = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return repository.deletingLastPathComponent().appending(path: "shared").path()
    }()

    /// The lines of a file of JSON lines; nil, said aloud, where it is not there.
    static func lines(_ path: String) throws -> [JSONValue]? {
        guard let data = FileManager.default.contents(atPath: root + "/" + path) else {
            print("skipped: no \(root)/\(path)")
            return nil
        }
        return try data.split(separator: 0x0A).map { try JSONParser.parse(Array($0)) }
    }
}
