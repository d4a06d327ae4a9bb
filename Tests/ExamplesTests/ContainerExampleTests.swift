import CommandTesting
import ContainerTesting
import Foundation
import JSON
import Testing

/// Each example is run by the built program with its tasks in real containers, of a podman of the test's own. Their images are made here
/// of a static busybox and the examples' programs; what else those call (python3, steplog) comes from this machine by mounts.
@Suite("The examples run in containers", .serialized, .timeLimit(.minutes(10)))
struct ContainerExampleTests {
    @Test("An example's output in containers is that of its page, and no container is left")
    func outputIsAsExpected() throws {
        guard let podman = try ContainerService.start() else { return }
        for name in Example.names {
            for image in try images(of: name) {
                try podman.build(
                    image, folders: ["examples": Example.root], changes: ["WORKDIR /examples/\(name)"])
            }
        }
        for example in Example.all {
            let results = try SteplogProcess.temporaryFolder()
            defer { try? FileManager.default.removeItem(at: results) }
            let configuration = results.appending(path: "steplog.yaml")
            try Data(self.configuration(podman, results).utf8).write(to: configuration)
            let counter = results.appending(path: "starts")
            let outcome = try SteplogProcess.run(
                [
                    "run", "workflow.asl.json", "--input", "@\(example.inputFile)", "--skip-waits", "--config",
                    configuration.path, "--log", results.appending(path: "run.sqlite").path,
                ], in: example.folder)
            #expect(outcome.status == 0, "\(example): \(outcome.messages)\(printed(results))")
            let expected = try example.json(example.expectedOutputFile)
            #expect((try? JSONParser.parse(outcome.output)) == expected, "\(example): \(outcome.messages)")
            let starts = try String(contentsOf: counter, encoding: .utf8).split(separator: "\n")
            #expect(Set(starts).count == starts.count, "\(example): \(starts)")
            #expect(try podman.command(["ps", "--all", "--quiet"]).output.isEmpty)
        }
    }

    /// What the containers printed.
    private func printed(_ results: URL) -> String {
        let tasks = results.appending(path: "run.sqlite.tasks")
        return Example.files(in: tasks).flatMap { task in
            Example.files(in: tasks.appending(path: task)).filter { $0.hasSuffix(".log") }.map { file in
                (try? String(contentsOf: tasks.appending(path: "\(task)/\(file)"), encoding: .utf8)) ?? ""
            }
        }.joined()
    }

    /// The images that the task definitions of an example name.
    private func images(of name: String) throws -> Set<String> {
        let folder = Example.root.appending(path: "\(name)/task-definitions")
        var images: Set<String> = []
        for file in Example.files(in: folder) {
            let definition = try JSONParser.parse(String(contentsOf: folder.appending(path: file), encoding: .utf8))
            for container in definition["containerDefinitions"]?.array ?? [] {
                images.insert(try #require(container["image"]?.string))
            }
        }
        return images
    }

    private func configuration(_ podman: ContainerService, _ results: URL) -> String {
        let libraries = ["/usr", "/lib", "/lib64"].filter { FileManager.default.fileExists(atPath: $0) }
        let own = [SteplogProcess.binary.resolvingSymlinksInPath().deletingLastPathComponent().path, swiftLibraries]
            .compactMap { $0 }
        let outside = own.filter { !$0.hasPrefix("/usr/") }
        let mounts = (libraries + outside).map { "\"\($0):\($0):ro\"" } + ["\"\(results.path):\(results.path)\""]
        return """
            tasks:
              environment:
                STEPLOG_EXAMPLE_DIR: \(results.path)
                STEPLOG_EXAMPLE_PACE: "0.02"
                STEPLOG_TASK_COUNTER_FILE: \(results.path)/starts
            ecs:
              backend: container
              container: {socket: \(podman.socket), pull: never, mounts: [\(mounts.joined(separator: ", "))]}
            """
    }

    /// Where the Swift libraries are that the built program is linked with.
    private var swiftLibraries: String? {
        // A file of /proc says that it is empty, and is read to its end all the same.
        let bytes = try? FileHandle(forReadingAtPath: "/proc/self/maps")?.readToEnd()
        let maps = String(decoding: bytes ?? Data(), as: UTF8.self)
        guard let line = maps.split(separator: "\n").first(where: { $0.hasSuffix("/libswiftCore.so") }),
            let start = line.firstIndex(of: "/")
        else { return nil }
        return URL(filePath: String(line[start...])).deletingLastPathComponent().path
    }
}
