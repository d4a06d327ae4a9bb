import Engine
import JSON
import Synchronization
import Testing

@testable import TaskWorkers

/// What a worker makes of Batch and Glue jobs that a former one had in flight.
@Suite("Jobs after a crash")
struct JobResumptionTests {
    /// A Batch of one queue whose jobs have succeeded by the second look.
    private final class Batch: Sendable {
        private let jobs = Mutex<[JSONValue]>([])

        func answer(_ call: ScriptedService.Call, now: Int64) -> (status: Int, body: JSONValue) {
            switch call.action {
            case "/v1/submitjob":
                return jobs.withLock { jobs in
                    let id = "job-\(jobs.count + 1)"
                    jobs.append([
                        "jobId": .string(id), "jobName": call.input["jobName"] ?? .null, "createdAt": .integer(now),
                        "parameters": call.input["parameters"] ?? [:], "status": "SUCCEEDED",
                    ])
                    return (200, ["jobId": .string(id), "jobName": call.input["jobName"] ?? .null])
                }
            case "/v1/listjobs":
                let name = call.input["filters"]?[0]?["values"]?[0]
                return (200, ["jobSummaryList": .array(jobs.withLock { $0 }.filter { $0["jobName"] == name })])
            case "/v1/describejobs":
                let ids = call.input["jobs"]?.array ?? []
                return (
                    200, ["jobs": .array(jobs.withLock { $0 }.filter { job in ids.contains { $0 == job["jobId"] } })]
                )
            default: return (200, [:])
            }
        }
    }

    private struct Nobody: TaskRunner {
        func start(_ request: TaskRequest, report: @escaping @Sendable (TaskReport) -> Void) {
            report(.failed(error: "Nobody", cause: nil))
        }
        func cancel(taskID: String, executionArn: String) {}
        func acknowledge(taskID: String) {}
    }

    private func runner(_ service: ScriptedService) -> ServiceTaskRunner {
        ServiceTaskRunner(
            service.client,
            ServiceTaskSettings(
                region: "us-east-1", assumesStateMachineRoles: false, callsServices: true, ownStepFunctions: nil,
                localFunctions: []), else: Nobody())
    }

    private func request(_ id: String, _ resource: String, _ input: String) -> TaskRequest {
        TaskRequest(
            taskID: id, executionArn: "arn:aws:states:us-east-1:123456789012:execution:m:e",
            stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:m", roleArn: "", stateName: "S",
            resource: "arn:aws:states:::\(resource)", input: input, taskToken: nil)
    }

    private func resume(_ runner: ServiceTaskRunner, _ task: InflightTask) async -> [TaskReport] {
        let collector = ReportCollector()
        runner.resume(task) { collector.add($0) }
        return await collector.all()
    }

    private static let batchInput =
        #"{"JobName": "nightly", "JobQueue": "q", "JobDefinition": "d", "Parameters": {"day": "1"}}"#

    @Test("A Batch job is submitted with its task's mark, which its result does not show")
    func batchMark() async throws {
        let batch = Batch()
        let service = try ScriptedService { batch.answer($0, now: SystemClock.epochMilliseconds) }
        let collector = ReportCollector()
        runner(service).start(request("t1", "batch:submitJob.sync", Self.batchInput)) { collector.add($0) }
        let reports = await collector.all()
        #expect(reports.isSuccess, "\(reports)")
        #expect(service.log.first?.input["parameters"] == ["day": "1", "SteplogTask": "t1"])
        #expect(reports.document["Parameters"]?["SteplogTask"] == nil)
        let plain = ReportCollector()
        runner(service).start(request("t2", "batch:submitJob", Self.batchInput)) { plain.add($0) }
        #expect(await plain.all().isSuccess)
        #expect(service.log.last?.input["parameters"] == ["day": "1"])
    }

    @Test("A job whose handle is on the log is only watched")
    func handleIsKnown() async throws {
        let batch = Batch()
        let service = try ScriptedService { batch.answer($0, now: SystemClock.epochMilliseconds) }
        let own = request("t1", "batch:submitJob.sync", Self.batchInput)
        let first = ReportCollector()
        runner(service).start(own) { first.add($0) }
        _ = await first.all()
        guard case .submitted(let submission)? = first.current.dropFirst().first else {
            Issue.record("\(first.current)")
            return
        }
        let reports = await resume(runner(service), InflightTask(request: own, submission: submission, intentAt: 0))
        #expect(reports.count == 1)
        #expect(reports.isSuccess)
        #expect(service.actions.filter { $0 == "/v1/submitjob" }.count == 1)
        #expect(!service.actions.contains("/v1/listjobs"))
    }

    @Test(
        "A Batch job that was submitted by a worker which died is found by its mark among others of its name, not submitted again"
    )
    func batchAdoption() async throws {
        let batch = Batch()
        let service = try ScriptedService { batch.answer($0, now: SystemClock.epochMilliseconds) }
        let intentAt = SystemClock.epochMilliseconds
        for id in ["other", "t1"] {
            let collector = ReportCollector()
            runner(service).start(request(id, "batch:submitJob.sync", Self.batchInput)) { collector.add($0) }
            _ = await collector.all()
        }
        let own = request("t1", "batch:submitJob.sync", Self.batchInput)
        let reports = await resume(runner(service), InflightTask(request: own, intentAt: intentAt))
        #expect(reports.isSuccess, "\(reports)")
        #expect(reports.document["JobId"] == "job-2")
        #expect(service.actions.filter { $0 == "/v1/submitjob" }.count == 2)
        let never = request("t3", "batch:submitJob.sync", Self.batchInput)
        let fresh = await resume(runner(service), InflightTask(request: never, intentAt: intentAt))
        #expect(fresh.document["JobId"] == "job-3", "\(fresh)")
    }

    @Test("Who may not list jobs submits again, as AWS's at-least-once allows")
    func notAllowed() async throws {
        let batch = Batch()
        let service = try ScriptedService { call in
            if call.action == "/v1/listjobs" { return (403, ["__type": "AccessDeniedException", "message": "no"]) }
            return batch.answer(call, now: SystemClock.epochMilliseconds)
        }
        let own = request("t1", "batch:submitJob.sync", Self.batchInput)
        #expect(await resume(runner(service), InflightTask(request: own, intentAt: 0)).isSuccess)
    }

    @Test(
        "A Glue run that began after the intent with the task's arguments is adopted; an older or different one is not")
    func glueAdoption() async throws {
        let now = SystemClock.epochMilliseconds
        func run(_ id: String, _ day: String, _ startedAt: Int64) -> JSONValue {
            [
                "Id": .string(id), "JobName": "etl", "Arguments": ["--day": .string(day)],
                "StartedOn": .integer(startedAt / 1000), "JobRunState": "SUCCEEDED",
            ]
        }
        let runs = [run("r3", "2", now + 3000), run("r2", "1", now + 2000), run("r1", "1", now - 60_000)]
        let service = try ScriptedService { call in
            switch call.action {
            case "GetJobRuns": (200, ["JobRuns": .array(runs)])
            case "GetJobRun": (200, ["JobRun": runs.first { $0["Id"] == call.input["RunId"] } ?? .null])
            default: (200, ["JobRunId": "new"])
            }
        }
        let input = #"{"JobName": "etl", "Arguments": {"--day": "1"}}"#
        let own = request("t1", "glue:startJobRun.sync", input)
        let reports = await resume(runner(service), InflightTask(request: own, intentAt: now))
        #expect(reports.document["Id"] == "r2", "\(reports)")
        #expect(!service.actions.contains("StartJobRun"))
        let other = request("t2", "glue:startJobRun.sync", #"{"JobName": "etl", "Arguments": {"--day": "9"}}"#)
        let collector = ReportCollector()
        runner(service).resume(InflightTask(request: other, intentAt: now)) { collector.add($0) }
        for _ in 0..<1000 where !service.actions.contains("StartJobRun") {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(service.actions.contains("StartJobRun"))
    }

    @Test("A job that nobody wants any more is stopped by its handle, though this process never watched it")
    func stop() async throws {
        let service = try ScriptedService { _ in (200, [:]) }
        let own = request("t1", "batch:submitJob.sync", Self.batchInput)
        let isStopped = Mutex(false)
        runner(service).stop(
            InflightTask(request: own, submission: #"{"JobId": "job-7"}"#, intentAt: 0, isUnwanted: true)
        ) { isStopped.withLock { $0 = true } }
        for _ in 0..<1000 where !isStopped.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(service.actions == ["/v1/terminatejob"])
        #expect(service.log.first?.input["jobId"] == "job-7")
    }
}
