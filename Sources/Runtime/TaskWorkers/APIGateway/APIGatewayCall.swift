import AWSClient
import JSON

/// `apigateway:invoke`. Source: Step Functions Developer Guide § API Gateway; recorded outputs and errors.
struct APIGatewayCall: Sendable {
    private static let methods: Set<String> = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]
    private static let secondsMax = 60

    func perform(_ task: ServiceTask) throws(TaskFailure) -> JSONValue {
        let host = try task.required("ApiEndpoint")
        let method = try task.required("Method")
        guard Self.methods.contains(method) else {
            throw task.refused("The value of the field 'Method' has an invalid format")
        }
        for header in task.parameters["Headers"]?.object ?? [:] where header.value.array == nil {
            throw task.refused("The value of the field 'Headers' has an invalid format")
        }
        let stage = task.text("Stage").map { "/\($0)" } ?? ""
        let path = task.text("Path").map { $0.hasPrefix("/") ? $0 : "/\($0)" } ?? ""
        // An address with a scheme is for tests on this machine; AWS takes the host alone.
        let endpoint = host.contains("://") ? host : "https://\(host)"
        var request = HTTPRequest(
            method: method, endpoint: endpoint, path: stage + path == "" ? "/" : stage + path,
            parameters: HTTPExchange.fields(task.parameters["QueryParameters"]),
            headers: HTTPExchange.fields(task.parameters["Headers"]))
        if let body = task.parameters["RequestBody"], !body.isNull {
            request.body = body.string.map { Array($0.utf8) } ?? JSONWriter.bytes(body)
            if request.headers.allSatisfy({ $0.name.lowercased() != "content-type" }) {
                request.headers.append(.init("Content-Type", "application/json"))
            }
        }
        let isSigned = task.text("AuthType").map { $0 != "NO_AUTH" } ?? false
        let parts = host.split(separator: ".")
        let region = parts.count > 3 && parts[1] == "execute-api" ? String(parts[2]) : nil
        let answer: HTTPAnswer
        do throws(ServiceFailure) {
            answer = try task.client.send(
                request, signing: isSigned ? "execute-api" : nil,
                context: task.context(region: region, timeoutSeconds: Self.secondsMax, attemptsMax: 1))
        } catch {
            throw TaskFailure(error: "ApiGateway.SdkClientException", cause: error.message)
        }
        guard answer.status < 400 else {
            throw TaskFailure(
                error: "ApiGateway.\(answer.status)", cause: String(decoding: answer.body, as: UTF8.self))
        }
        return HTTPExchange.output(answer)
    }
}
