import HTTPTypes
import Hummingbird
import HummingbirdCore
import JSON
import Logging
import NIOCore
import ReadModel
import ServiceLifecycle
import UnixSignals

/// The AWS Step Functions API over HTTP/1.1: awsJson1_0 on `POST /`, under any Host (so under `sync-…` too), and two addresses for health.
public struct StepFunctionsServer: Sendable {
    private let services: APIServices
    private let access: AccessControl?
    private let settings: Settings
    private let log: @Sendable (String) -> Void

    /// Where to listen, and how much one client may ask for.
    public struct Settings: Sendable {
        /// A name or an IP address. Without access control it must be a loopback one.
        public var address = "127.0.0.1"
        public var port = 8083
        /// A definition of 1 MiB and its escapes fit.
        public var bodyBytesMax = 8 << 20
        /// Of all header fields together.
        public var headerBytesMax = 64 << 10
        public var headerFieldsMax = 100
        /// A connection on which nothing moves is closed; while an answer is worked on it stays open.
        public var idleTimeout = Duration.seconds(75)
        /// How long requests under way may take once the process is asked to end.
        public var drainTimeout = Duration.seconds(30)
        /// Why the process is not ready; nil when it is.
        public var unreadiness: @Sendable () -> String? = { nil }

        public init() {}
    }

    /// - Parameters:
    ///   - access: who may do what; nil: everybody everything.
    ///   - log: takes a line a request: request id, action, status, milliseconds.
    public init(
        services: APIServices, access: AccessControl?, settings: Settings, log: @escaping @Sendable (String) -> Void
    ) {
        self.services = services
        self.access = access
        self.settings = settings
        self.log = log
    }

    /// Serves until the process is asked to end (SIGINT, SIGTERM); requests under way are answered first, long polls at once.
    /// - Parameters:
    ///   - stop: asks for the end by its first element, or its own end, instead of the signals.
    ///   - started: is told when the port is open.
    public func run(stop: AsyncStream<Void>? = nil, started: @escaping @Sendable () -> Void) async throws {
        var logger = Logger(label: "steplog.http")
        logger.logLevel = .critical
        let connections = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionHandler()],
            idleTimeout: TimeAmount(settings.idleTimeout),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: settings.headerBytesMax, maxHeaderListSize: settings.headerBytesMax,
                maxHeaderFieldCount: settings.headerFieldsMax))
        let application = Application(
            responder: CallbackResponder { (request: Request, context: ConnectionContext) in
                await respond(to: request, context)
            },
            server: .http1(configuration: connections),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.address, port: settings.port), serverName: nil),
            onServerRunning: { _ in started() }, logger: logger)
        var group = ServiceGroupConfiguration(
            services: [application], gracefulShutdownSignals: stop == nil ? [.sigterm, .sigint] : [], logger: logger)
        group.maximumGracefulShutdownDuration = settings.drainTimeout
        let services = ServiceGroup(configuration: group)
        guard let stop else { return try await services.run() }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                for await _ in stop { break }
                await services.triggerGracefulShutdown()
            }
            try await services.run()
            tasks.cancelAll()
        }
    }

    private func respond(to request: Request, _ context: ConnectionContext) async -> Response {
        switch request.uri.path {
        case HealthAnswer.livePath: return Response(HealthAnswer(live: ()))
        case HealthAnswer.readyPath:
            var reason = settings.unreadiness()
            if !services.readModel.isWorking { reason = "the read model has stopped" }
            if Task.isShuttingDownGracefully { reason = "the process ends" }
            return Response(HealthAnswer(notReadySince: reason))
        default: break
        }
        let began = ContinuousClock.now
        let bytesMax = settings.bodyBytesMax
        let answer = await APIDispatcher(services: services, access: access).answer(
            WireRequest(request, sourceAddress: context.remoteAddress?.ipAddress),
            isConnected: { context.channel.isActive }
        ) { () async throws(APIError) -> [UInt8] in
            do {
                let buffer = try await request.body.collect(upTo: bytesMax)
                return Array(buffer.readableBytesView)
            } catch is NIOTooManyBytesError {
                throw APIError(
                    "RequestEntityTooLargeException", "The request's body is longer than \(bytesMax) bytes.",
                    space: .service)
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
    static let requestID = HTTPField.Name("x-amzn-RequestId") ?? .from
}

/// What is known of the connection that a request came on.
struct ConnectionContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    var remoteAddress: SocketAddress? { channel.remoteAddress }

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

extension WireRequest {
    init(_ request: Request, sourceAddress: String?) {
        let target = (request.head.path ?? "/").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(
            method: request.method.rawValue, path: String(target.first ?? "/"),
            query: target.count == 2 ? String(target[1]) : "",
            fields: request.headers.map { Field(name: $0.name.canonicalName, value: $0.value) },
            sourceAddress: sourceAddress)
        if let host = request.head.authority { fields.append(Field(name: "host", value: host)) }
    }
}
