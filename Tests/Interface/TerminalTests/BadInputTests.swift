import CommandTesting
import Foundation
import JSON
import Testing

@Suite("What can't be used gives one clear error, exit code 2 and no crash")
struct BadInputTests {
    private static let pass = #"{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}"#

    private func refused(_ arguments: [String], _ files: [String: String] = [:], says expected: String) throws {
        let folder = try SteplogProcess.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, content) in files { try Data(content.utf8).write(to: folder.appending(path: name)) }
        let outcome = try SteplogProcess.run(arguments, in: folder)
        #expect(outcome.status == 2, "\(outcome.output)\(outcome.messages)")
        #expect(!outcome.wasKilled)
        #expect(outcome.output.isEmpty)
        #expect(outcome.messages.contains(expected), "\(outcome.messages)")
        // What is given back of a text is an excerpt.
        #expect(outcome.messages.utf8.count < 4_000)
    }

    @Test(
        "Definitions that can't be read",
        arguments: [
            ("{\"StartAt\":", "d.json:1:"), ("", "d.json"), ("[]", "d.json"), ("{}", "StartAt"),
            (String(repeating: "[", count: 300_000), "d.json"),
            (String(repeating: "{\"States\":", count: 50_000), "d.json"), ("\u{0}\u{1}", "d.json"),
        ])
    func definitions(text: String, expected: String) throws {
        try refused(["run", "d.json"], ["d.json": text], says: expected)
    }

    @Test("A definition of 200 MB is refused before it is read")
    func hugeDefinition() throws {
        let folder = try SteplogProcess.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "huge.json")
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: 200 << 20)
        try handle.close()
        for command in ["run", "validate", "graph"] {
            let outcome = try SteplogProcess.run([command, "huge.json"], in: folder)
            #expect(outcome.status == 2)
            #expect(outcome.messages.contains("209715200 bytes"), "\(outcome.messages)")
        }
    }

    @Test("Inputs that are no JSON, and files that are missing")
    func inputs() throws {
        let files = ["p.json": Self.pass]
        try refused(["run", "p.json", "--input", "{\"a\""], files, says: "--input:1:")
        try refused(["run", "p.json", "--input", "@none.json"], files, says: "none.json")
        try refused(["run", "p.json", "--input", String(repeating: "[", count: 100_000)], files, says: "--input:1:")
        try refused(["run", "none.json"], says: "none.json")
        try refused(["run", "p.json", "--config", "none.yaml"], files, says: "none.yaml")
        try refused(["run", "p.json", "--mock-config", "none.json"], files, says: "none.json")
        try refused(["run", "p.json", "--task-definitions", "none"], files, says: "none")
        try refused(["run", "p.json", "--resume"], files, says: "--log")
        try refused(["run", "p.json", "--name", "a b"], files, says: "--name")
        try refused(["run", "p.json", "--histroy", "json"], files, says: "--histroy")
        try refused(["run"], says: "file")
    }

    @Test("Logs that are none, can't be reached, or are of a newer version")
    func logs() throws {
        let files = ["p.json": Self.pass, "x.sqlite": "hello", "empty-folder": ""]
        try refused(["run", "p.json", "--log", "x.sqlite"], files, says: "not a Steplog log")
        try refused(["run", "p.json", "--log", "nowhere/x.sqlite"], files, says: "nowhere")
        try refused(["run", "p.json", "--log", "/"], files, says: "folder")
        let folder = try SteplogProcess.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Self.pass.utf8).write(to: folder.appending(path: "p.json"))
        #expect(try SteplogProcess.run(["run", "p.json", "--log", "n.sqlite"], in: folder).status == 0)
        // SQLite keeps the user's version in bytes 60 to 63 of the file; with a write-ahead log there are other copies.
        for ending in ["-wal", "-shm"] {
            try? FileManager.default.removeItem(at: folder.appending(path: "n.sqlite" + ending))
        }
        var bytes = try Data(contentsOf: folder.appending(path: "n.sqlite"))
        bytes.replaceSubrange(60..<64, with: [0, 0, 0, 99])
        try bytes.write(to: folder.appending(path: "n.sqlite"))
        let outcome = try SteplogProcess.run(["run", "p.json", "--log", "n.sqlite"], in: folder)
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("newer"), "\(outcome.messages)")
    }

    @Test("An unknown task definition fails the execution with the file to write")
    func taskDefinition() throws {
        let folder = try SteplogProcess.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let text =
            """
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::ecs:runTask.sync",
            "Parameters":{"TaskDefinition":"nope"},"End":true}}}
            """
        try Data(text.utf8).write(to: folder.appending(path: "t.json"))
        let outcome = try SteplogProcess.run(["run", "t.json"], in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.messages.contains("nope.json"), "\(outcome.messages)")
    }

    @Test("A full disk ends the run with one message")
    func fullDisk() throws {
        let folder = try SteplogProcess.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let loop =
            """
            {"StartAt":"P","States":{"P":{"Type":"Pass","Next":"C"},"D":{"Type":"Succeed"},
            "C":{"Type":"Choice","Choices":[{"Variable":"$.never","IsPresent":true,"Next":"D"}],"Default":"P"}}}
            """
        try Data(loop.utf8).write(to: folder.appending(path: "loop.json"))
        // A file system of 512 KiB that only this process and its children see.
        let script = """
            mount -t tmpfs -o size=512k none "$1" || exit 77
            cp "$2/loop.json" "$1"; cd "$1"; timeout -s KILL 60 "$3" run loop.json --log l.sqlite --skip-waits --quiet
            """
        let disk = folder.appending(path: "disk")
        try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/unshare")
        process.arguments = ["-rm", "sh", "-c", script, "sh", disk.path, folder.path, SteplogProcess.binary.path]
        let messages = folder.appending(path: "messages")
        try Data().write(to: messages)
        process.standardError = try FileHandle(forWritingTo: messages)
        try process.run()
        process.waitUntilExit()
        let text = try String(contentsOf: messages, encoding: .utf8)
        guard process.terminationStatus != 77, !text.contains("unshare") else {
            print("No file system can be mounted here: the full disk is not tried.")
            return
        }
        #expect(process.terminationStatus == 2, "\(text)")
        #expect(text.contains("no room is left"), "\(text)")
        #expect(text.split(separator: "\n").count == 1, "\(text)")
    }

    @Test("Other commands refuse what they can't read, and go on with the rest")
    func otherCommands() throws {
        let files = ["p.json": Self.pass, "bad.json": "{"]
        try refused(["graph", "bad.json"], files, says: "bad.json:1:")
        try refused(["eval"], says: "expression")
        try refused(["eval", "$", "--input", "{"], says: "--input:1:")
        try refused(["send-task-heartbeat", "--task-token", "t"], says: "STEPLOG_CONTROL_SOCKET")
        let folder = try SteplogProcess.temporaryFolder()
        for (name, content) in files { try Data(content.utf8).write(to: folder.appending(path: name)) }
        let outcome = try SteplogProcess.run(
            ["validate", "none.json", "bad.json", "p.json", "--format", "json"], in: folder)
        #expect(outcome.status == 2)
        let results = try JSONParser.parse(outcome.output).array?.compactMap { $0["result"]?.string }
        #expect(results == ["UNREADABLE", "FAIL", "OK"])
        let batch = try SteplogProcess.run(
            ["eval", "--batch"], in: folder, input: "{\"id\":1,\"expr\":\"1+1\"}\nnonsense\n{\"id\":2,\"expr\":\"$\"}\n"
        )
        #expect(batch.status == 0)
        #expect(batch.output.split(separator: "\n").count == 3)
    }
}
