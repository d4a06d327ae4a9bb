import JSON
import Testing

@testable import TaskWorkers

@Suite("Task definitions")
struct TaskDefinitionTests {
    @Test("Without a revision the highest is taken; files are found by name or by the family they name")
    func revisions() throws {
        let bench = try TaskBench()
        let container = #""containerDefinitions": [{"name": "main"}]"#
        try bench.write("definitions/etl.json", "{\(container)}")
        try bench.write("definitions/etl:3.json", "{\(container)}")
        try bench.write("definitions/etl:2.json", "{\(container)}")
        try bench.write(
            "definitions/other.json", #"{"taskDefinition": {"family": "named", "revision": 9, \#(container)}}"#)
        let store = TaskDefinitionStore(directory: "\(bench.root)/definitions")
        #expect(try store.find("etl").revision == 3)
        #expect(try store.find("etl:1").revision == 1)
        #expect(try store.find("arn:aws:ecs:eu-west-1:1:task-definition/etl:2").revision == 2)
        #expect(try store.find("named").revision == 9)
        for name in ["etl:4", "etl:x", "", "../etl", "named:1"] {
            #expect(throws: ServiceError.self, "\(name)") { try store.find(name) }
        }
    }

    @Test("A broken file of the family is named with the place; one of another family is in nobody's way")
    func broken() throws {
        let bench = try TaskBench()
        try bench.write("definitions/bad.json", "{\"containerDefinitions\": [")
        try bench.write("definitions/good.json", #"{"containerDefinitions": [{"name": "main"}]}"#)
        let store = TaskDefinitionStore(directory: "\(bench.root)/definitions")
        #expect(try store.find("good").family == "good")
        let error = #expect(throws: ServiceError.self) { try store.find("bad") }
        #expect(
            error?.message.hasPrefix("TaskDefinition is invalid: \(bench.root)/definitions/bad.json: line 1") == true)
        let missing = #expect(throws: ServiceError.self) { try store.find("none") }
        #expect(missing?.message.contains("these files there can't be read: bad.json") == true)
    }

    @Test("A directory that is missing is named")
    func noDirectory() {
        let error = #expect(throws: ServiceError.self) { try TaskDefinitionStore(directory: "/nowhere").find("x") }
        #expect(error?.message.contains("/nowhere: opendir: No such file or directory") == true)
    }

    @Test(
        "A mistake is named with its place",
        arguments: [
            (#"[]"#, "must be an object"),
            (#"{}"#, "containerDefinitions: is missing: at least one container is needed"),
            (#"{"containerDefinitions": [{}]}"#, "containerDefinitions[0].name: is missing: a string is needed"),
            (#"{"containerDefinitions": [{"name": "a/b"}]}"#, #"containerDefinitions[0].name: "a/b" must be"#),
            (
                #"{"containerDefinitions": [{"name": "a", "command": "x"}]}"#,
                "containerDefinitions[0].command: must be an array of strings"
            ),
            (
                #"{"containerDefinitions": [{"name": "a"}, {"name": "a"}]}"#,
                #"containerDefinitions[1]: a container named "a" is there already"#
            ),
            (
                #"{"containerDefinitions": [{"name": "a", "essential": false}]}"#,
                "at least one container must be essential"
            ),
            (
                #"{"containerDefinitions": [{"name": "a", "dependsOn": [{"containerName": "b", "condition": "START"}]}]}"#,
                #"no container is named "b"; there are: a"#
            ),
            (
                #"{"containerDefinitions": [{"name": "a", "dependsOn": [{"containerName": "a", "condition": "START"}]}]}"#,
                "dependsOn goes in a circle: a"
            ),
            (
                #"{"containerDefinitions": [{"name": "a", "dependsOn": [{"containerName": "b", "condition": "HEALTHY"}]}, {"name": "b"}]}"#,
                #""b" has no healthCheck"#
            ),
            (
                #"{"containerDefinitions": [{"name": "a", "dependsOn": [{"containerName": "b", "condition": "SUCCESS"}]}, {"name": "b"}]}"#,
                #""b" is essential"#
            ),
            (#"{"containerDefinitions": [{"name": "a", "stopTimeout": -1}]}"#, "stopTimeout: must be seconds from 0"),
        ])
    func mistakes(_ text: String, _ message: String) throws {
        let value = try JSONParser.parse(text)
        let error = #expect(throws: JSONFields.Problem.self) { try TaskDefinition(value, family: "f", revision: 1) }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test("A plan and a result survive being written and read")
    func codec() throws {
        let bench = try TaskBench()
        try bench.write(
            "definitions/job.json",
            #"{"containerDefinitions": [{"name": "a", "command": ["x"], "startTimeout": 4, "dependsOn": [{"containerName": "b", "condition": "HEALTHY"}]}, "#
                + #"{"name": "b", "healthCheck": {"command": ["CMD-SHELL", "true"], "retries": 7}}]}"#)
        let plan = try TaskPlanner(configuration: bench.configuration).plans(bench.syncRequest("job"), isSync: true)[0]
        #expect(try TaskPlan(plan.bytes) == plan)
        let containers = [TaskEnd.Container(exitCode: 3, reason: nil, runtimeID: "r"), TaskEnd.Container(reason: "no")]
        let end = TaskEnd(
            stopCode: .userInitiated, stoppedReason: "asked", containers: containers, preparedAt: 1, startedAt: 2,
            stoppingAt: 3,
            stoppedAt: 4)
        let result = TaskResult(plan, end)
        #expect(try TaskResult(result.bytes) == result)
    }

    @Test("Times are shown as ISO 8601 and as HTTP has them")
    func times() {
        #expect(CalendarTime(epochMilliseconds: 0).iso8601 == "1970-01-01T00:00:00.000Z")
        #expect(CalendarTime(epochMilliseconds: 1_709_210_096_789).iso8601 == "2024-02-29T12:34:56.789Z")
        #expect(CalendarTime(epochMilliseconds: 1_790_254_009_268).httpDate == "Thu, 24 Sep 2026 12:46:49 GMT")
        #expect(CalendarTime(epochMilliseconds: -1).iso8601 == "1969-12-31T23:59:59.999Z")
    }

    @Test("A task's ids follow from its launch id and have AWS's form")
    func ids() {
        let identity = TaskIdentity(launchID: "t1", region: "r", accountID: "1", cluster: "arn:aws:ecs:r:1:cluster/big")
        #expect(identity.taskID.utf8.count == 32)
        #expect(identity.taskArn == "arn:aws:ecs:r:1:task/big/\(identity.taskID)")
        #expect(identity.taskID == TaskIdentity(launchID: "t1", region: "", accountID: "", cluster: "").taskID)
        #expect(identity.containerArn("a") != identity.containerArn("b"))
        #expect(TaskHash("x").uuid.split(separator: "-").map(\.utf8.count) == [8, 4, 4, 4, 12])
    }
}
