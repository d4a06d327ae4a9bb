import Glibc
import JSON
import Testing

@testable import TaskWorkers

@Suite("Workers that are killed")
struct CrashTests {
    /// Starts a worker in a process of its own.
    private func worker(_ bench: TaskBench, _ family: String, _ id: String) throws -> pid_t {
        let null = try File.open("/dev/null", O_RDWR)
        return try ProcessLaunch(
            arguments: [TaskBench.superviseTool, "run", bench.root, family, id], environment: ProcessEnvironment.own(),
            standardInput: null, standardOutput: null, standardError: null
        ).start()
    }

    @Test("A task outlives the worker that started it, and the next worker gets its result")
    func outlives() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "echo x >> out; while [ ! -f go ]; do sleep 0.02; done; exit 5")
        let process = try worker(bench, "job", "t1")
        #expect(await bench.wait { bench.read("work/out") == "x\n" })
        kill(-process, SIGKILL)
        waitpid(process, nil, 0)
        let collector = ReportCollector()
        try bench.runner.adopt { _, report in collector.add(report) }
        try bench.write("work/go", "")
        #expect(await collector.all().document["Containers"]?[0]?["ExitCode"] == 5)
        #expect(bench.read("work/out") == "x\n")
    }

    @Test("Killed at any moment and started again, a task runs once and leaves nothing behind")
    func anyMoment() async throws {
        let bench = try TaskBench()
        try bench.define(
            "job", script: "echo x >> $NAME", more: #", "environment": [{"name": "NAME", "value": "out"}]"#)
        for number in 0..<20 {
            let id = "t\(number)"
            try? bench.remove("work/out")
            let process = try worker(bench, "job", id)
            // From before its first step to after the task's end.
            try await Task.sleep(for: .milliseconds(number * 3))
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
            let next = try LocalTaskRunner(bench.configuration)
            let collector = ReportCollector()
            next.start(bench.syncRequest("job", id: id)) { collector.add($0) }
            #expect(await collector.all().isSuccess, "round \(number): \(collector.current)")
            #expect(bench.read("work/out") == "x\n", "round \(number)")
            #expect(await bench.wait { TaskProcesses.count(of: bench, id) == 0 })
        }
    }
}
