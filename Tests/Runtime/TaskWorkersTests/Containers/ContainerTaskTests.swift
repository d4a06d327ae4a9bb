import ContainerTesting
import Engine
import Foundation
import Glibc
import JSON
import Testing

@testable import TaskWorkers

/// Tasks in real containers of a podman of the test's own; where podman is not, that is said and nothing is tested.
@Suite("Tasks in containers", .serialized, .timeLimit(.minutes(5)))
struct ContainerTaskTests {
    private let podman: ContainerService?

    init() throws { podman = try ContainerService.start() }

    private func bench(_ podman: ContainerService) throws -> TaskBench {
        try TaskBench { configuration in
            configuration.ecs.backend = .container
            configuration.ecs.container.socket = podman.socket
            configuration.ecs.container.pull = .never
        }
    }

    /// A definition whose containers have the image that is there.
    private func define(_ bench: TaskBench, _ family: String, _ containers: String, more: String = "") throws {
        let text = #"{"containerDefinitions": [\#(containers)]\#(more)}"#
        try bench.write("definitions/\(family).json", text.replacing("IMAGE", with: ContainerService.image))
    }

    private func containersLeft(_ podman: ContainerService) throws -> String {
        let containers = try podman.command(["ps", "--all", "--quiet"]).output
        return containers + (try podman.command(["volume", "ls", "--quiet"]).output)
    }

    @Test(
        "Command, environment, user, directory, volumes, secrets, exit code, output and metadata are as the definition says"
    )
    func definition() async throws {
        guard let podman else { return }
        let bench = try bench(podman)
        try bench.write("secrets/key", "s3cret\n")
        let shared = "\(bench.root)/work"
        try define(
            bench, "job",
            #"""
            {"name": "first", "image": "IMAGE", "essential": false, "command": ["/bin/sh", "-c", "echo made > /scratch/file"],
             "mountPoints": [{"sourceVolume": "scratch", "containerPath": "/scratch"}]},
            {"name": "main", "image": "IMAGE", "entryPoint": ["/bin/sh", "-c"], "user": "1000:1000", "workingDirectory": "/tmp",
             "command": ["echo never"], "environment": [{"name": "A", "value": "definition"}, {"name": "B", "value": "b"}],
             "secrets": [{"name": "KEY", "valueFrom": "key"}], "memory": 64, "cpu": 128,
             "ulimits": [{"name": "nofile", "softLimit": 300, "hardLimit": 400}, {"name": "nproc", "softLimit": 1000, "hardLimit": 1000}],
             "dependsOn": [{"containerName": "first", "condition": "SUCCESS"}],
             "mountPoints": [{"sourceVolume": "scratch", "containerPath": "/scratch", "readOnly": true},
                             {"sourceVolume": "host", "containerPath": "/host"}]}
            """#,
            more: #", "volumes": [{"name": "scratch"}, {"name": "host", "host": {"sourcePath": "\#(shared)"}}]"#)
        let script =
            "echo $A $B $KEY; pwd; id -u; cat /scratch/file; ulimit -n; ls /host; echo complaint >&2; "
            + "wget -q -O - $ECS_CONTAINER_METADATA_URI_V4; exit 7"
        try bench.write("work/here", "")
        // The container's user is not this one.
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: shared)
        let command = JSONWriter.text([.string(script)])
        let reports = await bench.runSync(
            "job",
            more:
                #", "Overrides": {"ContainerOverrides": [{"Name": "main", "Command": \#(command), "Environment": [{"Name": "A", "Value": "override"}]}]}"#
        )
        #expect(reports.error == "States.TaskFailed", "\(reports)")
        let containers = reports.document["Containers"]
        #expect(containers?[0]?["ExitCode"] == 0)
        #expect(containers?[1]?["ExitCode"] == 7, "\(reports.cause)")
        #expect(reports.document["StopCode"] == "EssentialContainerExited")
        let path = try #require(bench.runner.logs(taskID: "t1").last?.path)
        let output = String(decoding: try File.read(path), as: UTF8.self)
        for line in ["override b s3cret", "/tmp", "1000", "made", "300", "here", "complaint"] {
            #expect(output.split(separator: "\n").contains { $0 == line }, "\(line) is not in: \(output)")
        }
        #expect(output.contains("com.amazonaws.ecs.task-arn"))
        #expect(try containersLeft(podman).isEmpty)
    }

    @Test("A container that needs more memory than its limit ends as in ECS: 137 and OutOfMemoryError")
    func outOfMemory() async throws {
        guard let podman else { return }
        let bench = try bench(podman)
        let script = "x=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; while :; do x=$x$x; done"
        try define(
            bench, "job",
            #"{"name": "main", "image": "IMAGE", "memory": 8, "command": ["/bin/sh", "-c", "\#(script)"]}"#)
        let reports = await bench.runSync("job")
        #expect(reports.document["Containers"]?[0]?["ExitCode"] == 137, "\(reports)")
        let reason = reports.document["Containers"]?[0]?["Reason"]?.string
        if KernelLog.hasEndedForMemory("") == nil {
            #expect(reason?.contains("memory limit") == true)
        } else {
            #expect(reason == "OutOfMemoryError: Container killed due to memory usage")
        }
    }

    @Test("A stopped task gets SIGTERM, and SIGKILL after its stopTimeout; nothing of it is left")
    func stop() async throws {
        guard let podman else { return }
        let bench = try bench(podman)
        try define(
            bench, "polite",
            #"{"name": "main", "image": "IMAGE", "command": ["/bin/sh", "-c", "trap 'echo term; exit 9' TERM; echo up; while :; do sleep 0.05; done"]}"#
        )
        try define(
            bench, "deaf",
            #"{"name": "main", "image": "IMAGE", "stopTimeout": 1, "command": ["/bin/sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.05; done"]}"#
        )
        for (family, exitCode) in [("polite", Int32(9)), ("deaf", 137)] {
            bench.runner.start(
                bench.request(family, "arn:aws:states:::ecs:runTask.sync", #"{"TaskDefinition": "\#(family)"}"#)
            ) { _ in }
            let log = bench.launcher.directory(family).file("main.log")
            #expect(await bench.wait { (try? File.read(log))?.isEmpty == false })
            bench.runner.cancel(taskID: family, executionArn: "arn:e")
            #expect(await bench.wait { bench.runner.runningCount == 0 })
            let result = try #require(try bench.launcher.result(bench.launcher.directory(family)))
            #expect(result.stopCode == .userInitiated)
            #expect(result.containers.first?.exitCode == exitCode)
        }
        #expect(try containersLeft(podman).isEmpty)
    }

    @Test("A container waits for the health of another, which is found out inside it")
    func health() async throws {
        guard let podman else { return }
        let bench = try bench(podman)
        try define(
            bench, "job",
            #"""
            {"name": "server", "image": "IMAGE", "essential": false, "stopTimeout": 1, "command": ["/bin/sh", "-c", "sleep 0.5; touch /tmp/up; sleep 60"],
             "healthCheck": {"command": ["CMD-SHELL", "test -f /tmp/up"], "interval": 5, "timeout": 2, "retries": 3}},
            {"name": "main", "image": "IMAGE", "command": ["true"], "dependsOn": [{"containerName": "server", "condition": "HEALTHY"}]}
            """#)
        let reports = await bench.runSync("job")
        #expect(reports.document["StopCode"] == "EssentialContainerExited", "\(reports)")
        #expect(reports.document["Containers"]?[1]?["ExitCode"] == 0)
    }

    @Test(
        "Steplog and the supervisor are killed: the next Steplog adopts the containers, which ran once, with all their output"
    )
    func killed() async throws {
        guard let podman else { return }
        let bench = try bench(podman)
        try define(
            bench, "job",
            #"""
            {"name": "before", "image": "IMAGE", "essential": false, "command": ["/bin/sh", "-c", "echo before >> /host/starts"],
             "mountPoints": [{"sourceVolume": "host", "containerPath": "/host"}]},
            {"name": "main", "image": "IMAGE", "dependsOn": [{"containerName": "before", "condition": "COMPLETE"}],
             "command": ["/bin/sh", "-c", "echo main >> /host/starts; echo one; until [ -f /host/go ]; do sleep 0.05; done; echo two; exit 4"],
             "mountPoints": [{"sourceVolume": "host", "containerPath": "/host"}]}
            """#, more: #", "volumes": [{"name": "host", "host": {"sourcePath": "\#(bench.root)/work"}}]"#)
        // Another process is Steplog here, so that it can be killed.
        let process = Process()
        process.executableURL = URL(filePath: TaskBench.superviseTool)
        process.arguments = ["run", bench.root, "job", "t1", podman.socket]
        try process.run()
        #expect(await bench.wait { bench.read("work/starts") == "before\nmain\n" })
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let handle = String(decoding: try File.read(bench.launcher.directory("t1").handle), as: UTF8.self)
        let supervisor = try #require(handle.split(separator: " ").first.flatMap { pid_t($0) })
        kill(supervisor, SIGKILL)
        #expect(await bench.wait { RunningProcess(number: supervisor) == nil })
        let collector = ReportCollector()
        let requests = try bench.runner.adopt { _, report in collector.add(report) }
        #expect(requests.map(\.taskID) == ["t1"])
        try bench.write("work/go", "")
        let reports = await collector.all()
        #expect(reports.document["Containers"]?[0]?["ExitCode"] == 0, "\(reports)")
        #expect(reports.document["Containers"]?[1]?["ExitCode"] == 4)
        #expect(bench.read("work/starts") == "before\nmain\n")
        #expect(bench.read("tasks/t1/main.log") == "one\ntwo\n")
        #expect(try containersLeft(podman).isEmpty)
    }

    @Test("What a supervisor did not come to remove is removed at the next start, if its task has a result")
    func sweep() async throws {
        guard let podman else { return }
        let bench = try bench(podman)
        func create(_ name: String, label: String) throws {
            let label = "\(ContainerSettings.taskLabel)=\(label)"
            _ = try podman.command([
                "create", "--network", "host", "--label", label, "--name", name, ContainerService.image, "true",
            ])
        }
        for (id, hasResult) in [("over", true), ("open", false)] {
            let directory = bench.launcher.directory(id)
            try File.makeDirectories(directory.path)
            if hasResult { try File.writeAtomically([], to: directory.result, durable: false) }
            try create(id, label: directory.path)
        }
        try create("else", label: "/else/over")
        let sweep = ContainerSweep(
            configuration: bench.configuration.ecs.container, tasksDirectory: bench.configuration.tasksDirectory)
        #expect(sweep.run() == 1)
        #expect(
            try podman.command(["ps", "--all", "--format", "{{.Names}}"]).output.split(separator: "\n").sorted() == [
                "else", "open",
            ])
    }

    @Test("A supervisor that is killed under Steplog's eyes gets a successor, which goes on with the containers")
    func supervisorKilled() async throws {
        guard let podman else { return }
        let bench = try bench(podman)
        try define(
            bench, "job",
            #"{"name": "main", "image": "IMAGE", "command": ["/bin/sh", "-c", "echo up; sleep 1; exit 5"]}"#)
        let collector = ReportCollector()
        bench.runner.start(bench.request("t1", "arn:aws:states:::ecs:runTask.sync", #"{"TaskDefinition": "job"}"#)) {
            collector.add($0)
        }
        #expect(await bench.wait { bench.read("tasks/t1/main.log") == "up\n" })
        let handle = String(decoding: try File.read(bench.launcher.directory("t1").handle), as: UTF8.self)
        kill(try #require(handle.split(separator: " ").first.flatMap { pid_t($0) }), SIGKILL)
        #expect(await collector.all().document["Containers"]?[0]?["ExitCode"] == 5)
        #expect(bench.read("tasks/t1/main.log") == "up\n")
    }

    @Test("What is missing is told with what to do: the image, the program, the socket")
    func missing() async throws {
        guard let podman else { return }
        let bench = try bench(podman)
        try define(bench, "image", #"{"name": "main", "image": "nowhere.invalid/none:1", "command": ["true"]}"#)
        try define(bench, "program", #"{"name": "main", "image": "IMAGE", "command": ["no-such-program"]}"#)
        let image = await bench.runSync("image", id: "image")
        #expect(image.document["StopCode"] == "TaskFailedToStart", "\(image)")
        #expect(image.cause.contains("CannotPullContainerError: the image nowhere.invalid/none:1 is not here"))
        #expect(image.document["Containers"]?[0]?["ExitCode"] == nil)
        let program = await bench.runSync("program", id: "program")
        #expect(program.cause.contains("CannotStartContainerError: "), "\(program)")
        #expect(program.cause.contains("no-such-program"))
        #expect(try containersLeft(podman).isEmpty)
        let other = try TaskBench { configuration in
            configuration.ecs.backend = .container
            configuration.ecs.container.socket = "/tmp/steplog-no-such.sock"
        }
        try define(other, "job", #"{"name": "main", "image": "IMAGE", "command": ["true"]}"#)
        let socket = await other.runSync("job")
        #expect(socket.document["StopCode"] == "TaskFailedToStart")
        #expect(socket.cause.contains("there is no socket /tmp/steplog-no-such.sock"), "\(socket)")
    }
}
