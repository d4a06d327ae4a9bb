import Engine
import JSON

/// What came of an invocation.
enum LambdaAnswer: Sendable, Equatable {
    /// The function's result, JSON text.
    case success(String)
    /// The function failed: error type, and its error object as JSON text.
    case functionError(type: String, object: String)
    /// It could not be called.
    case serviceError(ServiceError)

    /// Lambda's limit of a synchronous answer: 6 MB and some. Source: Lambda quotas.
    static let payloadBytesMax = 6_291_556

    /// Of a program that ended.
    init(_ result: Result<TaskResult, any Error>, _ directory: TaskDirectory) {
        do {
            let result = try result.get()
            let output = try Self.output(directory)
            switch result.containers.first?.exitCode {
            case 0?:
                guard output.utf8.count <= Self.payloadBytesMax else {
                    let message =
                        "Response payload size exceeded maximum allowed payload size (\(Self.payloadBytesMax) bytes)."
                    self = Self.error("Function.ResponseSizeTooLarge", message)
                    return
                }
                self = Self.success(ofText: output, from: "standard output")
            case let code?:
                let errors = try String(
                    decoding: File.tail(directory.file("function.log"), count: 1 << 16), as: UTF8.self)
                self = Self.reportedError(in: [errors, output]) ?? Self.exit(code, errors)
            case nil where result.stopCode == .taskFailedToStart:
                self = Self.error("Runtime.InvalidEntrypoint", result.stoppedReason)
            case nil: self = Self.error("Runtime.ExitError", result.stoppedReason)
            }
        } catch {
            self = .serviceError(.lambda("ServiceException", "\(error)", statusCode: 500))
        }
    }

    /// Of an address: posts the event and waits.
    init(url: String, payload: String, _ connection: HTTPConnection) {
        let response: HTTPResponse
        do throws(HTTPConnection.Failure) {
            response = try connection.post(url, body: Array(payload.utf8), bodyBytesMax: Self.payloadBytesMax)
        } catch {
            // What Java's SDK says, without what AWS appends to answers.
            self = .serviceError(
                ServiceError(
                    name: "Lambda.SdkClientException", message: "Unable to execute HTTP request: \(error.message)"))
            return
        }
        let text = String(decoding: response.body, as: UTF8.self)
        let isMarked = response.header("x-amz-function-error") != nil
        if let error = Self.reportedError(in: [text]) {
            self = error
        } else if isMarked || response.status >= 400 {
            self = Self.error("Lambda.Unknown", "\(url) answered \(response.status): \(text.prefix(1024))")
        } else {
            self = Self.success(ofText: text, from: url)
        }
    }

    /// The report for the state machine, as AWS has it.
    func report(_ invocation: LambdaInvocation, requestID: String, epochMilliseconds: Int64) -> TaskReport {
        switch self {
        case .success(let text):
            guard !invocation.isDirect else { return .succeeded(output: text) }
            let payload = (try? JSONParser.parse(text)) ?? .null
            return .succeeded(
                output: JSONWriter.text(
                    Self.envelope(
                        payload, contentLength: text.utf8.count, version: invocation.function.qualifier ?? "$LATEST",
                        requestID: requestID, epochMilliseconds: epochMilliseconds)))
        case .functionError(let type, let object): return .failed(error: type, cause: object)
        case .serviceError(let error): return .failed(error: error.name, cause: error.cause(requestID: requestID))
        }
    }

    /// What `lambda:invoke` puts out. Source: recorded `services/test_lambda_task_service`.
    private static func envelope(
        _ payload: JSONValue, contentLength: Int, version: String, requestID: String, epochMilliseconds: Int64
    ) -> JSONValue {
        let date = CalendarTime(epochMilliseconds: epochMilliseconds).httpDate
        let trace =
            "root=1-\(TaskHash(requestID).hexadecimal.prefix(8))-\(TaskHash(requestID).hexadecimal.suffix(24));sampled=0"
        let headers: [(JSONString, JSONValue)] = [
            ("Connection", "keep-alive"), ("Content-Length", .string(String(contentLength))),
            ("Content-Type", "application/json"),
            ("Date", .string(date)), ("X-Amz-Executed-Version", .string(version)),
            ("x-amzn-Remapped-Content-Length", "0"),
            ("x-amzn-RequestId", .string(requestID)), ("X-Amzn-Trace-Id", .string(trace)),
        ]
        var single = JSONObject()
        var lists = JSONObject()
        for (name, value) in headers {
            single[name] = value
            lists[name] = [value]
        }
        return [
            "ExecutedVersion": .string(version), "Payload": payload,
            "SdkHttpMetadata": [
                "AllHttpHeaders": .object(lists), "HttpHeaders": .object(single), "HttpStatusCode": 200,
            ],
            "SdkResponseMetadata": ["RequestId": .string(requestID)], "StatusCode": 200,
        ]
    }

    // MARK: - Reading what a function said

    private static func output(_ directory: TaskDirectory) throws(SystemCallError) -> String {
        let path = directory.file("output")
        guard File.exists(path) else { return "" }
        return String(decoding: try File.read(path), as: UTF8.self)
    }

    private static func success(ofText text: String, from source: String) -> LambdaAnswer {
        guard text.utf8.contains(where: { !Self.isBlank($0) }) else { return .success("null") }
        do throws(JSONSyntaxError) {
            return .success(JSONWriter.text(try JSONParser.parse(text)))
        } catch {
            return Self.error("Runtime.MarshalError", "The function's result (\(source)) is not JSON: \(error)")
        }
    }

    /// An object with errorType and errorMessage: a whole text, or the last line of one that is such an object.
    private static func reportedError(in texts: [String]) -> LambdaAnswer? {
        for text in texts {
            let lines = text.split(whereSeparator: \.isNewline).reversed().lazy.filter { $0.hasPrefix("{") }.prefix(8)
            for candidate in [Substring(text)] + lines {
                guard let object = try? JSONParser.parse(String(candidate)), object["errorMessage"] != nil else {
                    continue
                }
                guard let type = object["errorType"]?.string else { continue }
                return .functionError(type: type, object: JSONWriter.text(object))
            }
        }
        return nil
    }

    private static func exit(_ code: Int32, _ errors: String) -> LambdaAnswer {
        let end = code > 128 ? "signal: \(code - 128)" : "exit status \(code)"
        let last = errors.split(whereSeparator: \.isNewline).last.map { ": \($0)" } ?? ""
        return Self.error("Runtime.ExitError", "Error: Runtime exited with error: \(end)\(last)")
    }

    private static func error(_ type: String, _ message: String) -> LambdaAnswer {
        .functionError(
            type: type, object: JSONWriter.text(["errorMessage": .string(message), "errorType": .string(type)]))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}
