import HTTPTypes
import Hummingbird
import JSON
import Logging
import NIOCore
import ReadModel

/// The AWS Step Functions API over HTTP/1.1: awsJson1_0 on `POST /`, under any Host, and two addresses for health.
public struct StepFunctionsServer: Sendable {
    private let services: APIServices
    private let address: String
    private let port: Int
    private let log: @Sendable (String) -> Void

    /// A definition of 1 MiB and its escapes fit.
    private static let bodyBytesMax = 8 << 20

    /// - Parameter log: takes a line a request: request id, action, status, milliseconds.
    public init(
        services: APIServices, address: String = "127.0.0.1", port: Int, log: @escaping @Sendable (String) -> Void
    ) {
        self.services = services
        self.address = address
        self.port = port
        self.log = log
    }

    /// Serves until the process is asked to end (SIGINT, SIGTERM); requests under way are answered first.
    /// - Parameter started: is told when the port is open.
    public func run(started: @escaping @Sendable () -> Void) async throws {
        var logger = Logger(label: "steplog.http")
        logger.logLevel = .error
        let application = Application(
            responder: CallbackResponder { (request: Request, _: BasicRequestContext) in await respond(to: request) },
            configuration: ApplicationConfiguration(address: .hostname(address, port: port), serverName: nil),
            onServerRunning: { _ in started() }, logger: logger)
        try await application.runService()
    }

    private func respond(to request: Request) async -> Response {
        switch request.uri.path {
        case "/health/live": return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: "live\n")))
        case "/health/ready":
            let isReady = services.readModel.isWorking
            return Response(
                status: isReady ? .ok : .serviceUnavailable,
                body: ResponseBody(byteBuffer: ByteBuffer(string: isReady ? "ready\n" : "not ready\n")))
        default: break
        }
        let began = ContinuousClock.now
        let answer = await APIDispatcher(services: services).answer(
            method: request.method.rawValue, target: request.headers[HeaderName.target],
            authorization: request.headers[.authorization]
        ) { () async throws(APIError) -> [UInt8] in
            do {
                let buffer = try await request.body.collect(upTo: Self.bodyBytesMax)
                return Array(buffer.readableBytesView)
            } catch {
                throw APIError("SerializationException", "The request's body can't be read.", space: .service)
            }
        }
        let milliseconds = (ContinuousClock.now - began) / .milliseconds(1)
        log("\(answer.requestID) \(answer.action) \(answer.status) \(Int(milliseconds)) ms")
        var headers = HTTPFields()
        headers[.contentType] = "application/x-amz-json-1.0"
        headers[HeaderName.requestID] = answer.requestID
        return Response(
            status: HTTPResponse.Status(code: answer.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}

/// Names of AWS's headers.
private enum HeaderName {
    static let target = HTTPField.Name("X-Amz-Target") ?? .from
    static let requestID = HTTPField.Name("x-amzn-RequestId") ?? .from
}
