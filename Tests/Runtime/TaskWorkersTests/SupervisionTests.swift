import Engine
import Glibc
import JSON
import Testing

@testable import TaskWorkers

@Suite("Supervision")
struct SupervisionTests {
    @Test("A cancelled task gets SIGTERM, and is reported of no more")
    func cancel() async throws {
        let bench = try TaskBench()
        try bench.define(
            "job", script: "trap 'echo term > out; exit 0' TERM; echo up > up; while :; do sleep 0.02; done")
        let collector = ReportCollector()
        bench.runner.start(bench.syncRequest("job")) { collector.add($0) }
        #expect(await bench.wait { bench.read("work/up") == "up\n" })
        bench.runner.cancel(taskID: "t1", executionArn: "arn:e")
        #expect(await bench.wait { bench.runner.runningCount == 0 })
        #expect(bench.read("work/out") == "term\n")
        #expect(collector.current.count == 2)
        let result = try #require(try bench.launcher.result(bench.launcher.directory("t1")))
        #expect(result.stopCode == .userInitiated)
        let reason =
            "The Task state in AWS Step Functions execution [arn:e] which was managing this resource was aborted"
        #expect(result.task["StoppedReason"]?.string == reason)
    }

    @Test("A container that ignores SIGTERM is killed after its stopTimeout")
    func stopTimeout() async throws {
        let bench = try TaskBench()
        try bench.define(
            "job", script: "trap '' TERM; echo up > up; while :; do sleep 0.02; done", more: #", "stopTimeout": 1"#)
        bench.runner.start(bench.syncRequest("job")) { _ in }
        #expect(await bench.wait { bench.read("work/up") == "up\n" })
        bench.runner.cancel(taskID: "t1")
        #expect(await bench.wait { bench.runner.runningCount == 0 })
        #expect(try bench.launcher.result(bench.launcher.directory("t1"))?.containers.first?.exitCode == 137)
        #expect(TaskProcesses.count(of: bench, "t1") == 0)
    }

    @Test("A task that is cancelled before it is launched never runs")
    func cancelAtOnce() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "sleep 5; echo ran > out")
        for number in 0..<10 {
            bench.runner.start(bench.syncRequest("job", id: "t\(number)")) { _ in }
            bench.runner.cancel(taskID: "t\(number)")
        }
        try await Task.sleep(for: .milliseconds(100))
        #expect(await bench.wait { bench.runner.runningCount == 0 })
        #expect(bench.read("work/out").isEmpty)
    }

    @Test("Starting a task again never runs it twice, in this worker or the next")
    func startsOnce() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "echo x >> out; sleep 0.2")
        let next = try LocalTaskRunner(bench.configuration)
        let collectors = [ReportCollector(), ReportCollector(), ReportCollector()]
        bench.runner.start(bench.syncRequest("job")) { collectors[0].add($0) }
        bench.runner.start(bench.syncRequest("job")) { collectors[1].add($0) }
        #expect(await bench.wait { bench.read("work/out") == "x\n" })
        next.start(bench.syncRequest("job")) { collectors[2].add($0) }
        let first = await collectors[0].all()
        #expect(await collectors[2].all() == first)
        #expect(first.isSuccess)
        #expect(collectors[1].current.isEmpty)
        let late = ReportCollector()
        next.start(bench.syncRequest("job")) { late.add($0) }
        #expect(await late.all() == first)
        #expect(bench.read("work/out") == "x\n")
    }

    @Test("A new worker adopts what runs and what ended, but not what was acknowledged or never started")
    func adopt() async throws {
        let bench = try TaskBench()
        try bench.define("quick", script: "exit 0")
        try bench.define("slow", script: "echo up > up; sleep 0.3; exit 3")
        #expect(await bench.runSync("quick", id: "ended").isSuccess)
        #expect(await bench.runSync("quick", id: "done").isSuccess)
        bench.runner.acknowledge(taskID: "done")
        bench.runner.start(bench.syncRequest("slow", id: "running")) { _ in }
        #expect(await bench.wait { bench.read("work/up") == "up\n" })
        let planner = TaskPlanner(configuration: bench.configuration)
        try bench.launcher.prepare(try planner.plans(bench.syncRequest("quick", id: "never"), isSync: true)[0], "never")

        let next = try LocalTaskRunner(bench.configuration)
        let collectors = ["ended": ReportCollector(), "running": ReportCollector()]
        let requests = try next.adopt { id, report in collectors[id]?.add(report) }
        #expect(requests.map(\.taskID) == ["ended", "running"])
        #expect(requests[1] == bench.syncRequest("slow", id: "running"))
        #expect(await collectors["ended"]?.all().isSuccess == true)
        #expect(await collectors["running"]?.all().document["Containers"]?[0]?["ExitCode"] == 3)
        #expect(!File.exists(bench.launcher.directory("never").path))
    }

    @Test("A task that was prepared and not launched starts when it is asked for again")
    func launchAfterCrash() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "echo x >> out")
        let planner = TaskPlanner(configuration: bench.configuration)
        try bench.launcher.prepare(try planner.plans(bench.syncRequest("job"), isSync: true)[0], "t1")
        try bench.remove("definitions/job.json")
        #expect(await bench.runSync("job").isSuccess)
        #expect(bench.read("work/out") == "x\n")
    }

    @Test("A supervisor that is killed fails its task in plain words and leaves no process behind")
    func supervisorKilled() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "setsid sleep 300 & echo up > up; sleep 300")
        let collector = ReportCollector()
        bench.runner.start(bench.syncRequest("job")) { collector.add($0) }
        #expect(await bench.wait { bench.read("work/up") == "up\n" })
        let handle = String(decoding: try File.read(bench.launcher.directory("t1").handle), as: UTF8.self)
        let supervisor = try #require(handle.split(separator: "\n").first.flatMap { RunningProcess(line: $0) })
        kill(supervisor.number, SIGKILL)
        let reports = await collector.all()
        #expect(reports.error == "States.TaskFailed")
        #expect(reports.document["StopCode"]?.string == "InfrastructureHealth")
        #expect(
            reports.document["StoppedReason"]?.string?.hasPrefix("The supervisor of the task ended without a result")
                == true)
        #expect(await bench.wait { TaskProcesses.count(of: bench, "t1") == 0 })
    }

    @Test("A supervisor that was killed while no worker looked is found out by the next")
    func lostBeforeAdoption() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "echo up > up; sleep 300")
        bench.runner.start(bench.syncRequest("job")) { _ in }
        #expect(await bench.wait { bench.read("work/up") == "up\n" })
        let handle = String(decoding: try File.read(bench.launcher.directory("t1").handle), as: UTF8.self)
        let supervisor = try #require(handle.split(separator: "\n").first.flatMap { RunningProcess(line: $0) })
        // The first worker's watcher sees it too; whichever comes first writes the same result.
        kill(supervisor.number, SIGKILL)
        #expect(await bench.wait { bench.runner.runningCount == 0 })
        try bench.remove("tasks/t1/result.json")
        let next = try LocalTaskRunner(bench.configuration)
        let collector = ReportCollector()
        try next.adopt { _, report in collector.add(report) }
        #expect(await collector.all().error == "States.TaskFailed")
        #expect(TaskProcesses.count(of: bench, "t1") == 0)
    }

    @Test("SIGTERM to a supervisor stops its task in order")
    func supervisorTerminated() async throws {
        let bench = try TaskBench()
        try bench.define(
            "job", script: "trap 'echo bye > out; exit 0' TERM; echo up > up; while :; do sleep 0.02; done")
        let collector = ReportCollector()
        bench.runner.start(bench.syncRequest("job")) { collector.add($0) }
        #expect(await bench.wait { bench.read("work/up") == "up\n" })
        let handle = String(decoding: try File.read(bench.launcher.directory("t1").handle), as: UTF8.self)
        let supervisor = try #require(handle.split(separator: "\n").first.flatMap { RunningProcess(line: $0) })
        kill(supervisor.number, SIGTERM)
        let reports = await collector.all()
        #expect(reports.document["StopCode"]?.string == "UserInitiated")
        #expect(reports.document["StoppedReason"]?.string == "Task stopped by user")
        #expect(bench.read("work/out") == "bye\n")
    }

    @Test("A directory has one supervisor at most")
    func oneSupervisor() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "echo x >> out; sleep 0.2")
        let planner = TaskPlanner(configuration: bench.configuration)
        try bench.launcher.prepare(try planner.plans(bench.syncRequest("job"), isSync: true)[0], "t1")
        let launched = try (0..<4).map { _ in try bench.launcher.launch("t1") }
        #expect(await bench.wait { File.exists(bench.launcher.directory("t1").result) })
        for (process, _) in launched { waitpid(process, nil, 0) }
        #expect(bench.read("work/out") == "x\n")
    }

    @Test("A result that something else overwrote fails the task, in words that name the file")
    func unreadableResult() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "exit 0")
        #expect(await bench.runSync("job").isSuccess)
        try bench.write("tasks/t1/result.json", "{")
        let next = try LocalTaskRunner(bench.configuration)
        let collector = ReportCollector()
        next.start(bench.syncRequest("job")) { collector.add($0) }
        let reports = await collector.all()
        #expect(reports.error == "ECS.ServerException")
        #expect(reports.cause.hasPrefix("\(bench.root)/tasks/t1/result.json can't be read: line 1"), "\(reports.cause)")
    }

    @Test("A disk that refuses the task's directory fails the task, in words that name it")
    func unwritableDirectory() async throws {
        let bench = try TaskBench { $0.tasksDirectory = "/proc/tasks" }
        try bench.define("job", script: "exit 0")
        let reports = await bench.runSync("job")
        #expect(reports.error == "ECS.ServerException")
        #expect(reports.cause.contains("/proc/tasks"), "\(reports.cause)")
    }

    @Test("A supervisor program that is missing fails the task, in words that name it")
    func missingSupervisor() async throws {
        let bench = try TaskBench { $0.supervisorCommand = ["/nowhere/steplog", "supervise"] }
        try bench.define("job", script: "exit 0")
        let reports = await bench.runSync("job")
        #expect(reports.error == "ECS.ServerException")
        #expect(reports.cause.contains("/nowhere/steplog"), "\(reports.cause)")
    }
}

extension TaskBench {
    var launcher: TaskLauncher {
        TaskLauncher(tasksDirectory: configuration.tasksDirectory, supervisorCommand: configuration.supervisorCommand)
    }

    func syncRequest(_ family: String, id: String = "t1") -> TaskRequest {
        request(id, "arn:aws:states:::ecs:runTask.sync", #"{"TaskDefinition": "\#(family)"}"#)
    }
}
