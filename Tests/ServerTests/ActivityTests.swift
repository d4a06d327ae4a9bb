import CommandTesting
import Dispatch
import Foundation
import Glibc
import JSON
import StepFunctionsClient
import Synchronization
import Testing

@Suite("Activities on several processes", .serialized)
struct ActivityTests {
    /// Asks for tasks until `count` were handed out over all threads. - Returns: the tokens.
    private static func poll(_ clients: [APIClient], _ activity: JSONValue, count: Int) -> [String] {
        let tokens = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: clients.count) { index in
            while tokens.withLock({ $0.count }) < count {
                guard let answer = try? clients[index].call("GetActivityTask", ["activityArn": activity]),
                    let token = answer["taskToken"]?.string
                else { continue }
                tokens.withLock { $0.append(token) }
                // The last ones end the waits of those that find nothing more.
                _ = try? clients[index].call(
                    "SendTaskSuccess", ["taskToken": .string(JSONString(token)), "output": "1"])
            }
        }
        return tokens.withLock { $0 }
    }

    @Test(
        "A task reaches a poll of any API process, and one poll alone; a killed holder's comes again after its heartbeat"
    )
    func twoAPIs() throws {
        let cluster = try ServerCluster()
        let secondPort = try ServerCluster.freePort()
        let (first, second) = (cluster.client, ServerCluster.client(port: secondPort))
        try cluster.start("engine-1", "engine")
        try cluster.start("engine-2", "engine")
        try cluster.start("api-1", "api")
        try cluster.start("api-2", "api", port: secondPort)
        #expect(cluster.wait(seconds: 60) { cluster.isReady(port: cluster.port) && cluster.isReady(port: secondPort) })
        let made = try first.call("CreateActivity", ["name": "work"])
        let activity = try #require(made["activityArn"])
        let machine = try cluster.createMachine(
            """
            {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": \(JSONWriter.text(activity)), "HeartbeatSeconds": 3,
              "Retry": [{"ErrorEquals": ["States.Timeout"]}], "End": true}}}
            """)

        // Four polls at both processes, and executions on all partitions, some there before the polls and some after.
        let count = 40
        var executions = try (0..<count - 4).map { try cluster.startExecution("x\($0)", of: machine) }
        let polls = [first, second, first, second]
        let group = DispatchGroup()
        let found = Mutex<[String]>([])
        DispatchQueue.global().async(group: group) {
            let tokens = Self.poll(polls, activity, count: count)
            found.withLock { $0 = tokens }
        }
        // Each of the four polls that would wait at the end gets a task of its own.
        for index in count - 4..<count + 4 { executions.append(try cluster.startExecution("x\(index)", of: machine)) }
        group.wait()
        let tokens = found.withLock { $0 }
        #expect(tokens.count >= count)
        #expect(Set(tokens).count == tokens.count)
        for _ in tokens.count..<executions.count {
            let answer = try first.call("GetActivityTask", ["activityArn": activity])
            let token = try #require(answer["taskToken"])
            _ = try first.call("SendTaskSuccess", ["taskToken": token, "output": "1"])
        }
        #expect(
            try cluster.wait(seconds: 30) { try executions.allSatisfy { try cluster.status($0) == "SUCCEEDED" } })

        // The second process dies with a task in its hands.
        let held = try cluster.startExecution("held", of: machine)
        let lost = try #require(try second.call("GetActivityTask", ["activityArn": activity])["taskToken"])
        let taken = ContinuousClock.now
        try cluster.end("api-2", by: SIGKILL)
        _ = try first.call("SendTaskHeartbeat", ["taskToken": lost])
        let again = try #require(try first.call("GetActivityTask", ["activityArn": activity])["taskToken"])
        #expect(ContinuousClock.now - taken >= .seconds(3))
        #expect(again != lost)
        #expect(throws: ClientFailure.self) {
            try first.call("SendTaskSuccess", ["taskToken": lost, "output": "0"])
        }
        _ = try first.call("SendTaskSuccess", ["taskToken": again, "output": "2"])
        #expect(cluster.wait(seconds: 10) { (try? cluster.status(held)) == "SUCCEEDED" })

        // An API process that begins anew offers what waits since before.
        let waiting = try cluster.startExecution("waiting", of: machine)
        try cluster.end("api-1", by: SIGKILL)
        try cluster.start("api-1", "api")
        #expect(cluster.wait(seconds: 60) { cluster.isReady(port: cluster.port) })
        let token = try #require(try first.call("GetActivityTask", ["activityArn": activity])["taskToken"])
        _ = try first.call("SendTaskSuccess", ["taskToken": token, "output": "3"])
        #expect(cluster.wait(seconds: 10) { (try? cluster.status(waiting)) == "SUCCEEDED" })
        // Polls that wait do not hold up the end.
        DispatchQueue.global().async { _ = try? first.call("GetActivityTask", ["activityArn": activity]) }
        usleep(300_000)
        let asked = ContinuousClock.now
        #expect(try cluster.end("api-1", by: SIGTERM).status == 0)
        #expect(ContinuousClock.now - asked < .seconds(5))
    }
}
