import Dispatch
import Foundation
import Synchronization
import Terminal
import Testing

@Suite struct TokenKeyFileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "steplog-key-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    @Test func `Those who begin at the same time agree on one key, which nobody else may read`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for round in 0..<50 {
            let path = folder.appending(path: "\(round).key").path
            let keys = Mutex<[[UInt8]]>([])
            DispatchQueue.concurrentPerform(iterations: 8) { _ in
                guard let key = try? TokenKeyFile.key(in: path) else { return }
                keys.withLock { $0.append(key) }
            }
            let found = keys.withLock { $0 }
            #expect(found.count == 8)
            #expect(Set(found).count == 1)
            #expect(try TokenKeyFile.key(in: path) == found.first)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 50)
    }

    @Test func `A file that holds no key is named and left as it is`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "short.key").path
        try Data("short".utf8).write(to: URL(filePath: path))
        let error = #expect(throws: BadInput.self) { try TokenKeyFile.key(in: path) }
        #expect(error.map { "\($0)".contains("short.key holds 5 bytes") } == true)
        #expect(FileManager.default.contents(atPath: path) == Data("short".utf8))
        #expect(throws: BadInput.self) { try TokenKeyFile.key(in: path + "/none/key") }
    }
}
