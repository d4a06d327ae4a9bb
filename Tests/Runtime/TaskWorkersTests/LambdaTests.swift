import Engine
import Glibc
import JSON
import Synchronization
import Testing

@testable import TaskWorkers

@Suite("Lambda functions on this machine")
struct LambdaTests {
    private static let arn = "arn:aws:lambda:us-east-1:123456789012:function:fn"

    private func bench(_ script: String) throws -> TaskBench {
        try TaskBench { $0.functions = ["fn": .command(["/bin/sh", "-c", script], workingDirectory: nil)] }
    }

    @Test("A program gets the event on its standard input; what it prints is the output of a direct call")
    func direct() async throws {
        let bench = try bench("cat; echo note >&2")
        let reports = await bench.run(bench.request("t1", Self.arn, #"{"a": [1, 2.50]}"#))
        #expect(reports == [.started, .succeeded(output: #"{"a":[1,2.50]}"#)])
        let log = try #require(bench.runner.logs(taskID: "t1").first)
        #expect(try String(decoding: File.read(log.path), as: UTF8.self) == "note\n")
    }

    @Test("lambda:invoke wraps the result as the SDK does")
    func invoke() async throws {
        let bench = try bench("cat")
        let input = #"{"FunctionName": "\#(Self.arn)", "Payload": {"x": "y"}}"#
        let answer = await bench.run(bench.request("t1", "arn:aws:states:::lambda:invoke", input)).document
        let names = ["ExecutedVersion", "Payload", "SdkHttpMetadata", "SdkResponseMetadata", "StatusCode"]
        #expect((answer.object?.keys ?? []).map(\.text) == names)
        #expect(answer["ExecutedVersion"]?.string == "$LATEST")
        #expect(answer["Payload"] == ["x": "y"])
        #expect(answer["StatusCode"] == 200)
        #expect(answer["SdkHttpMetadata"]?["AllHttpHeaders"]?["X-Amz-Executed-Version"] == ["$LATEST"])
    }

    @Test("lambda:invoke without a Payload calls with an empty object")
    func noPayload() async throws {
        let bench = try bench("cat")
        let reports = await bench.run(bench.request("t1", "arn:aws:states:::lambda:invoke", #"{"FunctionName": "fn"}"#))
        #expect(reports.document["Payload"] == [:])
    }

    @Test("A callback's invocation is submitted, and completes by its token only")
    func callback() async throws {
        let bench = try bench("cat")
        let collector = ReportCollector()
        let request = bench.request(
            "t1", "arn:aws:states:::lambda:invoke.waitForTaskToken", #"{"FunctionName": "fn", "Payload": 1}"#,
            token: "T")
        bench.runner.start(request) { collector.add($0) }
        #expect(await bench.wait { collector.current.count == 2 })
        guard case .submitted? = collector.current.last else {
            Issue.record("\(collector.current)")
            return
        }
    }

    @Test("An error object on standard error gives the error its name and the cause its text")
    func functionError() async throws {
        let bench = try bench(
            #"echo trace >&2; echo '{"errorType": "OutOfStock", "errorMessage": "none left"}' >&2; exit 1"#)
        let reports = await bench.run(bench.request("t1", Self.arn, "{}"))
        #expect(reports.error == "OutOfStock")
        #expect(reports.cause == #"{"errorType":"OutOfStock","errorMessage":"none left"}"#)
    }

    @Test("An error object on standard output counts too")
    func functionErrorOnOutput() async throws {
        let bench = try bench(#"echo '{"errorMessage": "m", "errorType": "T"}'; exit 1"#)
        #expect(await bench.run(bench.request("t1", Self.arn, "{}")).error == "T")
    }

    @Test("An exit without an error object is a Runtime.ExitError with the last line that was printed")
    func plainExit() async throws {
        let bench = try bench("echo one >&2; echo two >&2; exit 7")
        let reports = await bench.run(bench.request("t1", Self.arn, "{}"))
        #expect(reports.error == "Runtime.ExitError")
        #expect(reports.document["errorMessage"]?.string == "Error: Runtime exited with error: exit status 7: two")
    }

    @Test("A program that is missing is a Runtime.InvalidEntrypoint")
    func missingProgram() async throws {
        let bench = try TaskBench { $0.functions = ["fn": .command(["./none"], workingDirectory: nil)] }
        let reports = await bench.run(bench.request("t1", Self.arn, "{}"))
        #expect(reports.error == "Runtime.InvalidEntrypoint")
        #expect(reports.cause.contains("./none"))
    }

    @Test("A result that is not JSON is an error that says where")
    func notJSON() async throws {
        let bench = try bench("echo plain text")
        let reports = await bench.run(bench.request("t1", Self.arn, "{}"))
        #expect(reports.error == "Runtime.MarshalError")
        #expect(reports.cause.contains("is not JSON: line 1, column 1"))
    }

    @Test("A program that prints nothing gives null")
    func nothing() async throws {
        let bench = try bench("true")
        #expect(await bench.run(bench.request("t1", Self.arn, "{}")).last == .succeeded(output: "null"))
    }

    @Test("A function that is not configured says which file to write, and what")
    func unknownFunction() async throws {
        let bench = try TaskBench { $0.configurationFile = "/etc/steplog.yaml" }
        let reports = await bench.run(bench.request("t1", Self.arn, "{}"))
        #expect(reports.error == "Lambda.ResourceNotFoundException")
        #expect(
            reports.cause.hasPrefix(
                "Function not found: \(Self.arn):$LATEST: write it to /etc/steplog.yaml, as functions.fn.command"))
        #expect(
            reports.cause.contains(
                "(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: "))
    }

    @Test("A function is found by ARN, by name and qualifier, and by name")
    func lookup() throws {
        let targets: [String: LambdaTarget] = [
            "a": .url("http://a"), "b:live": .url("http://b-live"),
            "arn:aws:lambda:eu-west-1:1:function:c": .url("http://c"),
        ]
        let bench = try TaskBench { $0.functions = targets }
        let functions = LambdaFunctions(bench.configuration)
        #expect(try functions.target(LambdaFunctionName("a:3")) == .url("http://a"))
        #expect(try functions.target(LambdaFunctionName("1:function:b:live")) == .url("http://b-live"))
        #expect(try functions.target(LambdaFunctionName("c")) == .url("http://c"))
        #expect(throws: ServiceError.self) { try functions.target(LambdaFunctionName("b")) }
    }

    // MARK: - Addresses

    @Test("An address gets the event as a POST; its answer is the result")
    func url() async throws {
        let server = try OneAnswerServer("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{\"a\": 1}")
        let bench = try TaskBench { $0.functions = ["fn": .url("\(server.url)/2015-03-31/x?y=1")] }
        let reports = await bench.run(bench.request("t1", Self.arn, #"{"in": true}"#))
        #expect(reports.last == .succeeded(output: #"{"a":1}"#))
        #expect(server.request.hasPrefix("POST /2015-03-31/x?y=1 HTTP/1.1\r\n"))
        #expect(server.request.hasSuffix("\r\n\r\n{\"in\": true}"))
    }

    @Test("A chunked answer is put together")
    func chunked() async throws {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        let server = try OneAnswerServer("\(head)3\r\n[1,\r\n2\r\n2]\r\n0\r\n\r\n")
        let bench = try TaskBench { $0.functions = ["fn": .url(server.url)] }
        #expect(await bench.run(bench.request("t1", Self.arn, "{}")).last == .succeeded(output: "[1,2]"))
    }

    @Test("An error object from an address is the function's error")
    func urlError() async throws {
        let server = try OneAnswerServer("HTTP/1.1 200 OK\r\n\r\n{\"errorType\": \"E\", \"errorMessage\": \"m\"}")
        let bench = try TaskBench { $0.functions = ["fn": .url(server.url)] }
        #expect(await bench.run(bench.request("t1", Self.arn, "{}")).error == "E")
    }

    @Test("An address that nobody listens at is an SdkClientException, which can be retried")
    func refused() async throws {
        let (socket, port) = try LoopbackSocket.listen()
        shutdown(socket.number, Int32(SHUT_RDWR))
        let bench = try TaskBench { $0.functions = ["fn": .url("http://127.0.0.1:\(port)/")] }
        let reports = await bench.run(bench.request("t1", Self.arn, "{}"))
        #expect(reports.error == "Lambda.SdkClientException")
        #expect(
            reports.cause == "Unable to execute HTTP request: Connect to 127.0.0.1:\(port) failed: Connection refused")
    }

    @Test(
        "What is no http address is refused with the form that is expected",
        arguments: ["https://x/", "http://", "http://a:b/", "x"])
    func badAddress(_ url: String) {
        #expect(throws: HTTPConnection.Failure.self) { try HTTPAddress(url) }
    }
}

/// Answers one HTTP request on the loopback address.
private final class OneAnswerServer: Sendable {
    let url: String
    private let received = Mutex("")

    init(_ answer: String) throws {
        let (socket, port) = try LoopbackSocket.listen()
        url = "http://127.0.0.1:\(port)"
        try BlockingThread.start { [self] in
            guard let connection = LoopbackSocket.accept(socket) else { return }
            var bytes: [UInt8] = []
            while let part = try? connection.read(countMax: 4096), !part.isEmpty {
                bytes += part
                if bytes.last == UInt8(ascii: "}") { break }
            }
            received.withLock { $0 = String(decoding: bytes, as: UTF8.self) }
            try? connection.write(Array(answer.utf8))
        }
    }

    var request: String { received.withLock { $0 } }
}
