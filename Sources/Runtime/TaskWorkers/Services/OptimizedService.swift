import AWSClient
import Engine
import JSON

/// The optimized integrations that are one call: SQS, SNS, DynamoDB, EventBridge.
/// Source: Step Functions Developer Guide § Integrating services; recorded error names and causes.
struct OptimizedService: Sendable {
    /// The client's name of the service.
    var service: String
    /// Of error names.
    var prefix: String
    /// In causes.
    var label: String
    /// The exception that stands for codes that the service does not model.
    var unmodelled: String
    var actions: Set<String>

    /// By the type in `arn:aws:states:::TYPE:ACTION`.
    static let all: [String: OptimizedService] = [
        "sqs": OptimizedService(
            service: "sqs", prefix: "SQS", label: "AmazonSQS", unmodelled: "AmazonSQSException",
            actions: ["sendMessage"]),
        "sns": OptimizedService(
            service: "sns", prefix: "SNS", label: "AmazonSNS", unmodelled: "AmazonSNSException", actions: ["publish"]),
        "dynamodb": OptimizedService(
            service: "dynamodb", prefix: "DynamoDB", label: "AmazonDynamoDBv2", unmodelled: "AmazonDynamoDBException",
            actions: ["getItem", "putItem", "updateItem", "deleteItem"]),
        "events": OptimizedService(
            service: "events", prefix: "EventBridge", label: "AmazonCloudWatchEvents",
            unmodelled: "AmazonCloudWatchEventsException", actions: ["putEvents"]),
    ]

    func perform(_ task: ServiceTask, action: String) throws(TaskFailure) -> JSONValue {
        var input = task.parameters
        var region: String?
        switch service {
        case "sqs":
            Self.flatten(&input, "MessageBody")
            region = Self.region(ofQueue: task.text("QueueUrl"))
        case "sns":
            Self.flatten(&input, "Message")
            region = ServiceTask.region(ofArn: task.text("TopicArn") ?? task.text("TargetArn"))
        case "events": input["Entries"] = entries(task)
        default: break
        }
        let answer: ServiceAnswer
        do throws(ServiceFailure) {
            answer = try task.client.call(
                service: service, operation: action, input: .object(input), context: task.context(region: region))
        } catch {
            throw TaskFailure(error, prefix: prefix, label: label, unmodelled: unmodelled)
        }
        guard service == "events" else { return ServiceOutput.optimized(answer) }
        let output = ServiceOutput.sorted(answer.output)
        guard (answer.output["FailedEntryCount"]?.number?.int64 ?? 0) == 0 else {
            throw TaskFailure(error: "EventBridge.FailedEntry", cause: JSONWriter.text(output))
        }
        return output
    }

    /// An object becomes its JSON text: what is sent is text.
    private static func flatten(_ input: inout JSONObject, _ key: JSONString) {
        guard let value = input[key], value.string == nil, !value.isNull else { return }
        input[key] = .string(JSONWriter.text(value))
    }

    /// Details as text, and the execution and its machine among the resources.
    /// Source: Step Functions Developer Guide § EventBridge: both ARNs are appended to each entry's Resources.
    private func entries(_ task: ServiceTask) -> JSONValue? {
        guard let entries = task.parameters["Entries"]?.array else { return task.parameters["Entries"] }
        return .array(
            entries.map { entry in
                guard var object = entry.object else { return entry }
                Self.flatten(&object, "Detail")
                let own: [JSONValue] = [.string(task.request.executionArn), .string(task.request.stateMachineArn)]
                object["Resources"] = .array((object["Resources"]?.array ?? []) + own)
                return .object(object)
            })
    }

    /// `https://sqs.eu-west-1.amazonaws.com/123456789012/orders`.
    private static func region(ofQueue url: String?) -> String? {
        let parts = url?.split(separator: ".") ?? []
        return parts.count > 3 && parts[0].hasSuffix("//sqs") && parts[2] == "amazonaws" ? String(parts[1]) : nil
    }
}
