import ArgumentParser
import Foundation
import JSON
import StepFunctionsClient
import Terminal

/// Waits for an execution of an API, or follows its history.
struct ExecutionWatch {
    private let client: APIClient
    /// Between two questions: short at first, since most executions are.
    private static let pauses: [Double] = [0.02, 0.05, 0.1, 0.2]
    private static let pauseMax = 0.5

    init(_ client: APIClient) { self.client = client }

    /// - Returns: what DescribeExecution answers once it has ended.
    func waitForEnd(of arn: String) throws -> JSONObject {
        var round = 0
        while true {
            let found = try client.call("DescribeExecution", ["executionArn": .string(arn)])
            if found["status"]?.string != "RUNNING" { return found }
            pause(&round)
        }
    }

    /// Tells each event once, in order, until the execution has ended.
    func follow(_ arn: String, tell: (JSONValue) -> Void) throws {
        var last: Int64 = 0
        var round = 0
        while true {
            // The status first: what is there when it has ended is all there is.
            let found = try client.call(
                "DescribeExecution", ["executionArn": .string(arn), "includedData": "METADATA_ONLY"])
            let events = try newEvents(arn, after: last)
            for event in events { tell(event) }
            if let id = events.last?["id"]?.number?.int64 {
                last = id
                round = 0
            }
            if found["status"]?.string != "RUNNING" { return }
            pause(&round)
        }
    }

    /// The events behind the last one that is known, oldest first. All of them are read forward, a few are read from the end.
    private func newEvents(_ arn: String, after last: Int64) throws(ClientFailure) -> [JSONValue] {
        let request: JSONObject = ["executionArn": .string(arn), "maxResults": last == 0 ? 1_000 : 100]
        if last == 0 { return try client.items("GetExecutionHistory", request, member: "events") }
        var reversed = request
        reversed["reverseOrder"] = true
        let found = try client.items("GetExecutionHistory", reversed, member: "events") {
            ($0["id"]?.number?.int64 ?? 0) <= last
        }
        return found.filter { ($0["id"]?.number?.int64 ?? 0) > last }.reversed()
    }

    private func pause(_ round: inout Int) {
        Thread.sleep(forTimeInterval: round < Self.pauses.count ? Self.pauses[round] : Self.pauseMax)
        round += 1
    }

    /// Says on standard error how an execution failed.
    /// - Throws: the exit code 1 unless it succeeded.
    static func report(_ end: JSONObject) throws {
        let status = end["status"]?.string ?? "?"
        if status == "SUCCEEDED" { return }
        let lines = FailureText.lines(error: end["error"]?.string, cause: end["cause"]?.string)
        ProgressView.write((["steplog: \(status)"] + lines).map { $0 + "\n" }.joined(), to: 2)
        throw ExitCode(1)
    }
}
