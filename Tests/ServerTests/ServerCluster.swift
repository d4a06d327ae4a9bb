import CommandTesting
import Engine
import EventLog
import EventLogKafka
import Foundation
import Glibc
import JSON
import KafkaTesting
import StepFunctionsClient
import Testing

/// Some processes of `steplog server` on one broker, with a folder that they share and tasks that count their starts.
final class ServerCluster {
    let broker: TestBroker
    let folder: URL
    let port: Int
    let client: APIClient
    private var processes: [String: SteplogProcess] = [:]

    /// Creates the topics; no process runs yet.
    init() throws {
        broker = try TestBroker()
        folder = try SteplogProcess.temporaryFolder()
        port = try Self.freePort()
        client = Self.client(port: port)
        let definitions = folder.appending(path: "task-definitions")
        try FileManager.default.createDirectory(at: definitions, withIntermediateDirectories: true)
        try Data(Self.taskDefinition.utf8).write(to: definitions.appending(path: "job.json"))
        let made = try steplog("topics", "apply", "--brokers", bootstrap, "--record-bytes-max", "4194304")
        try #require(made.status == 0, "\(made.messages)")
        try Data("kafka: {recordBytesMax: 4194304}\n".utf8).write(to: folder.appending(path: "steplog.yaml"))
    }

    deinit {
        for process in processes.values {
            kill(process.identifier, SIGKILL)
            _ = try? process.wait()
        }
        try? FileManager.default.removeItem(at: folder)
    }

    var bootstrap: String { broker.configuration.brokers[0] }

    /// A container that writes a line for its start, and ends a little later.
    private static let taskDefinition = """
        {"family": "job", "containerDefinitions": [{"name": "main", "image": "none", "essential": true,
          "command": ["sh", "-c", "echo $ID >> starts; sleep 0.1"]}]}
        """

    /// Two tasks with a wait between them.
    static let machine = """
        {"StartAt": "First", "States": {
          "First": \(task("\"ResultPath\": null, \"Next\": \"Pause\"")),
          "Pause": {"Type": "Wait", "Seconds": 1, "Next": "Second"},
          "Second": \(task("\"End\": true"))}}
        """

    private static func task(_ rest: String) -> String {
        """
        {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync", "Parameters": {"TaskDefinition": "job",
          "Overrides": {"ContainerOverrides": [{"Name": "main", "Environment": [{"Name": "ID", "Value.$": "$.id"}]}]}}, \(rest)}
        """
    }

    static func client(port: Int) -> APIClient {
        APIClient(
            ClientSettings(endpoint: "http://127.0.0.1:\(port)", region: "us-east-1", credentials: nil),
            now: { Int64(Date().timeIntervalSince1970 * 1_000) })
    }

    // MARK: - Processes

    func steplog(_ arguments: String...) throws -> SteplogProcess.Outcome {
        try SteplogProcess.run(arguments, in: folder)
    }

    /// Starts a process of a role; `api` listens on `port`, others tell their health on `healthPort`.
    /// - Parameters:
    ///   - program: the build of steplog.
    ///   - environment: what it gets besides the tests' own.
    func start(
        _ name: String, _ role: String, port: Int? = nil, healthPort: Int? = nil, program: URL = SteplogProcess.binary,
        environment: [String: String] = [:]
    ) throws {
        var arguments = [
            "server", "--kafka-bootstrap", bootstrap, "--role", role, "--data", "data", "--lanes", "2",
            "--config", "steplog.yaml", "--port", "\(port ?? self.port)",
        ]
        if let healthPort { arguments += ["--health-port", "\(healthPort)"] }
        processes[name] = try SteplogProcess(arguments, in: folder, program: program, environment: environment)
    }

    /// Whether a process has ended by itself; it is forgotten then. - Returns: how, or nil.
    func takeEnded(_ name: String) throws -> SteplogProcess.Outcome? {
        guard let process = processes[name], process.hasEnded(within: 0) else { return nil }
        processes[name] = nil
        return try process.wait()
    }

    /// Ends a process at once, or in order. - Returns: how it ended.
    @discardableResult
    func end(_ name: String, by signal: Int32) throws -> SteplogProcess.Outcome {
        let process = try #require(processes[name])
        processes[name] = nil
        kill(process.identifier, signal)
        return try process.wait()
    }

    /// Sends the signal and waits for nothing.
    func signal(_ name: String, _ signal: Int32) throws {
        let process = try #require(processes[name])
        kill(process.identifier, signal)
    }

    // MARK: - Asking

    /// Waits until the condition holds.
    func wait(seconds: Double, _ condition: () throws -> Bool) rethrows -> Bool {
        let end = Date() + seconds
        while Date() < end {
            if try condition() { return true }
            usleep(50_000)
        }
        return try condition()
    }

    func isReady(port: Int) -> Bool {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(connection) }
        var address = Self.loopback(port: port)
        // SAFETY: the address lives for the time of the call, which gets its size.
        let isConnected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe connect(connection, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { return false }
        let request = Array("GET /health/ready HTTP/1.1\r\nHost: steplog\r\nConnection: close\r\n\r\n".utf8)
        var answer = [UInt8](repeating: 0, count: 12)
        // SAFETY: both calls get arrays of the counts that they are told.
        let count = unsafe request.withUnsafeBytes { unsafe send(connection, $0.baseAddress, $0.count, 0) }
        let read = unsafe answer.withUnsafeMutableBytes {
            unsafe recv(connection, $0.baseAddress, $0.count, Int32(MSG_WAITALL))
        }
        return count > 0 && read == 12 && answer.elementsEqual("HTTP/1.1 200".utf8)
    }

    /// Creates the state machine. - Returns: its ARN.
    func createMachine(_ definition: String = machine) throws -> String {
        let answer = try client.call(
            "CreateStateMachine",
            [
                "name": "job", "definition": .string(JSONString(definition)),
                "roleArn": "arn:aws:iam::123456789012:role/steplog",
            ])
        return try #require(answer["stateMachineArn"]?.string)
    }

    /// Starts an execution. - Returns: its ARN.
    func startExecution(_ name: String, of machine: String) throws -> String {
        let answer = try client.call(
            "StartExecution",
            [
                "stateMachineArn": .string(JSONString(machine)), "name": .string(JSONString(name)),
                "input": .string(JSONString("{\"id\": \"\(name)\"}")),
            ])
        return try #require(answer["executionArn"]?.string)
    }

    func status(_ execution: String) throws -> String {
        let answer = try client.call("DescribeExecution", ["executionArn": .string(JSONString(execution))])
        return try #require(answer["status"]?.string)
    }

    /// How often each execution's tasks have come to run.
    func starts() throws -> [String: Int] {
        let text = try String(contentsOf: folder.appending(path: "starts"), encoding: .utf8)
        return text.split(separator: "\n").reduce(into: [:]) { $0[String($1), default: 0] += 1 }
    }

    /// The sequence numbers of each execution's events, in the order of the log.
    func sequences() throws -> [String: [Int64]] {
        let log = try KafkaLog(broker.configuration)
        defer { log.close() }
        var found: [String: [Int64]] = [:]
        for partition in 0..<16 {
            try log.readToEnd(TopicPartition("steplog.events", partition)) { record in
                if let key = record.key, RegistryRecord.isKey(key) { return }
                let (arn, event) = try EventDecoder.decode(Array(record.value ?? []))
                found[arn, default: []].append(event.sequence)
            }
        }
        return found
    }

    private static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        address.sin_port = in_port_t(port).bigEndian
        return address
    }

    /// A port that nobody listens on.
    static func freePort() throws -> Int {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        // SAFETY: the address lives for the time of both calls, and length is its size.
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(listener, generic, length) == 0 && getsockname(listener, generic, &length) == 0
            }
        }
        try #require(isBound)
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
