import JSON
import Testing

@testable import TaskWorkers

@Suite("Tasks of several containers")
struct SeveralContainersTests {
    /// Defines `job` from containers, each a name, a script and more members.
    private func define(_ bench: TaskBench, _ containers: [(name: String, script: String, more: String)]) throws {
        let texts = containers.map { container in
            let command = JSONWriter.text(["/bin/sh", "-c", .string(container.script)])
            return #"{"name": "\#(container.name)", "command": \#(command)\#(container.more)}"#
        }
        try bench.write("definitions/job.json", #"{"containerDefinitions": [\#(texts.joined(separator: ", "))]}"#)
    }

    @Test(
        "The end of the essential container stops the others; a sidecar that does not exit with 0 fails the task, as on AWS"
    )
    func sidecar() async throws {
        let bench = try TaskBench()
        try define(bench, [("main", "sleep 0.05", ""), ("side", "sleep 30", #", "essential": false"#)])
        let reports = await bench.runSync("job")
        #expect(reports.error == "States.TaskFailed")
        #expect(reports.document["Containers"]?[0]?["ExitCode"] == 0)
        #expect(reports.document["Containers"]?[1]?["ExitCode"] == 143)
    }

    @Test("With judgesEssentialContainersOnly a sidecar's exit code does not count")
    func essentialOnly() async throws {
        let bench = try TaskBench { $0.judgesEssentialContainersOnly = true }
        try define(bench, [("main", "sleep 0.05", ""), ("side", "sleep 30", #", "essential": false"#)])
        #expect(await bench.runSync("job").isSuccess)
    }

    @Test("Containers wait for START, COMPLETE, SUCCESS and HEALTHY of others")
    func dependencies() async throws {
        let bench = try TaskBench()
        func after(_ name: String, _ condition: String) -> String {
            #"{"containerName": "\#(name)", "condition": "\#(condition)"}"#
        }
        try define(
            bench,
            [
                (
                    "main", "echo main >> out",
                    ", \"dependsOn\": [\(after("init", "SUCCESS")), \(after("db", "HEALTHY"))]"
                ),
                ("init", "echo init >> out", ", \"essential\": false, \"dependsOn\": [\(after("first", "COMPLETE"))]"),
                ("first", "sleep 0.05; echo first >> out; exit 1", #", "essential": false"#),
                (
                    "db", "trap 'exit 0' TERM; sleep 0.1; touch ready; while :; do sleep 0.02; done",
                    #", "healthCheck": {"command": ["CMD-SHELL", "test -f ready"], "interval": 5}"#
                ),
            ])
        let reports = await bench.runSync("job")
        #expect(bench.read("work/out") == "first\ninit\nmain\n")
        #expect(reports.document["Containers"]?.array?.map { $0["ExitCode"]?.number?.int64 } == [0, 0, 1, 0])
        #expect(reports.document["StopCode"]?.string == "EssentialContainerExited")
    }

    @Test("A dependency that fails where SUCCESS is asked for keeps the task from starting")
    func failedDependency() async throws {
        let bench = try TaskBench()
        try define(
            bench,
            [
                ("main", "echo ran > out", #", "dependsOn": [{"containerName": "init", "condition": "SUCCESS"}]"#),
                ("init", "exit 2", #", "essential": false"#),
            ])
        let reports = await bench.runSync("job")
        #expect(reports.document["StopCode"]?.string == "TaskFailedToStart")
        #expect(reports.document["StoppedReason"]?.string?.contains("[init] for target [main]") == true)
        #expect(reports.document["Containers"]?[0]?["ExitCode"] == nil)
        #expect(bench.read("work/out").isEmpty)
    }

    @Test("Containers stop in the reverse of their order")
    func stopOrder() async throws {
        let bench = try TaskBench()
        let loop = "while :; do sleep 0.02; done"
        try define(
            bench,
            [
                ("main", "sleep 0.15; exit 0", ""),
                ("db", "trap 'echo db >> out; exit 0' TERM; \(loop)", #", "essential": false"#),
                (
                    "app", "trap 'echo app >> out; exit 0' TERM; \(loop)",
                    #", "essential": false, "dependsOn": [{"containerName": "db", "condition": "START"}]"#
                ),
            ])
        #expect(await bench.runSync("job").isSuccess)
        #expect(bench.read("work/out") == "app\ndb\n")
    }
}
