import CommandTesting
import Foundation
import Testing

/// The library that stands between a process and librdkafka (Tests/Support/CallFaults), compiled once for all tests.
enum CallFaults {
    private static let library = Result { () throws -> URL in
        let root = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent()
        let source = root.appending(path: "Support/CallFaults/call_faults.c")
        let made = try SteplogProcess.temporaryFolder().appending(path: "libcallfaults.so")
        let compiler = Process()
        compiler.executableURL = URL(filePath: "/usr/bin/env")
        compiler.arguments = ["cc", "-O1", "-shared", "-fPIC", "-o", made.path, source.path, "-ldl"]
        try compiler.run()
        compiler.waitUntilExit()
        try #require(compiler.terminationStatus == 0, "the C compiler does not take \(source.path)")
        return made
    }

    /// The variables that let a process meet these faults; none for no faults.
    static func environment(_ faults: String) throws -> [String: String] {
        faults.isEmpty ? [:] : ["LD_PRELOAD": try library.get().path, "STEPLOG_CALL_FAULT": faults]
    }
}
