import CommandTesting
import Foundation
import JSON
import Testing

@Suite("steplog run, started as a user does")
struct RunCommandTests {
    private static let wait = #"{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":3600,"End":true}}}"#
    private static let pass = #"{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}"#

    private static let job = """
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::ecs:runTask.sync",
        "Parameters":{"TaskDefinition":"job"},"End":true}}}
        """

    private func folder(_ files: [String: String]) throws -> URL {
        let folder = try SteplogProcess.temporaryFolder()
        for (name, content) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(content.utf8).write(to: file)
            if content.hasPrefix("#!") {
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
            }
        }
        return folder
    }

    @Test("The output goes to standard output, alone, and the input is kept as sent")
    func output() throws {
        let folder = try folder(["p.asl.json": Self.pass])
        let outcome = try SteplogProcess.run(
            ["run", "p.asl.json", "--input", "-"], in: folder, input: #"{ "a": 1.50 }"#)
        #expect(outcome.status == 0)
        #expect(outcome.output == "{ \"a\": 1.50 }\n")
        #expect(outcome.messages.contains("succeeded"))
    }

    @Test("Definitions in YAML run too, and a folder has a say in nothing")
    func yaml() throws {
        let folder = try folder(["p.yaml": "StartAt: P\nStates:\n  P: {Type: Pass, Result: [1, two], End: true}\n"])
        let outcome = try SteplogProcess.run(["run", "p.yaml", "--quiet"], in: folder)
        #expect(outcome.output == "[1,\"two\"]\n")
        #expect(outcome.messages.isEmpty)
    }

    @Test("A failed execution has exit code 1 and says error, cause and state")
    func failure() throws {
        let folder = try folder([
            "f.json": #"{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"Broken","Cause":"no luck"}}}"#
        ])
        let outcome = try SteplogProcess.run(["run", "f.json"], in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        for part in ["state: F", "error: Broken", "cause: no luck"] { #expect(outcome.messages.contains(part)) }
    }

    @Test("A failed task shows the end of its log and where the log is")
    func taskLog() throws {
        let folder = try folder([
            "t.json": Self.job,
            "task-definitions/job.json":
                #"{"family":"job","containerDefinitions":[{"name":"work","image":"x","command":["./work.sh"]}]}"#,
            "work.sh": "#!/bin/sh\necho out of paper >&2\nexit 3\n",
        ])
        let outcome = try SteplogProcess.run(["run", "t.json"], in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.messages.contains("| out of paper"), "\(outcome.messages)")
        #expect(outcome.messages.contains("container work: exit code 3"), "\(outcome.messages)")
    }

    @Test("Ctrl-C stops the execution and its tasks")
    func interrupt() throws {
        let folder = try folder([
            "t.json": Self.job,
            "task-definitions/job.json":
                #"{"family":"job","containerDefinitions":[{"name":"work","image":"x","command":["./work.sh"]}]}"#,
            "work.sh": "#!/bin/sh\ntrap 'echo gone > end; exit 0' TERM\necho > begin\nwhile :; do sleep 0.05; done\n",
        ])
        let process = try SteplogProcess(["run", "t.json"], in: folder)
        while !FileManager.default.fileExists(atPath: folder.appending(path: "begin").path) {
            if process.hasEnded(within: 0.02) { break }
        }
        kill(process.identifier, SIGINT)
        let outcome = try process.wait()
        #expect(outcome.status == 1)
        #expect(!outcome.wasKilled)
        #expect(outcome.messages.contains("aborted"))
        #expect(FileManager.default.fileExists(atPath: folder.appending(path: "end").path))
    }

    @Test("After a crash --resume goes on, starting anew is refused, and a finished execution prints its result again")
    func resume() throws {
        let folder = try folder(["w.json": Self.wait, "p.json": Self.pass])
        let process = try SteplogProcess(["run", "w.json", "--log", "w.sqlite"], in: folder)
        _ = process.hasEnded(within: 1.5)
        kill(process.identifier, SIGKILL)
        #expect(try process.wait().wasKilled)
        let refused = try SteplogProcess.run(["run", "w.json", "--log", "w.sqlite"], in: folder)
        #expect(refused.status == 2)
        #expect(refused.messages.contains("--resume"))
        let resumed = try SteplogProcess(["run", "w.json", "--log", "w.sqlite", "--resume"], in: folder)
        _ = resumed.hasEnded(within: 1)
        kill(resumed.identifier, SIGTERM)
        #expect(try resumed.wait().status == 1)
        let again = try SteplogProcess.run(["run", "w.json", "--log", "w.sqlite", "--resume"], in: folder)
        #expect(again.status == 1)
        #expect(again.messages.contains("was stopped"))
    }

    @Test("Mocks answer for a service, by test case")
    func mocks() throws {
        let folder = try folder([
            "m.asl.json":
                #"{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{},"End":true}}}"#,
            "mocks.json":
                #"{"StateMachines":{"m":{"TestCases":{"Happy":{"T":"Sent"}}}},"MockedResponses":{"Sent":{"0":{"Return":{"MessageId":"1"}}}}}"#,
        ])
        let happy = try SteplogProcess.run(["run", "m.asl.json", "--mock-config", "mocks.json#Happy"], in: folder)
        #expect(happy.output == "{\"MessageId\":\"1\"}\n", "\(happy.messages)")
        let named = try SteplogProcess.run(["run", "m.asl.json#Happy", "--mock-config", "mocks.json"], in: folder)
        #expect(named.status == 0)
        let typo = try SteplogProcess.run(["run", "m.asl.json", "--mock-config", "mocks.json#Hapy"], in: folder)
        #expect(typo.status == 2)
        #expect(typo.messages.contains("did you mean \"Happy\"?"))
    }

    @Test("The history comes last on standard error, as a table or as AWS's JSON")
    func history() throws {
        let folder = try folder(["p.json": Self.pass])
        let json = try SteplogProcess.run(["run", "p.json", "--history", "json", "--quiet"], in: folder)
        #expect(try JSONParser.parse(json.messages)["events"]?.array?.count == 4)
        let table = try SteplogProcess.run(["run", "p.json", "--history", "table", "--quiet"], in: folder)
        #expect(table.messages.contains("PassStateExited"))
    }

    @Test("Waits pass at once with --skip-waits")
    func skippedWaits() throws {
        let folder = try folder(["w.json": Self.wait])
        #expect(try SteplogProcess.run(["run", "w.json", "--skip-waits"], in: folder).status == 0)
    }
}
