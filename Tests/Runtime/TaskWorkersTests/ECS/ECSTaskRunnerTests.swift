import Engine
import Foundation
import JSON
import StatesLanguage
import Testing

@testable import TaskWorkers

@Suite struct ECSTaskRunnerTests {
    /// Short lives for all lifecycles of these tests.
    private static let script = """
        "speed": 20, "lifecycles": [
          {"name": "well", "provisioning": 100, "pending": 100, "running": 100, "deprovisioning": 100},
          {"name": "bad", "weight": 0, "exitCodes": {"main": 42}, "logLines": ["one", "two"]},
          {"name": "unknown", "weight": 0, "exitCodes": {"main": null}},
          {"name": "unpulled", "weight": 0, "end": "failedToStart"},
          {"name": "empty", "weight": 0, "end": "failedWithoutContainers"},
          {"name": "spot", "weight": 0, "end": "spotInterruption"},
          {"name": "memory", "weight": 0, "exitCodes": {"main": 137},
           "reasons": {"main": "OutOfMemoryError: Container killed due to memory usage"}},
          {"name": "long", "weight": 0, "running": 100000000},
          {"name": "slow exit", "weight": 0, "deprovisioning": 100000000},
          {"name": "stuck", "weight": 0, "end": "stuck"}]
        """

    private func outcome(
        _ world: ECSWorld, _ request: TaskRequest
    ) throws -> [TaskReport] {
        try world.with(world.worker()) { runner in
            world.start(request, on: runner)
            #expect(world.wait { world.endCount == 1 })
            return world.reports(of: request.taskID)
        }
    }

    @Test(".sync reports what AWS shows: the RunTask answer, then the bare task with StartedBy \"AWS Step Functions\"")
    func sync() throws {
        let world = try ECSWorld(Self.script)
        let reports = try outcome(world, ECSWorld.request("t-1"))
        guard reports.count == 3, case .started = reports[0], case .submitted(let answer) = reports[1],
            case .succeeded(let output) = reports[2]
        else {
            Issue.record("reported: \(reports)")
            return
        }
        let envelope = try JSONParser.parse(answer)
        let keys = ["Failures", "SdkHttpMetadata", "SdkResponseMetadata", "Tasks"]
        #expect(envelope.object?.keys.map(\.text) == keys)
        #expect(envelope["Tasks"]?[0]?["LastStatus"]?.string == "PROVISIONING")
        #expect(envelope["Tasks"]?[0]?["StartedBy"]?.string == "AWS Step Functions")
        let task = try JSONParser.parse(output)
        #expect(task["StartedBy"]?.string == "AWS Step Functions")
        #expect(task["StopCode"]?.string == "EssentialContainerExited")
        #expect(task["Containers"]?[0]?["ExitCode"]?.number?.int64 == 0)
        #expect(task["Containers"]?[0]?["GpuIds"] == [])
        #expect(task["Attachments"]?[0]?["Type"]?.string == "eni")
        #expect((task["StoppedAt"]?.number?.int64 ?? 0) > 1_790_000_000_000)
        #expect(task["UpdatedAt"] == nil)
        let names = task.object?.keys.map(\.text) ?? []
        #expect(names == names.sorted())
        // On the wire it is ours, so that it can be found again.
        let token = RunTaskCall.token(taskID: "t-1")
        #expect(world.calls.count("byStartedBy", JSONString("steplog/\(token)")) == 1)
        #expect(world.calls.count("byClientToken", JSONString("default/\(token)")) == 1)
    }

    @Test(
        "A task that did not end well fails its state, with the task as the cause and the reason in plain words",
        arguments: [
            ("bad", "ExitCode"), ("unknown", "UnknownExitCode"), ("unpulled", "FailedToStart"),
            ("empty", "FailedToStart"), ("spot", "SpotInterruption"), ("memory", "OutOfMemory"),
        ])
    func failures(lifecycle: String, name: String) throws {
        let world = try ECSWorld(Self.script) { $0.explainsFailures = true }
        let reports = try outcome(world, ECSWorld.request("t-1", lifecycle: lifecycle))
        guard case .failed("States.TaskFailed", let cause)? = reports.last else {
            Issue.record("reported: \(reports)")
            return
        }
        let task = try JSONParser.parse(cause ?? "")
        #expect(task["LastStatus"]?.string == "STOPPED")
        #expect(task["Steplog"]?["Class"]?.string == name)
        guard lifecycle == "bad" else { return }
        #expect(task["Steplog"]?["Text"]?.string == "Container main ended with exit code 42.")
        #expect(task["Steplog"]?["Logs"]?[0]?["LastLines"] == ["one", "two"])
        #expect(task["Steplog"]?["Logs"]?[0]?["LogStream"]?.string?.hasPrefix("p/main/") == true)
    }

    @Test("ECS's refusals have the names and causes of Step Functions", arguments: [".sync", ".waitForTaskToken", ""])
    func refusals(pattern: String) throws {
        let world = try ECSWorld()
        var request = ECSWorld.request("t-1", pattern)
        request.input = #"{"TaskDefinition": "none"}"#
        let reports = try outcome(world, request)
        let cause =
            "TaskDefinition not found. (Service: AmazonECS; Status Code: 400; Error Code: ClientException; Request ID: r; Proxy: null)"
        #expect(reports.last == .failed(error: "ECS.ClientException", cause: cause))
    }

    @Test("Without capacity .sync fails with AmazonECS.Unknown, request-response succeeds, and a setting tries again")
    func capacity() throws {
        let none = #""runTask": {"capacityFailures": 1}"#
        let failed = try outcome(try ECSWorld(none), ECSWorld.request("t-1"))
        guard case .failed("AmazonECS.Unknown", let cause)? = failed.last else {
            Issue.record("reported: \(failed)")
            return
        }
        #expect(cause?.contains(#""Reason":"RESOURCE:CPU""#) == true)
        let answered = try outcome(try ECSWorld(none), ECSWorld.request("t-1", ""))
        guard case .succeeded(let output)? = answered.last else {
            Issue.record("reported: \(answered)")
            return
        }
        let answer = try JSONParser.parse(output)
        #expect(answer["Failures"]?[0]?["Reason"]?.string == "RESOURCE:CPU")
        #expect(answer["Tasks"] == [])
        let patient = try ECSWorld(#""speed": 100, "runTask": {"capacityFailures": 0.7}"#) {
            $0.capacityRetryMilliseconds = 60_000
        }
        let tried = try outcome(patient, ECSWorld.request("t-1"))
        guard case .succeeded? = tried.last else {
            Issue.record("reported: \(tried)")
            return
        }
    }

    @Test("Throttles, disguised or not, and lost answers are tried again, and launch once")
    func patience() throws {
        let world = try ECSWorld(#""speed": 100, "runTask": {"throttles": 0.6, "lostAnswers": 0.5}"#)
        try world.with(world.worker()) { runner in
            for number in 0..<50 { world.start(ECSWorld.request("t-\(number)"), on: runner) }
            #expect(world.wait { world.endCount == 50 })
        }
        #expect(world.calls.count("launched") == 50)
        #expect(world.calls.count("throttles") > 10)
        #expect(world.calls.count("lostAnswers") > 5)
        #expect(world.taskIDsEnded.values.allSatisfy { $0 == 1 })
    }

    @Test("A task that nobody wants any more is stopped, with AWS's reason")
    func cancel() throws {
        let world = try ECSWorld(Self.script)
        try world.with(world.worker()) { runner in
            world.start(ECSWorld.request("t-1", lifecycle: "long"), on: runner)
            #expect(world.wait { world.reports(of: "t-1").count == 2 })
            world.stop("t-1", on: runner)
            #expect(world.wait { world.calls.count("stopped") == 1 && world.inflightIDs.isEmpty })
        }
        #expect(world.endCount == 0)
        #expect(world.calls.count("calls", "StopTask") == 1)
    }

    @Test("A wish to stop outlives the worker")
    func cancelAfterDeath() throws {
        let world = try ECSWorld(Self.script)
        let first = world.worker()
        try world.with(first) { runner in
            world.start(ECSWorld.request("t-1", lifecycle: "long"), on: runner)
            #expect(world.wait { world.reports(of: "t-1").count == 2 })
        }
        // The worker is gone, and the wish comes while nobody calls ECS.
        world.stop("t-1", on: first.runner)
        #expect(world.inflightIDs == ["t-1"])
        try world.with(world.worker()) { runner in
            world.stop("t-1", on: runner)
            #expect(world.wait { world.calls.count("calls", "StopTask") == 1 && world.inflightIDs.isEmpty })
        }
    }

    @Test("With completeEarly a task completes as soon as its exit codes are known")
    func early() throws {
        let world = try ECSWorld(Self.script) { $0.completesEarly = true }
        let reports = try outcome(world, ECSWorld.request("t-1", lifecycle: "slow exit"))
        guard case .succeeded(let output)? = reports.last else {
            Issue.record("reported: \(reports)")
            return
        }
        let task = try JSONParser.parse(output)
        #expect(task["LastStatus"]?.string == "DEPROVISIONING")
        #expect(task["StoppedAt"] == nil)
    }

    @Test("A task that does not start in time is stopped, where a start timeout is set")
    func stuck() throws {
        let world = try ECSWorld(Self.script) {
            $0.startTimeoutMilliseconds = 200
            $0.sweepMilliseconds = 50
        }
        let reports = try outcome(world, ECSWorld.request("t-1", lifecycle: "stuck"))
        guard case .failed("Steplog.StartTimeout", _)? = reports.last else {
            Issue.record("reported: \(reports)")
            return
        }
    }

    @Test(
        "Past its token's life a launch without a handle is taken over by startedBy, or fails, but is never made again")
    func pastTheToken() throws {
        let world = try ECSWorld(Self.script) { $0.tokenMilliseconds = 1 }
        let call = try RunTaskCall(ECSWorld.request("t-2", lifecycle: "long"), .sync)
        for taskID in ["t-1", "t-2"] { world.intend(ECSWorld.request(taskID, lifecycle: "long"), at: 1) }
        _ = try world.calls.call("ecs", "RunTask", call.body, role: nil)
        try world.with(world.worker()) { runner in
            world.start(ECSWorld.request("t-1", lifecycle: "long"), on: runner)
            world.start(ECSWorld.request("t-2", lifecycle: "long"), on: runner)
            #expect(world.wait { world.endCount == 1 && world.reports(of: "t-2").count == 2 })
        }
        guard case .failed("Steplog.LaunchOutcomeUnknown", let cause)? = world.reports(of: "t-1").last else {
            Issue.record("reported: \(world.reports(of: "t-1"))")
            return
        }
        #expect(cause?.hasPrefix("launch outcome unknown") == true)
        #expect(world.calls.count("calls", "RunTask") == 1)
    }

    @Test("A task whose token ends it is not watched, and a cluster that is local is left to the other runner")
    func others() throws {
        let world = try ECSWorld(Self.script) { $0.clusters["here"] = .local }
        try world.with(world.worker()) { runner in
            world.start(ECSWorld.request("t-1", ".waitForTaskToken"), on: runner)
            world.start(ECSWorld.request("t-2", more: #", "Cluster": "here""#), on: runner)
            #expect(world.wait { world.calls.count("stopped") == 1 && world.reports(of: "t-1").count == 2 })
            runner.acknowledge(taskID: "t-1")
            #expect(runner.taskCount == 0)
        }
        #expect(world.reports(of: "t-1").count == 2)
        #expect(world.reports(of: "t-2") == [.failed(error: "NotForECS", cause: nil)])
    }

    @Test(
        "A task that waits for its token runs on when it is given up, as on AWS, unless a setting stops it",
        arguments: [false, true])
    func callbacks(isStopped: Bool) throws {
        let world = try ECSWorld(Self.script) { $0.stopsCallbackTasks = isStopped }
        try world.with(world.worker()) { runner in
            world.start(ECSWorld.request("t-1", ".waitForTaskToken", lifecycle: "long"), on: runner)
            #expect(world.wait { world.reports(of: "t-1").count == 2 })
            world.stop("t-1", on: runner)
            #expect(world.wait { world.inflightIDs.isEmpty })
        }
        #expect(world.calls.count("calls", "StopTask") == (isStopped ? 1 : 0))
    }

    @Test(
        "Orphans are stopped: tasks that were given up, and where it is wanted those that nobody here knows",
        arguments: [false, true])
    func orphans(stopsUnknown: Bool) throws {
        let world = try ECSWorld(Self.script) {
            $0.orphanSweepMilliseconds = 20
            $0.stopsUnknownTasks = stopsUnknown
        }
        // Somebody else's, and one of a Steplog whose log is gone.
        var other = try RunTaskCall(ECSWorld.request("t-3", lifecycle: "long"), .sync).body
        _ = try world.calls.call("ecs", "RunTask", other, role: nil)
        other["startedBy"] = "somebody"
        other["clientToken"] = "another"
        _ = try world.calls.call("ecs", "RunTask", other, role: nil)
        // Given up while ECS did not list it yet.
        let late = try RunTaskCall(ECSWorld.request("t-2", lifecycle: "long"), .sync).body
        world.intend(ECSWorld.request("t-2", lifecycle: "long"), at: 1)
        try world.with(world.worker()) { runner in
            world.start(ECSWorld.request("t-1", lifecycle: "long"), on: runner)
            world.stop("t-2", on: runner)
            #expect(world.wait { world.inflightIDs == ["t-1"] && world.reports(of: "t-1").count == 2 })
            _ = try world.calls.call("ecs", "RunTask", late, role: nil)
            let wanted: Int64 = stopsUnknown ? 2 : 1
            #expect(world.wait { world.calls.count("stopped") == wanted })
            let sweeps = world.calls.count("calls", "ListTasks")
            #expect(world.wait { world.calls.count("calls", "ListTasks") > sweeps + 2 })
            #expect(world.calls.count("stopped") == wanted)
        }
    }
}
