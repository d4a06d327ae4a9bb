import ContainerAPI
import JSON
import Testing

@testable import TaskWorkers

@Suite("What an engine is asked for a container")
struct ContainerRequestTests {
    private func body(
        _ container: String, task: String = "", override: String = #"{"Name": "main"}"#,
        _ change: (inout ContainerConfiguration) -> Void = { _ in }
    ) throws -> JSONValue {
        let text = #"{"containerDefinitions": [{"name": "main", "image": "busybox"\#(container)}]\#(task)}"#
        let definition = try TaskDefinition(JSONParser.parse(text), family: "f", revision: 1)
        var configuration = ContainerConfiguration()
        change(&configuration)
        let request = try ContainerRequest(
            definition: definition, container: #require(definition.containers.last),
            override: ContainerOverride(JSONFields(JSONParser.parse(override))), taskCPU: nil, taskMemory: nil,
            configuration: configuration, volumeNames: [NameValue(name: "scratch", value: "steplog-1-scratch")],
            labels: [NameValue(name: "steplog.task", value: "/tasks/t1")], processorCount: 2)
        return request.body
    }

    @Test("A container of nothing but an image leaves the rest to the image")
    func bare() throws {
        #expect(
            try body("") == [
                "Image": "busybox", "Labels": ["steplog.task": "/tasks/t1"],
                "HostConfig": [
                    "NetworkMode": "host", "LogConfig": ["Type": "json-file", "Config": [:]], "CpuShares": 2,
                ],
            ])
    }

    @Test("Program, user, directory and labels are the definition's; the override's command goes before")
    func program() throws {
        let definition =
            #", "entryPoint": ["sh", "-c"], "command": ["a"], "user": "7:8", "workingDirectory": "/w", "dockerLabels": {"team": "x"}"#
        let made = try body(definition, override: #"{"Name": "main", "Command": ["b", "c"]}"#)
        #expect(made["Entrypoint"] == ["sh", "-c"])
        #expect(made["Cmd"] == ["b", "c"])
        #expect(made["User"] == "7:8")
        #expect(made["WorkingDir"] == "/w")
        #expect(made["Labels"] == ["team": "x", "steplog.task": "/tasks/t1"])
    }

    @Test(
        "Memory and processors: the override's, else the container's, else the task's; no more processors than there are",
        arguments: [
            (#", "memory": 128, "memoryReservation": 64, "cpu": 512"#, "", #"{"Name": "main"}"#, 128, 64, 512, nil),
            (#", "memory": 128"#, "", #"{"Name": "main", "Memory": 6, "Cpu": 10}"#, 6, nil, 10, nil),
            ("", #", "memory": "1 GB", "cpu": ".5 vCPU""#, #"{"Name": "main"}"#, 1024, nil, 2, 500_000_000),
            ("", #", "memory": "512", "cpu": "4096""#, #"{"Name": "main"}"#, 512, nil, 2, 2_000_000_000),
            ("", #", "memory": "lots", "cpu": "99999999999999999""#, #"{"Name": "main"}"#, nil, nil, 2, 2_000_000_000),
        ] as [(String, String, String, Int64?, Int64?, Int64?, Int64?)])
    func limits(
        container: String, task: String, override: String, memory: Int64?, reservation: Int64?, shares: Int64?,
        nanoseconds: Int64?
    ) throws {
        let host = try body(container, task: task, override: override)["HostConfig"]
        #expect(host?["Memory"]?.number?.int64 == memory.map { $0 << 20 })
        #expect(host?["MemoryReservation"]?.number?.int64 == reservation.map { $0 << 20 })
        #expect(host?["CpuShares"]?.number?.int64 == shares)
        #expect(host?["NanoCpus"]?.number?.int64 == nanoseconds)
    }

    @Test("Mounts: the configured ones, then the definition's host directories and the task's own volumes")
    func mounts() throws {
        let container =
            #", "mountPoints": [{"sourceVolume": "data", "containerPath": "/d", "readOnly": true}, {"sourceVolume": "scratch", "containerPath": "/s"}]"#
        let volumes = #", "volumes": [{"name": "data", "host": {"sourcePath": "/srv"}}, {"name": "scratch"}]"#
        let made = try body(container, task: volumes) { $0.mounts = ["/src:/src:ro"] }
        #expect(made["HostConfig"]?["Binds"] == ["/src:/src:ro", "/srv:/d:ro", "steplog-1-scratch:/s"])
    }

    @Test("Limits of the kernel, capabilities, an init process, shared memory and hosts are handed on")
    func options() throws {
        let container =
            #", "ulimits": [{"name": "nofile", "softLimit": 1, "hardLimit": 2}], "readonlyRootFilesystem": true, "privileged": true,"#
            + #" "linuxParameters": {"initProcessEnabled": true, "sharedMemorySize": 64, "capabilities": {"add": ["SYS_PTRACE"], "drop": ["ALL"]}},"#
            + #" "extraHosts": [{"hostname": "db", "ipAddress": "10.0.0.1"}]"#
        let host = try body(container)["HostConfig"]
        #expect(host?["Ulimits"] == [["Name": "nofile", "Soft": 1, "Hard": 2]])
        #expect(host?["ReadonlyRootfs"] == true)
        #expect(host?["Privileged"] == true)
        #expect(host?["Init"] == true)
        #expect(host?["ShmSize"] == 67_108_864)
        #expect(host?["CapAdd"] == ["SYS_PTRACE"])
        #expect(host?["CapDrop"] == ["ALL"])
        #expect(host?["ExtraHosts"] == ["db:10.0.0.1"])
    }

    @Test("A definition without a network has none, whatever is configured")
    func network() throws {
        #expect(try body("", task: #", "networkMode": "none""#)["HostConfig"]?["NetworkMode"] == "none")
        #expect(try body("") { $0.network = "bridge" }["HostConfig"]?["NetworkMode"] == "bridge")
    }

    @Test("A mount point without its volume, and a volume that is not on this machine, are told")
    func volumes() throws {
        #expect(throws: JSONFields.Problem.self) {
            try body(#", "mountPoints": [{"sourceVolume": "none", "containerPath": "/n"}]"#)
        }
        let text =
            #"{"containerDefinitions": [{"name": "main"}], "volumes": [{"name": "v", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]}"#
        let definition = try TaskDefinition(JSONParser.parse(text), family: "f", revision: 1)
        #expect(TaskPlanner.unmountable(definition)?.contains("v is an EFS file system") == true)
    }

    @Test("A plan with containers reads back as it was written")
    func plan() throws {
        let bench = try TaskBench { $0.ecs.clusters["box"] = .container }
        try bench.define("job", script: "true", more: #", "memory": 64"#)
        let planner = TaskPlanner(configuration: bench.configuration)
        let request = bench.request(
            "t1", "arn:aws:states:::ecs:runTask.sync", #"{"TaskDefinition": "job", "Cluster": "box"}"#)
        let plan = try #require(try planner.plans(request, isSync: true).first)
        #expect(try TaskPlan(plan.bytes) == plan)
        #expect(plan.containers.first?.creation != nil)
        #expect(!plan.containers[0].environment.contains { $0.name == "PATH" })
        let local = bench.request("t2", "arn:aws:states:::ecs:runTask.sync", #"{"TaskDefinition": "job"}"#)
        #expect(try planner.plans(local, isSync: true).first?.container == nil)
    }

    @Test(
        "137 is OutOfMemoryError where the engine or the kernel's log says so, and told as doubtful where nobody can be asked"
    )
    func endReason() throws {
        func reason(_ state: String, isKilled: Bool = false, limit: Int64? = 8 << 20, kernel: Bool?) throws -> String? {
            let value = try JSONParser.parse(#"{"Id": "c", "State": \#(state)}"#)
            return ContainerEnd.reason(ContainerState(value), isKilled: isKilled, memoryBytesMax: limit) { kernel }
        }
        let outOfMemory = "OutOfMemoryError: Container killed due to memory usage"
        #expect(try reason(#"{"OOMKilled": true, "ExitCode": 137}"#, kernel: nil) == outOfMemory)
        #expect(try reason(#"{"ExitCode": 137}"#, kernel: true) == outOfMemory)
        #expect(try reason(#"{"ExitCode": 1}"#, kernel: true) == outOfMemory)
        #expect(try reason(#"{"ExitCode": 137}"#, kernel: false) == nil)
        #expect(try reason(#"{"ExitCode": 137}"#, isKilled: true, kernel: nil) == nil)
        #expect(try reason(#"{"ExitCode": 137}"#, kernel: nil)?.contains("memory limit is 8 MiB") == true)
        #expect(try reason(#"{"ExitCode": 127, "Error": "no such file"}"#, limit: nil, kernel: nil) == "no such file")
        let record = Array(
            "4,1,2,-;oom-kill:constraint=CONSTRAINT_MEMCG,oom_memcg=/libpod_parent/libpod-abc,pid=1".utf8)
        #expect(KernelLog.names(record, "abc"))
        #expect(!KernelLog.names(record, "abd"))
    }

    @Test("A container's output is put together however its frames are cut")
    func frames() {
        let stream: [UInt8] =
            [1, 0, 0, 0, 0, 0, 0, 3] + Array("out".utf8) + [2, 0, 0, 0, 0, 0, 0, 4] + Array("err\n".utf8)
        for size in 1...stream.count {
            var frames = LogFrames()
            var printed: [UInt8] = []
            for start in stride(from: 0, to: stream.count, by: size) {
                printed += frames.take(Array(stream[start..<min(start + size, stream.count)]))
            }
            #expect(String(decoding: printed, as: UTF8.self) == "outerr\n")
        }
    }

    @Test("The socket is the configured one, else DOCKER_HOST's")
    func socket() {
        #expect(ContainerSocket.path(configured: "unix:///a", dockerHost: "unix:///b") == "/a")
        #expect(ContainerSocket.path(configured: nil, dockerHost: "unix:///b") == "/b")
        #expect(ContainerSocket.usual.contains(ContainerSocket.path(configured: nil, dockerHost: "tcp://x:1")))
    }
}
