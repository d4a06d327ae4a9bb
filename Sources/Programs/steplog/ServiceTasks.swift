import AWSClient
import Foundation
import TaskWorkers
import Terminal

/// The workers of a program, one behind the other: for services, for ECS, and for this machine.
struct ServiceTasks: Sendable {
    let runner: any TaskRunner
    private let ecs: ECSTaskRunner?

    /// - Parameters:
    ///   - region: of this installation; the environment's and the configuration's of AWS go before it.
    ///   - account: of this installation.
    ///   - ownAPI: the address of Steplog's own API, which answers for Step Functions where nothing else is named; nil: there is none.
    ///   - isOwnAPIOpen: it takes any signature.
    ///   - other: does what belongs to this machine.
    ///   - say: takes a line for the operator.
    init(
        _ configuration: SteplogConfiguration, region: String, account: String, ownAPI: String?, isOwnAPIOpen: Bool,
        else other: any TaskRunner, say: @escaping @Sendable (String) -> Void
    ) {
        let environment = ProcessInfo.processInfo.environment
        let aws = configuration.services
        let place = Self.region(configuration, environment, region)
        ecs =
            configuration.ecs.usesECS
            ? Self.ecs(configuration, Self.client(aws, environment), region: place, account: account, else: other, say)
            : nil
        let rest: any TaskRunner = ecs ?? other
        let callsServices = Self.isConfigured(aws, environment)
        guard callsServices || ownAPI != nil else {
            runner = rest
            return
        }
        let namesStepFunctions = aws?.endpointURLs["SFN"] != nil || environment["AWS_ENDPOINT_URL_SFN"] != nil
        var used = environment
        if isOwnAPIOpen, !callsServices {
            // The own API asks for no key, but a request needs one to be signed.
            used["AWS_ACCESS_KEY_ID"] = "steplog"
            used["AWS_SECRET_ACCESS_KEY"] = "steplog"
            used["AWS_PROFILE"] = nil
        }
        let settings = ServiceTaskSettings(
            region: place, assumesStateMachineRoles: aws?.assumesStateMachineRoles ?? false,
            callsServices: callsServices, ownStepFunctions: namesStepFunctions ? nil : ownAPI,
            localFunctions: Set(configuration.functions.keys))
        runner = ServiceTaskRunner(Self.client(aws, used), settings, else: rest)
    }

    /// Begins to launch and watch tasks in ECS, where the configuration has them there.
    func start() throws { try ecs?.start() }

    /// Ends what `start` began; tasks run on.
    func end() { ecs?.end() }

    /// Asks ECS with the keys and at the addresses that a worker of this configuration uses.
    /// - Throws: `BadInput` for a file that can't be used.
    static func ecsStatuses(configuration path: String) throws(BadInput) -> ECSStatuses {
        let environment = ProcessInfo.processInfo.environment
        let configuration = try SteplogConfiguration(file: path, environment: environment)
        return ECSStatuses(
            AWSCalls(
                client(configuration.services, environment),
                region: region(configuration, environment, configuration.region)))
    }

    private static func region(
        _ configuration: SteplogConfiguration, _ environment: [String: String], _ region: String
    ) -> String {
        configuration.services?.region ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? region
    }

    private static func client(
        _ aws: ServiceConfiguration?, _ environment: [String: String]
    ) -> ServiceClient {
        ServiceClient(
            ClientConfiguration(
                environment: environment, profile: aws?.profile, endpointURL: aws?.endpointURL,
                endpointURLs: aws?.endpointURLs ?? [:], modelsDirectory: aws?.modelsDirectory, usesFIPS: aws?.usesFIPS,
                attemptsMax: aws?.attemptsMax))
    }

    private static func ecs(
        _ configuration: SteplogConfiguration, _ client: ServiceClient, region: String, account: String,
        else other: any TaskRunner, _ say: @escaping @Sendable (String) -> Void
    ) -> ECSTaskRunner {
        var ecs = configuration.ecs
        ecs.region = region
        ecs.accountID = account
        ecs.assumesRoles = ecs.assumesRoles || configuration.services?.assumesStateMachineRoles ?? false
        return ECSTaskRunner(ecs, calls: AWSCalls(client, region: region), else: other, note: say)
    }

    /// Only who says so calls AWS: by a key of the configuration or an endpoint in the environment. Keys lying about are no consent.
    private static func isConfigured(_ aws: ServiceConfiguration?, _ environment: [String: String]) -> Bool {
        aws?.region != nil || aws?.endpointURL != nil || !(aws?.endpointURLs.isEmpty ?? true)
            || environment.contains { $0.key.hasPrefix("AWS_ENDPOINT_URL") && !$0.value.isEmpty }
    }
}
