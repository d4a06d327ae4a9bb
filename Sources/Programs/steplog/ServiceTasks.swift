import AWSClient
import Foundation
import TaskWorkers
import Terminal

/// Puts the workers that call services before those of this machine.
enum ServiceTasks {
    /// - Parameters:
    ///   - region: of this installation; the environment's and the configuration's of AWS go before it.
    ///   - ownAPI: the address of Steplog's own API, which answers for Step Functions where nothing else is named; nil: there is none.
    ///   - isOwnAPIOpen: it takes any signature.
    static func runner(
        _ configuration: SteplogConfiguration, region: String, ownAPI: String?, isOwnAPIOpen: Bool,
        else other: any TaskRunner
    ) -> any TaskRunner {
        var environment = ProcessInfo.processInfo.environment
        let aws = configuration.services
        let callsServices = isConfigured(aws, environment)
        guard callsServices || ownAPI != nil else { return other }
        var endpointURLs = aws?.endpointURLs ?? [:]
        let namesStepFunctions = endpointURLs["SFN"] != nil || environment["AWS_ENDPOINT_URL_SFN"] != nil
        if let ownAPI, !namesStepFunctions { endpointURLs["SFN"] = ownAPI }
        if isOwnAPIOpen, !callsServices {
            // The own API asks for no key, but a request needs one to be signed.
            environment["AWS_ACCESS_KEY_ID"] = "steplog"
            environment["AWS_SECRET_ACCESS_KEY"] = "steplog"
            environment["AWS_PROFILE"] = nil
        }
        let client = ServiceClient(
            ClientConfiguration(
                environment: environment, profile: aws?.profile, endpointURL: aws?.endpointURL,
                endpointURLs: endpointURLs, modelsDirectory: aws?.modelsDirectory, usesFIPS: aws?.usesFIPS,
                attemptsMax: aws?.attemptsMax))
        let settings = ServiceTaskSettings(
            region: aws?.region ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? region,
            assumesStateMachineRoles: aws?.assumesStateMachineRoles ?? false, callsServices: callsServices,
            hasOwnStepFunctions: ownAPI != nil && !namesStepFunctions,
            localFunctions: Set(configuration.functions.keys))
        return ServiceTaskRunner(client, settings, else: other)
    }

    /// Only who says so calls AWS: by a key of the configuration or an endpoint in the environment. Keys lying about are no consent.
    private static func isConfigured(_ aws: ServiceConfiguration?, _ environment: [String: String]) -> Bool {
        aws?.region != nil || aws?.endpointURL != nil || !(aws?.endpointURLs.isEmpty ?? true)
            || environment.contains { $0.key.hasPrefix("AWS_ENDPOINT_URL") && !$0.value.isEmpty }
    }
}
