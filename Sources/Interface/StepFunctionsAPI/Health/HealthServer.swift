import HTTPTypes
import Hummingbird
import Logging

/// The two addresses of health, for a process that serves nothing else.
public struct HealthServer: Sendable {
    private let address: String
    private let port: Int
    private let unreadiness: @Sendable () -> String?

    /// - Parameter unreadiness: why the process is not ready; nil when it is.
    public init(address: String, port: Int, unreadiness: @escaping @Sendable () -> String?) {
        self.address = address
        self.port = port
        self.unreadiness = unreadiness
    }

    /// Serves until its task is cancelled.
    /// - Throws: when the address can't be listened on.
    public func run() async throws {
        var logger = Logger(label: "steplog.health")
        logger.logLevel = .critical
        let application = Application(
            responder: CallbackResponder { (request: Request, _: BasicRequestContext) in
                switch request.uri.path {
                case HealthAnswer.livePath: Response(HealthAnswer(live: ()))
                case HealthAnswer.readyPath: Response(HealthAnswer(notReadySince: unreadiness()))
                default: Response(status: .notFound)
                }
            },
            configuration: ApplicationConfiguration(address: .hostname(address, port: port), serverName: nil),
            logger: logger)
        try await application.run()
    }
}
