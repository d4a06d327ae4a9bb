import Engine
import JSON
import ReadModel

extension Operations {
    /// In the order of their names.
    @Sendable static func listStateMachines(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let (limit, token) = try request.page()
        try request.check()
        try await services.readModel.catchUp()
        let machines = services.readModel.registry.machines.values.sorted { ($0.name, $0.arn) < ($1.name, $1.arn) }
        let page = try PageToken.page(
            of: machines, limit: limit, token: token, scope: "ListStateMachines", now: services.now())
        var answer: JSONObject = [
            "stateMachines": .array(
                page.items.map { machine in
                    [
                        "stateMachineArn": .string(machine.arn), "name": .string(machine.name),
                        "type": .string(machine.type),
                        "creationDate": timestamp(machine.createdAt),
                    ]
                })
        ]
        answer["nextToken"] = page.token.map { .string($0) }
        return answer
    }
}
