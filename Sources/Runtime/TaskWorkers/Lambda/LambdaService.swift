import AWSClient
import Engine
import JSON

/// Lambda functions of AWS, or of what speaks like it: `lambda:invoke` and bare function ARNs.
struct LambdaService: Sendable {
    /// Lambda's longest call. Source: Lambda quotas.
    private static let secondsMax = 900

    /// - Parameter arn: of a function that is the state's Resource: its result is the output; nil: `lambda:invoke`.
    func perform(_ task: ServiceTask, functionArn arn: String?) throws(TaskFailure) -> JSONValue {
        var input = task.parameters
        if let arn {
            input = ["FunctionName": .string(arn), "Payload": .string(task.request.input)]
        } else {
            _ = try task.required("FunctionName")
            input["Payload"] = .string(task.parameters["Payload"].map { JSONWriter.text($0) } ?? "{}")
        }
        let answer: ServiceAnswer
        do throws(ServiceFailure) {
            // A function may take its time and must not run twice because of it: repeating is the state's Retry.
            answer = try task.client.call(
                service: "lambda", operation: "Invoke", input: .object(input),
                context: task.context(
                    region: ServiceTask.region(ofArn: input["FunctionName"]?.string), timeoutSeconds: Self.secondsMax,
                    attemptsMax: 1))
        } catch {
            throw TaskFailure(error, prefix: "Lambda", label: "AWSLambda", unmodelled: "AWSLambdaException")
        }
        let text = answer.output["Payload"]?.string ?? ""
        if answer.output["FunctionError"] != nil {
            let type = (try? JSONParser.parse(text))?["errorType"]?.string
            throw TaskFailure(error: type ?? "Lambda.Unknown", cause: text)
        }
        let payload = text.isEmpty ? JSONValue.string("") : (try? JSONParser.parse(text)) ?? .string(text)
        if arn != nil { return payload }
        var named = answer
        named.output["Payload"] = payload
        return ServiceOutput.optimized(named)
    }
}
