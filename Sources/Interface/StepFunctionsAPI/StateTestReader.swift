import Engine
import JSON
import StatesLanguage

/// Reads TestState's members and checks their constraints. Source: the API's model.
enum StateTestReader {
    static func read(_ request: inout APIRequest, hasRole: Bool, limits: Limits) throws(APIError) -> StateTestRequest {
        let most = limits.payloadBytesMax
        var test = StateTestRequest(definition: try request.string("definition", 1...1_048_576))
        test.hasRole = hasRole
        test.input = try request.optionalString("input", 0...most) ?? "{}"
        test.revealsSecrets = try request.boolean("revealSecrets")
        test.variables = try request.optionalString("variables", 0...most)
        test.stateName = try request.optionalString("stateName", 1...80)
        test.context = try request.optionalString("context", 0...most)
        if var mock = try request.inner("mock") {
            test.mock = try read(mock: &mock, most: most)
            request.take(mock)
        }
        if var configuration = try request.inner("stateConfiguration") {
            test.configuration = try read(configuration: &configuration, most: most)
            request.take(configuration)
        }
        return test
    }

    private static func read(mock: inout APIRequest, most: Int) throws(APIError) -> StateTestRequest.Mock {
        let result = try mock.optionalString("result", 0...most)
        let modes = MockValidationMode.allCases.map(\.rawValue)
        let mode = try mock.optionalEnumeration("fieldValidationMode", modes).flatMap(MockValidationMode.init(rawValue:))
        var failure: (error: String?, cause: String?)?
        if var output = try mock.inner("errorOutput") {
            failure = (try output.optionalString("error", 0...256), try output.optionalString("cause", 0...32_768))
            mock.take(output)
        }
        return StateTestRequest.Mock(result: result, failure: failure, validation: mode ?? .strict)
    }

    private static func read(
        configuration: inout APIRequest, most: Int
    ) throws(APIError) -> StateTestConfiguration {
        let counts: ClosedRange<Int64> = 0...Int64(Int32.max)
        return StateTestConfiguration(
            retrierRetryCount: try configuration.optionalInteger("retrierRetryCount", counts),
            errorCausedByState: try configuration.optionalString("errorCausedByState", 1...80),
            mapIterationFailureCount: try configuration.optionalInteger("mapIterationFailureCount", counts),
            mapItemReaderData: try configuration.optionalString("mapItemReaderData", 0...most))
    }
}
