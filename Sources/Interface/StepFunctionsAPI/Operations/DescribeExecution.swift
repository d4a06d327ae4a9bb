import Engine
import JSON
import ReadModel

extension Operations {
    @Sendable static func describeExecution(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let arn = try request.string("executionArn", 1...256)
        let included = try request.optionalEnumeration("includedData", ["ALL_DATA", "METADATA_ONLY"])
        try request.check()
        let isIncluded = included != "METADATA_ONLY"
        let execution = try await services.execution(arn, includesData: isIncluded)
        var answer: JSONObject = [
            "executionArn": .string(arn), "stateMachineArn": .string(execution.stateMachineArn),
            "name": .string(execution.name),
            "status": .string(execution.status), "startDate": timestamp(execution.startedAt),
            "inputDetails": ["included": .bool(isIncluded)], "redriveCount": .integer(execution.redriveCount),
        ]
        answer["stopDate"] = execution.stoppedAt.map { timestamp($0) }
        if isIncluded { answer["input"] = .string(execution.input) }
        if let output = execution.output {
            answer["outputDetails"] = ["included": .bool(isIncluded)]
            if isIncluded { answer["output"] = .string(output) }
        }
        answer["traceHeader"] = execution.traceHeader.map { .string($0) }
        answer["error"] = execution.error.map { .string($0) }
        answer["cause"] = execution.cause.map { .string($0) }
        answer["stateMachineVersionArn"] = execution.stateMachineVersionArn.map { .string($0) }
        answer["stateMachineAliasArn"] = execution.stateMachineAliasArn.map { .string($0) }
        answer["redriveDate"] = execution.redrivenAt.map { timestamp($0) }
        let refusal = try await services.redriveRefusal(of: execution)
        answer["redriveStatus"] = refusal == nil ? "REDRIVABLE" : "NOT_REDRIVABLE"
        answer["redriveStatusReason"] = refusal.map { .string($0.rawValue) }
        return answer
    }
}
