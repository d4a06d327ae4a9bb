import Engine
import JSON
import StatesLanguage

/// Reads TestState's members, whose types and constraints have been checked by `OperationShapes`.
struct StateTestReader {
    private let members: JSONObject

    init(_ request: APIRequest) { members = request.members }

    var roleArn: String? { text("roleArn") }
    var inspectionLevel: String { text("inspectionLevel") ?? "INFO" }

    var test: StateTestRequest {
        var test = StateTestRequest(definition: text("definition") ?? "")
        test.hasRole = roleArn != nil
        test.input = text("input") ?? "{}"
        test.revealsSecrets = members["revealSecrets"]?.bool ?? false
        test.variables = text("variables")
        test.stateName = text("stateName")
        test.context = text("context")
        test.mock = members["mock"]?.object.map(Self.mock)
        test.configuration = configuration
        return test
    }

    private func text(_ name: String) -> String? { members[JSONString(name)]?.string }

    private static func mock(_ mock: JSONObject) -> StateTestRequest.Mock {
        StateTestRequest.Mock(
            result: mock["result"]?.string,
            failure: mock["errorOutput"]?.object.map { ($0["error"]?.string, $0["cause"]?.string) },
            validation: mock["fieldValidationMode"]?.string.flatMap(MockValidationMode.init(rawValue:)) ?? .strict)
    }

    private var configuration: StateTestConfiguration {
        let given = members["stateConfiguration"]
        return StateTestConfiguration(
            retrierRetryCount: given?["retrierRetryCount"]?.number?.int64,
            errorCausedByState: given?["errorCausedByState"]?.string,
            mapIterationFailureCount: given?["mapIterationFailureCount"]?.number?.int64,
            mapItemReaderData: given?["mapItemReaderData"]?.string)
    }
}
