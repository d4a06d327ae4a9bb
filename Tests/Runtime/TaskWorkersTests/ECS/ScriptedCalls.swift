import Glibc
import JSON
import ScriptedECS
import Synchronization
import TaskWorkers

/// Calls of a worker that end in a scripted account of this process, without HTTP in between.
final class ScriptedCalls: ECSCalls {
    private let account: Mutex<ScriptedAccount>
    private let speed: Double
    private let began = ContinuousClock.now

    init(_ script: String) throws {
        let read = try ECSScript(script)
        account = Mutex(try ScriptedAccount(read))
        speed = read.speed
    }

    /// Milliseconds of the script.
    var now: Int64 {
        1_790_000_000_000 + Int64(Double((ContinuousClock.now - began) / .microseconds(1)) * speed / 1000)
    }

    /// What the script counted, without tokens.
    var told: String { JSONWriter.text(account.withLock { $0.told(isDetailed: false) }) }

    func counts() -> JSONValue { account.withLock { $0.told(isDetailed: true) } }

    func count(_ path: JSONString...) -> Int64 {
        path.reduce(counts()) { $0[$1] ?? .null }.number?.int64 ?? 0
    }

    /// Lets what is due by the script's clock happen, as a call would.
    private func waitForMessages(_ input: JSONObject, _ isCut: () -> Bool) {
        let deadline = ContinuousClock.now + .seconds(1)
        while ContinuousClock.now < deadline, !isCut() {
            if account.withLock({ $0.hasMessages(input, now: now) }) { return }
            usleep(1_000)
        }
    }

    func call(
        _ service: String, _ operation: String, _ input: JSONObject, role: String?
    ) throws(ECSCallError) -> ECSCallAnswer {
        try call(service, operation, input) { false }
    }

    func call(
        _ service: String, _ operation: String, _ input: JSONObject, isCut: () -> Bool
    ) throws(ECSCallError) -> ECSCallAnswer {
        let prefix = ["ecs": "AmazonEC2ContainerServiceV20141113", "sqs": "AmazonSQS", "logs": "Logs_20140328"][service]
        if operation == "ReceiveMessage" { waitForMessages(input, isCut) }
        if isCut() { throw ECSCallError(code: "SdkClientException", message: "cut off", statusCode: 0) }
        let answer = account.withLock {
            $0.answer("\(prefix ?? "").\(operation)", JSONWriter.bytes(.object(input)), now: now, base: "http://here")
        }
        if isCut() { throw ECSCallError(code: "SdkClientException", message: "cut off", statusCode: 0) }
        guard answer.status == 200 else {
            throw ECSCallError(
                code: answer.body["__type"]?.string ?? "", message: answer.body["message"]?.string ?? "",
                statusCode: answer.status, requestID: "r")
        }
        return ECSCallAnswer(output: answer.body.object ?? JSONObject(), requestID: "r", bodyByteCount: 1)
    }
}

/// The calls of one worker, which can be cut off: then it is as if the worker had died.
final class CuttableCalls: ECSCalls {
    private let calls: ScriptedCalls
    private let isCut = Atomic<Bool>(false)

    init(_ calls: ScriptedCalls) { self.calls = calls }

    func cut() { isCut.store(true, ordering: .releasing) }

    func call(
        _ service: String, _ operation: String, _ input: JSONObject, role: String?
    ) throws(ECSCallError) -> ECSCallAnswer {
        try calls.call(service, operation, input) { isCut.load(ordering: .acquiring) }
    }
}
