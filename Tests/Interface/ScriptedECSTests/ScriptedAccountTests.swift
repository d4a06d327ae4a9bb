import JSON
import ScriptedECS
import Testing

@Suite struct ScriptedAccountTests {
    /// An account with one task definition, `app`, and what else a script says.
    private func account(_ members: String = "") throws -> ScriptedAccount {
        let separator = members.isEmpty ? "" : ","
        return try ScriptedAccount(
            ECSScript(
                """
                {"taskDefinitions": [{"family": "app", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
                  "containerDefinitions": [{"name": "main", "image": "busybox"}]}]\(separator) \(members)}
                """))
    }

    private func call(
        _ account: inout ScriptedAccount, _ operation: String, _ input: JSONValue, now: Int64 = 0
    ) -> ScriptedAnswer {
        let service = operation.hasSuffix("Message") ? "AmazonSQS" : "AmazonEC2ContainerServiceV20141113"
        return account.answer("\(service).\(operation)", JSONWriter.bytes(input), now: now, base: "http://here")
    }

    @Test("A task goes from PROVISIONING to STOPPED, with exit code, reason and versions")
    func life() throws {
        var account = try account()
        let launched = call(&account, "RunTask", ["taskDefinition": "app"])
        let arn = try #require(launched.body["tasks"]?[0]?["taskArn"])
        var seen: [String] = []
        for now: Int64 in [0, 1000, 2000, 3000, 4000] {
            let task = call(&account, "DescribeTasks", ["tasks": [arn]], now: now).body["tasks"]?[0]
            seen.append("\(task?["lastStatus"]?.string ?? "") \(task?["version"]?.number?.int64 ?? 0)")
        }
        #expect(seen == ["PROVISIONING 1", "PENDING 2", "RUNNING 3", "DEPROVISIONING 4", "STOPPED 5"])
        let task = call(&account, "DescribeTasks", ["tasks": [arn]], now: 4000).body["tasks"]?[0]
        #expect(task?["stopCode"]?.string == "EssentialContainerExited")
        #expect(task?["containers"]?[0]?["exitCode"]?.number?.int64 == 0)
    }

    @Test("A client token launches once: the same request is answered again, another one conflicts")
    func clientToken() throws {
        var account = try account()
        let request: JSONValue = ["taskDefinition": "app", "clientToken": "t1"]
        let first = call(&account, "RunTask", request)
        let second = call(&account, "RunTask", request, now: 5000)
        #expect(second.body["tasks"]?[0]?["taskArn"] == first.body["tasks"]?[0]?["taskArn"])
        #expect(second.body["tasks"]?[0]?["lastStatus"]?.string == "STOPPED")
        let other = call(&account, "RunTask", ["taskDefinition": "app", "clientToken": "t1", "count": 1])
        #expect(other.status == 400)
        #expect(other.body["__type"]?.string == "ConflictException")
        #expect(other.body["resourceIds"]?[0] == first.body["tasks"]?[0]?["taskArn"])
        // The token is forgotten an hour after the end.
        let late = call(&account, "RunTask", request, now: 4000 + 3_600_001)
        #expect(late.body["tasks"]?[0]?["taskArn"] != first.body["tasks"]?[0]?["taskArn"])
        #expect(account.told(isDetailed: false)["clientTokensLaunchedTwice"]?.number?.int64 == 1)
    }

    @Test("RunTask over its rate is throttled, and some throttles look like bad parameters")
    func throttles() throws {
        var account = try account(#""runTask": {"perSecond": 2, "burst": 3, "disguised": 0.5}"#)
        var words: [String] = []
        for number in 0..<40 {
            let answer = call(
                &account, "RunTask", ["taskDefinition": "app", "clientToken": .string("t\(number)")], now: 0)
            words.append(answer.body["__type"]?.string ?? "launched")
        }
        #expect(words.count { $0 == "launched" } == 3)
        #expect(words.contains("ThrottlingException"))
        #expect(words.contains("InvalidParameterException"))
        #expect(call(&account, "RunTask", ["taskDefinition": "app"], now: 500).status == 200)
    }

    @Test("A missing task definition is told before a missing cluster, and too long overrides are refused")
    func refusals() throws {
        var account = try account()
        let none = call(&account, "RunTask", ["taskDefinition": "none", "cluster": "none"])
        #expect(none.body["message"]?.string == "TaskDefinition not found.")
        let cluster = call(&account, "RunTask", ["taskDefinition": "app", "cluster": "none"])
        #expect(cluster.body["__type"]?.string == "ClusterNotFoundException")
        let long: JSONValue = [
            "taskDefinition": "app",
            "overrides": [
                "containerOverrides": [
                    ["name": "main", "command": [.string(String(repeating: "x", count: 8200))]]
                ]
            ],
        ]
        let message = call(&account, "RunTask", long).body["message"]?.string
        #expect(message == "Container Overrides length must be at most 8192")
        let both = call(&account, "ListTasks", ["startedBy": "me", "desiredStatus": "STOPPED"])
        #expect(both.body["__type"]?.string == "InvalidParameterException")
    }

    @Test("State-change events come at least once, until they are deleted")
    func events() throws {
        var account = try account()
        _ = call(&account, "RunTask", ["taskDefinition": "app", "startedBy": "me"])
        let queue: JSONObject = ["QueueUrl": "http://here/1/ecs-events"]
        func receive(_ now: Int64) -> [JSONValue] {
            var input = queue
            input["MaxNumberOfMessages"] = 10
            return call(&account, "ReceiveMessage", .object(input), now: now).body["Messages"]?.array ?? []
        }
        let messages = receive(10_000)
        #expect(messages.count == 5)
        let event = try JSONParser.parse(messages.last?["Body"]?.string ?? "")
        #expect(event["detail"]?["startedBy"]?.string == "me")
        #expect(event["detail"]?["lastStatus"]?.string == "STOPPED")
        #expect(receive(11_000).isEmpty)
        for message in messages.prefix(4) {
            var input = queue
            input["ReceiptHandle"] = message["ReceiptHandle"]
            _ = call(&account, "DeleteMessage", .object(input), now: 11_000)
        }
        #expect(receive(60_000).count == 1)
    }

    @Test("A task that is stopped ends with UserInitiated and the reason, even one that was stuck")
    func stop() throws {
        var account = try account(#""lifecycles": [{"end": "stuck"}]"#)
        let arn = try #require(call(&account, "RunTask", ["taskDefinition": "app"]).body["tasks"]?[0]?["taskArn"])
        let before = call(&account, "DescribeTasks", ["tasks": [arn]], now: 9_000_000).body["tasks"]?[0]
        #expect(before?["lastStatus"]?.string == "PROVISIONING")
        _ = call(&account, "StopTask", ["task": arn, "reason": "enough"], now: 9_000_000)
        let task = call(&account, "DescribeTasks", ["tasks": [arn]], now: 9_001_000).body["tasks"]?[0]
        #expect(task?["stopCode"]?.string == "UserInitiated")
        #expect(task?["stoppedReason"]?.string == "enough")
        #expect(task?["containers"]?[0]?["exitCode"] == nil)
    }

    @Test(
        "A script's mistake is told with its place",
        arguments: [
            (#"{"runTask": {"throttles": 2}}"#, "runTask.throttles: must be a number from 0.0 to 1.0"),
            (#"{"lifecycles": [{"ends": "exit"}]}"#, "lifecycles[0].ends: is no member of a script"),
            (#"{"lifecycles": [{"running": [9, 1]}]}"#, "lifecycles[0].running: must be milliseconds, or [from, to]"),
        ])
    func mistakes(script: String, message: String) {
        #expect {
            try ECSScript(script)
        } throws: {
            "\($0)" == message
        }
    }
}
