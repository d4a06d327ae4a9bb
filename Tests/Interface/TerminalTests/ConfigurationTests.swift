import Foundation
import TaskWorkers
import Terminal
import Testing

@Suite("The configuration file")
struct ConfigurationTests {
    @Test("Every key is read, and relative paths start at the file")
    func everyKey() throws {
        let path = try temporaryFile(
            "steplog.yaml",
            """
            region: eu-west-1
            accountId: 000000000007
            tasks:
              definitionsDirectory: definitions
              workingDirectory: ..
              directory: /var/tasks
              secretsDirectory: secrets
              environmentFilesDirectory: environment
              images: {busybox: [docker, run]}
              environment: {PORT: 8080}
              inherit: [PATH]
              essentialContainersOnly: true
            functions:
              resize: {command: [python3, resize.py], workingDirectory: functions}
              score: {url: "http://127.0.0.1:9000/"}
            """)
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let read = try SteplogConfiguration(readingFrom: path)
        #expect(read.region == "eu-west-1")
        #expect(read.accountID == "000000000007")
        #expect(read.taskDefinitionsDirectory == folder + "/definitions")
        #expect(read.workingDirectory == URL(filePath: folder).deletingLastPathComponent().path)
        #expect(read.tasksDirectory == "/var/tasks")
        #expect(read.secretsDirectory == folder + "/secrets")
        #expect(read.environmentFilesDirectory == folder + "/environment")
        #expect(read.imageCommands == ["busybox": ["docker", "run"]])
        #expect(read.environment == ["PORT": "8080"])
        #expect(read.inheritedVariables == ["PATH"])
        #expect(read.judgesEssentialContainersOnly)
        #expect(read.functions["resize"] == .command(["python3", "resize.py"], workingDirectory: "functions"))
        #expect(read.functions["score"] == .url("http://127.0.0.1:9000/"))
        #expect(read.file == path)
    }

    @Test("The file that comes with Steplog says the defaults")
    func shippedFile() throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var read = try SteplogConfiguration(readingFrom: root.appending(path: "config/steplog.yaml").path)
        read.file = SteplogConfiguration().file
        #expect(read == SteplogConfiguration())
    }

    @Test(
        "What is wrong is named with its place",
        arguments: [
            ("regoin: x", "1:1: unknown key \"regoin\"; did you mean \"region\"?"),
            ("tasks:\n  imagse: {}", "2:3: unknown key \"tasks.imagse\"; did you mean \"images\"?"),
            ("tasks: 7", "\"tasks\" must be an object"), ("accountId: 7", "must have 12 digits"),
            ("functions: {f: {}}", "either command"), ("tasks: {inherit: PATH}", "must be a list of strings"),
            ("[]", "must be an object"), ("region: [", ":"),
        ])
    func refusals(text: String, expected: String) throws {
        let path = try temporaryFile("steplog.yaml", text)
        let error = #expect(throws: BadInput.self) { try SteplogConfiguration(readingFrom: path) }
        #expect(error?.message.hasPrefix(path) == true)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
    }

    @Test("Comments alone are the defaults")
    func comments() throws {
        let path = try temporaryFile("steplog.yaml", "# nothing\n\n")
        #expect(try SteplogConfiguration(readingFrom: path).region == "us-east-1")
    }
}
