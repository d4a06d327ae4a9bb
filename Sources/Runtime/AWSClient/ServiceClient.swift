import Foundation
public import JSON
import Signatures
import Synchronization

/// Calls operations of AWS's services, or of what speaks like them. Each call blocks; from any thread.
///
/// One client for a process: it keeps connections, credentials and models.
public final class ServiceClient: Sendable {
    private let settings: ClientConfiguration
    private let shared: SharedConfiguration
    private let endpoints: Endpoints
    private let models: ModelLibrary
    private let transport = HTTPTransport()
    private let credentials = CredentialCache()
    private let tokens = Mutex<[String: RetryTokens]>([:])

    public init(_ settings: ClientConfiguration) {
        self.settings = settings
        shared = SharedConfiguration(environment: settings.environment, profile: settings.profile)
        var endpoints = shared.endpoints(usesFIPS: settings.usesFIPS ?? shared.usesFIPS)
        if let all = settings.endpointURL {
            endpoints.ofAll = all
            endpoints.ofService = [:]
        }
        endpoints.ofService.merge(settings.endpointURLs) { $1 }
        self.endpoints = endpoints
        models = ModelLibrary(directory: settings.modelsDirectory, environment: settings.environment)
    }

    /// Where models are read from; nil: only the built-in ones are known.
    public var modelsDirectory: String? { models.directory }

    /// A service's model.
    /// - Parameter service: as Step Functions writes it behind `aws-sdk:`, or botocore's name of the folder.
    public func model(_ service: String) -> ServiceModel? { models.model(service) }

    /// Calls an operation, again where the service is busy or the connection broke, until its attempts are used up.
    /// - Parameters:
    ///   - service: `ecs`, `sqs`, `dynamodb`, …: as `model` has it.
    ///   - operation: the API's name, `RunTask`, or `runTask`.
    ///   - input: members by the API's names (ECS: `cluster`, `taskDefinition`); times as text or seconds, blobs as text.
    public func call(
        service: String, operation: String, input: JSONValue, context: CallContext
    ) throws(ServiceFailure) -> ServiceAnswer {
        guard let model = models.model(service) else {
            let place = models.directory.map { "\($0) has none of that name" } ?? "aws.modelsDirectory is not set"
            throw .request("there is no model of the service \(service): \(place)")
        }
        guard let found = model.operation(operation) else {
            throw .request("the service \(service) has no operation \(operation)")
        }
        var place = endpoints.resolve(
            prefix: model.endpointPrefix, serviceID: model.serviceID, region: context.region)
        if let given = context.endpointURL { place = (given, context.region) }
        let endpoint = ServerAddress(place.endpoint)
        var request = try RequestWriter(
            model: model, name: found.name, operation: found.description, endpoint: place.endpoint
        ).request(input.object ?? [:])
        request.path = (endpoint?.basePath ?? "") + request.path
        let isUnsigned = found.description["authtype"]?.string == "none"
        let answer = try send(request, context) { request throws(ServiceFailure) in
            if isUnsigned { return request }
            return request.signed(try credentials(context), region: place.region, service: model.signingName)
        } failure: { answer in
            answer.status < 300 ? nil : AnswerReader(model: model, operation: found.description).failure(answer)
        }
        return ServiceAnswer(
            output: try AnswerReader(model: model, operation: found.description).output(answer),
            statusCode: answer.status, requestID: AnswerReader.requestID(answer, nil), headers: answer.headers,
            bodyByteCount: answer.body.count)
    }

    /// Sends a request that no model describes, e.g. to an API of API Gateway.
    /// - Parameter signing: the service's name and region in the signature; nil: unsigned.
    /// - Returns: whatever was answered, errors too.
    public func send(
        _ request: HTTPRequest, signing: String?, context: CallContext
    ) throws(ServiceFailure) -> HTTPAnswer {
        try send(request, context) { request throws(ServiceFailure) in
            guard let signing else { return request }
            return request.signed(try credentials(context), region: context.region, service: signing)
        } failure: { _ in
            nil
        }
    }

    // MARK: - Attempts

    private func send(
        _ request: HTTPRequest, _ context: CallContext,
        sign: (HTTPRequest) throws(ServiceFailure) -> HTTPRequest, failure: (HTTPAnswer) -> ServiceFailure?
    ) throws(ServiceFailure) -> HTTPAnswer {
        let attemptsMax = max(1, context.attemptsMax ?? settings.attemptsMax ?? shared.attemptsMax)
        var attempt = 0
        var taken: Int?
        while true {
            attempt += 1
            var failed: ServiceFailure
            let signed = try sign(request)
            do throws(HTTPTransport.Failure) {
                let answer = try transport.send(signed, timeoutSeconds: context.timeoutSeconds)
                guard let found = failure(answer) else {
                    tokens.withLock { $0[request.endpoint, default: RetryTokens()].give(taken) }
                    return answer
                }
                failed = found
            } catch {
                failed = .unanswered(error.message)
            }
            failed.attemptCount = attempt
            guard failed.isRetryable, attempt < attemptsMax,
                let cost = tokens.withLock({ $0[request.endpoint, default: RetryTokens()].take() })
            else { throw failed }
            taken = cost
            let wait = Retry.delayMilliseconds(attempt: attempt, share: Double.random(in: 0...1))
            Thread.sleep(forTimeInterval: Double(wait) / 1000)
        }
    }

    // MARK: - Credentials

    private func credentials(_ context: CallContext) throws(ServiceFailure) -> Credentials {
        let service = SecurityTokenService(transport: transport, endpoints: endpoints)
        let own = try credentials.credentials("") { () throws(ServiceFailure) in
            try CredentialChain(
                shared: shared, transport: transport, tokens: service,
                region: shared.region ?? context.region
            ).credentials()
        }
        guard let role = context.roleArn else { return own }
        return try credentials.credentials("\(role) \(context.roleSessionName)") { () throws(ServiceFailure) in
            try service.assumeRole(role, sessionName: context.roleSessionName, region: context.region, own)
        }
    }
}
