import AWSClient
import JSON

/// `arn:aws:states:::aws-sdk:SERVICE:action`: any operation of any service that a model describes.
struct SDKIntegration: Sendable {
    let service: String
    let action: String

    func perform(_ task: ServiceTask) throws(TaskFailure) -> JSONValue {
        let model = task.client.model(service)
        do throws(ServiceFailure) {
            guard let model, let operation = model.operation(action) else {
                // The client says which of both is missing.
                let answer = try task.client.call(
                    service: service, operation: action, input: .object(task.parameters), context: context(task))
                return ServiceOutput.capitalized(.object(answer.output))
            }
            let naming = SDKNaming(model: model)
            let input = try naming.apiNames(
                .object(task.parameters), model.shape(operation.description["input"]?["shape"]?.string))
            let answer = try task.client.call(
                service: service, operation: operation.name, input: input, context: context(task))
            let shape = model.shape(operation.description["output"]?["shape"]?.string)
            return naming.sdkNames(.object(answer.output), shape)
        } catch {
            throw TaskFailure(error, model: model, service: service)
        }
    }

    private func context(_ task: ServiceTask) -> CallContext {
        guard service == "sfn" else { return task.context() }
        // StateMachineArn, ExecutionArn, ActivityArn … whatever the action is about.
        let arns = task.parameters.members.compactMap { $0.key.text.hasSuffix("Arn") ? $0.value.string : nil }
        return task.stepFunctionsContext(arn: arns.first { $0.contains(":states:") })
    }
}
