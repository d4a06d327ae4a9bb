import Engine
import JSON
import ReadModel

extension Operations {
    /// Newest first: of a machine, or those that were started through a version or an alias.
    @Sendable static func listExecutions(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let text = try request.optionalString("stateMachineArn", 1...256)
        let mapRun = try request.optionalString("mapRunArn", 1...2_000)
        let status = try request.optionalEnumeration(
            "statusFilter", ["SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING"])
        let redrive = try request.optionalEnumeration("redriveFilter", ["REDRIVEN", "NOT_REDRIVEN"])
        let (limit, token) = try request.page(tokenLengthMax: 3_096)
        try request.check()
        guard (text == nil) != (mapRun == nil) else {
            throw APIError.validation("Must specify exactly one of stateMachineArn and mapRunArn")
        }
        if let mapRun {
            try ARN(mapRun).require("mapRun")
            throw APIError.resourceNotFound(mapRun)
        }
        let reference = try MachineReference(text ?? "")
        guard redrive == nil, status != "PENDING_REDRIVE" else {
            throw APIError.validation("redriveFilter and the status PENDING_REDRIVE can only be used with mapRunArn")
        }
        let machine = try await services.machine(reference.machineArn, askedAs: text)
        guard machine.type == "STANDARD" else { throw APIError.typeNotSupported }
        try await services.readModel.catchUp()
        let scope = "ListExecutions \(text ?? "") \(status ?? "")"
        var filter = Projection.ExecutionFilter(machine: machine.arn, status: status)
        filter.after = try PageToken.place(token, scope: scope, now: services.now())
        switch reference.qualifier {
        case .version: filter.version = text
        case .alias: filter.alias = text
        case nil: break
        }
        let found = try services.readModel.executions(filter, limit: limit + 1)
        var answer: JSONObject = ["executions": .array(found.prefix(limit).map(item))]
        if found.count > limit {
            answer["nextToken"] = .string(
                PageToken.make(after: found[limit - 1].place, scope: scope, now: services.now()))
        }
        return answer
    }

    private static func item(_ execution: ExecutionSummary) -> JSONValue {
        var item: JSONObject = [
            "executionArn": .string(execution.arn), "stateMachineArn": .string(execution.stateMachineArn),
            "name": .string(execution.name), "status": .string(execution.status),
            "startDate": timestamp(execution.startedAt),
            "redriveCount": .integer(execution.redriveCount),
        ]
        item["stopDate"] = execution.stoppedAt.map { timestamp($0) }
        item["redriveDate"] = execution.redrivenAt.map { timestamp($0) }
        item["stateMachineVersionArn"] = execution.stateMachineVersionArn.map { .string($0) }
        item["stateMachineAliasArn"] = execution.stateMachineAliasArn.map { .string($0) }
        return .object(item)
    }
}
