import Engine
import JSON
import Testing

@testable import TaskWorkers

@Suite("ECS tasks as local processes")
struct LocalTaskRunnerTests {
    @Test(".sync puts out the bare task in AWS's shape and order")
    func syncSuccess() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "echo hello; echo oops >&2", more: #", "cpu": 128"#)
        let reports = await bench.runSync("job", more: #", "LaunchType": "FARGATE""#)
        #expect(reports.count == 3)
        #expect(reports.first == .started)
        #expect(reports.isSuccess, "\(reports)")
        let task = reports.document
        #expect(
            (task.object?.keys ?? []).map(\.text) == [
                "Attachments", "Attributes", "AvailabilityZone", "ClusterArn", "Connectivity", "ConnectivityAt",
                "Containers", "CreatedAt",
                "DesiredStatus", "EnableExecuteCommand", "EphemeralStorage", "ExecutionStoppedAt", "Group",
                "InferenceAccelerators",
                "LastStatus", "LaunchType", "Overrides", "PlatformVersion", "PullStartedAt", "PullStoppedAt",
                "StartedAt", "StartedBy",
                "StopCode", "StoppedAt", "StoppedReason", "StoppingAt", "Tags", "TaskArn", "TaskDefinitionArn",
                "Version",
            ])
        #expect(task["StopCode"]?.string == "EssentialContainerExited")
        #expect(task["StoppedReason"]?.string == "Essential container in task exited")
        #expect(task["StartedBy"]?.string == "AWS Step Functions")
        #expect(task["Group"]?.string == "family:job")
        #expect(task["TaskDefinitionArn"]?.string == "arn:aws:ecs:us-east-1:123456789012:task-definition/job:1")
        let container = try #require(task["Containers"]?[0]?.object)
        #expect(
            container.keys.map(\.text) == [
                "ContainerArn", "Cpu", "ExitCode", "GpuIds", "Image", "LastStatus", "ManagedAgents", "Name",
                "NetworkBindings",
                "NetworkInterfaces", "RuntimeId", "TaskArn",
            ])
        #expect(container["ExitCode"] == 0)
        #expect(container["Cpu"]?.string == "128")
        let log = try #require(bench.runner.logs(taskID: "t1").first)
        #expect(try String(decoding: File.read(log.path), as: UTF8.self) == "hello\noops\n")
    }

    @Test("TaskSubmitted has RunTask's answer with the SDK's metadata")
    func submitted() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "exit 0")
        let reports = await bench.runSync("job")
        guard reports.count == 3, case .submitted(let text) = reports[1] else {
            Issue.record("\(reports)")
            return
        }
        let answer = try JSONParser.parse(text)
        #expect(
            (answer.object?.keys ?? []).map(\.text) == ["Failures", "SdkHttpMetadata", "SdkResponseMetadata", "Tasks"])
        #expect(answer["Tasks"]?[0]?["LastStatus"]?.string == "PROVISIONING")
        #expect(answer["Tasks"]?[0]?["Containers"]?[0]?["LastStatus"]?.string == "PENDING")
        #expect(answer["Tasks"]?[0]?["TaskArn"] == reports.document["TaskArn"])
        #expect(answer["SdkHttpMetadata"]?["HttpStatusCode"] == 200)
        #expect(
            answer["SdkHttpMetadata"]?["HttpHeaders"]?["x-amzn-RequestId"]
                == answer["SdkResponseMetadata"]?["RequestId"])
    }

    @Test("A non-zero exit code fails .sync with States.TaskFailed and the task as the cause")
    func nonZeroExit() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "exit 42")
        let reports = await bench.runSync("job")
        #expect(reports.error == "States.TaskFailed")
        #expect(reports.document["Containers"]?[0]?["ExitCode"] == 42)
        #expect(reports.document["StopCode"]?.string == "EssentialContainerExited")
    }

    @Test("A signal's exit code is 128 plus its number")
    func signalExit() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "kill -9 $$")
        #expect(await bench.runSync("job").document["Containers"]?[0]?["ExitCode"] == 137)
    }

    @Test("A program that is missing fails the task before it starts")
    func missingProgram() async throws {
        let bench = try TaskBench()
        try bench.write(
            "definitions/job.json", #"{"containerDefinitions": [{"name": "main", "command": ["no-such-program"]}]}"#)
        let reports = await bench.runSync("job")
        #expect(reports.error == "States.TaskFailed")
        #expect(reports.document["StopCode"]?.string == "TaskFailedToStart")
        let reason = #"CannotStartContainerError: exec: "no-such-program": executable file not found in $PATH"#
        #expect(reports.document["StoppedReason"]?.string == reason)
        #expect(reports.document["Containers"]?[0]?["ExitCode"] == nil)
        #expect(reports.document["StartedAt"] == nil)
    }

    @Test("An unknown task definition says which file to write")
    func unknownDefinition() async throws {
        let bench = try TaskBench()
        let reports = await bench.runSync("nowhere:7")
        #expect(reports.error == "ECS.ClientException")
        #expect(reports.cause.hasPrefix("TaskDefinition not found. "), "\(reports.cause)")
        #expect(reports.cause.contains("\(bench.root)/definitions/nowhere.json"))
        #expect(
            reports.cause.contains("(Service: AmazonECS; Status Code: 400; Error Code: ClientException; Request ID: "))
    }

    @Test("Overrides replace the command, add to the environment, and show in the task")
    func overrides() async throws {
        let bench = try TaskBench()
        try bench.write(
            "definitions/job.json",
            #"{"containerDefinitions": [{"name": "main", "entryPoint": ["/bin/sh", "-c"], "command": ["exit 9"], "#
                + #""environment": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]}]}"#)
        let overrides =
            #", "Overrides": {"ContainerOverrides": [{"Name": "main", "Command": ["echo $A$B$C > out"], "#
            + #""Environment": [{"Name": "B", "Value": "two"}, {"Name": "C", "Value": "3"}]}]}"#
        let reports = await bench.runSync("job", more: overrides)
        #expect(reports.isSuccess, "\(reports)")
        #expect(bench.read("work/out") == "1two3\n")
        let shown = reports.document["Overrides"]?["ContainerOverrides"]?[0]
        #expect(shown?["Command"]?[0]?.string == "echo $A$B$C > out")
        #expect(shown?["ResourceRequirements"] == [])
    }

    @Test("An override for a container that is not there is refused")
    func unknownOverride() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "exit 0")
        let reports = await bench.runSync("job", more: #", "Overrides": {"ContainerOverrides": [{"Name": "man"}]}"#)
        #expect(reports.error == "ECS.InvalidParameterException")
        #expect(reports.cause.hasPrefix("Override for container named man is not a container in the TaskDefinition."))
    }

    @Test("Secrets and environment files reach the container; what Steplog has in its own environment does not")
    func environment() async throws {
        let bench = try TaskBench()
        try bench.write("secrets/db", "{\"password\": \"p w\"}\n")
        try bench.write("secrets/key", "k1\n")
        try bench.write("definitions/common.env", "# all\nREGION=north\nURL=a=b\n")
        try bench.define(
            "job", script: "env > out",
            more:
                #", "secrets": [{"name": "PW", "valueFrom": "arn:aws:secretsmanager:us-east-1:1:secret:db-AbCdEf:password::"}, "#
                + #"{"name": "KEY", "valueFrom": "key"}], "environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::bucket/common.env"}]"#
        )
        #expect(await bench.runSync("job").isSuccess)
        let lines = bench.read("work/out").split(separator: "\n")
        for line in ["PW=p w", "KEY=k1", "REGION=north", "URL=a=b", "AWS_REGION=us-east-1"] {
            #expect(lines.contains(Substring(line)))
        }
        #expect(!lines.contains { $0.hasPrefix("STEPLOG_SHARED=") || $0.hasPrefix("SHLVL=2") })
        #expect(lines.contains { $0.hasPrefix("ECS_CONTAINER_METADATA_URI_V4=http://127.0.0.1:") })
    }

    @Test("A missing secret stops the task before it starts, as a resource that could not be initialized")
    func missingSecret() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "echo ran > out", more: #", "secrets": [{"name": "PW", "valueFrom": "nope"}]"#)
        let reports = await bench.runSync("job")
        #expect(reports.error == "States.TaskFailed")
        #expect(reports.document["StopCode"]?.string == "TaskFailedToStart")
        let reason = reports.document["StoppedReason"]?.string ?? ""
        #expect(reason.hasPrefix("ResourceInitializationError: unable to pull secrets or registry auth: "))
        #expect(reason.contains("\(bench.root)/secrets/nope"))
        #expect(bench.read("work/out").isEmpty)
    }

    @Test("Request-response answers at once, with as many tasks as Count says; they run on")
    func requestResponse() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "while [ ! -f go ]; do sleep 0.02; done; echo x >> out")
        let reports = await bench.run(
            bench.request("t1", "arn:aws:states:::ecs:runTask", #"{"TaskDefinition": "job", "Count": 2}"#))
        #expect(reports.count == 2)
        #expect(reports.document["Tasks"]?.array?.count == 2)
        #expect(reports.document["Tasks"]?[0]?["StartedBy"] == nil)
        #expect(reports.document["Tasks"]?[0]?["TaskArn"] != reports.document["Tasks"]?[1]?["TaskArn"])
        #expect(bench.read("work/out").isEmpty)
        try bench.write("work/go", "")
        #expect(await bench.wait { bench.read("work/out") == "x\nx\n" })
    }

    @Test(".waitForTaskToken reports the launch and never the end")
    func waitForTaskToken() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "exit 1")
        let collector = ReportCollector()
        bench.runner.start(
            bench.request(
                "t1", "arn:aws:states:::ecs:runTask.waitForTaskToken", #"{"TaskDefinition": "job"}"#, token: "T")
        ) { collector.add($0) }
        #expect(await bench.wait { bench.runner.runningCount == 0 && collector.current.count == 2 })
        #expect(collector.current.count == 2)
    }

    @Test("What a container leaves running ends with it, also what left its process group")
    func leftovers() async throws {
        let bench = try TaskBench()
        try bench.define("job", script: "sleep 300 & setsid sleep 300 & sleep 0.05; exit 0")
        #expect(await bench.runSync("job").isSuccess)
        #expect(await bench.wait { bench.runner.runningCount == 0 })
        #expect(TaskProcesses.count(of: bench, "t1") == 0)
    }

    @Test("A container's metadata endpoint describes it and its task")
    func metadata() async throws {
        let bench = try TaskBench()
        try bench.define(
            "job",
            script:
                "python3 -c 'import os, urllib.request as u; a = os.environ[\"ECS_CONTAINER_METADATA_URI_V4\"]; "
                + "[print(u.urlopen(a + p).read().decode()) for p in (\"\", \"/task\", \"/stats\", \"/task/stats\")]' > out"
        )
        let reports = await bench.runSync("job")
        #expect(reports.isSuccess, "\(reports)")
        let documents = try bench.read("work/out").split(separator: "\n").map { try JSONParser.parse(String($0)) }
        try #require(documents.count == 4)
        #expect(documents[0]["Name"]?.string == "main")
        #expect(documents[0]["KnownStatus"]?.string == "RUNNING")
        #expect(documents[0]["Labels"]?["com.amazonaws.ecs.task-arn"] == reports.document["TaskArn"])
        #expect(documents[1]["Family"]?.string == "job")
        #expect(documents[1]["Revision"]?.string == "1")
        #expect(documents[1]["Containers"]?.array?.count == 1)
        #expect((documents[2]["memory_stats"]?["usage"]?.number?.int64 ?? 0) > 0)
        #expect(documents[3].object?.count == 1)
    }

    @Test("A metadata request that comes in pieces gets its whole answer")
    func metadataInPieces() async throws {
        let bench = try TaskBench()
        try bench.write(
            "work/ask.py",
            """
            import os, socket, time, urllib.parse
            place = urllib.parse.urlsplit(os.environ["ECS_CONTAINER_METADATA_URI_V4"])
            for part in range(5):
                with socket.create_connection((place.hostname, place.port)) as connection:
                    connection.send(f"GET {place.path} HTTP/1.1\\r\\n".encode())
                    time.sleep(0.1)
                    connection.send(b"Host: here\\r\\n")
                    time.sleep(0.05)
                    connection.send(b"\\r\\n")
                    answer = b""
                    while more := connection.recv(100):
                        answer += more
                print(answer.decode().count("task-arn"))
            """)
        try bench.define("job", script: "python3 ask.py > out 2>&1")
        let reports = await bench.runSync("job")
        #expect(reports.isSuccess, "\(reports)")
        #expect(bench.read("work/out") == "1\n1\n1\n1\n1\n")
    }

    @Test("A service that this machine does not have fails with what to do instead")
    func otherService() async throws {
        let bench = try TaskBench()
        let reports = await bench.run(bench.request("t1", "arn:aws:states:::sqs:sendMessage", "{}"))
        #expect(reports.error == "Steplog.IntegrationNotConfigured")
        #expect(reports.cause.contains("--mock-config"))
    }
}
