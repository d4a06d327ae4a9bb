import HTTPTypes
import Hummingbird
import HummingbirdCore
import JSON
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import UnixSignals

/// The scripted ECS over HTTP: `POST /` as AWS's JSON protocol has it, and `GET /_script/counts` for what clients did.
///
/// Signatures are not looked at. One server has one account; a long poll of a queue waits as SQS's does.
public final class ScriptedECSServer: Sendable {
    private let account: Mutex<ScriptedAccount>
    private let speed: Double
    private let address: String
    private let port: Int
    private let began = ContinuousClock.now
    private let beganAt: Int64
    private let boundPort = Atomic<Int>(0)

    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - epochMilliseconds: now; the script's time begins here and runs at the script's speed.
    public init(_ script: ECSScript, address: String = "127.0.0.1", port: Int, epochMilliseconds: Int64) throws {
        account = Mutex(try ScriptedAccount(script))
        speed = script.speed
        self.address = address
        self.port = port
        beganAt = epochMilliseconds
    }

    private var now: Int64 {
        beganAt + Int64(Double((ContinuousClock.now - began) / .microseconds(1)) * speed / 1000)
    }

    private var base: String { "http://\(address):\(boundPort.load(ordering: .acquiring))" }

    /// Serves until the task is cancelled or the process is asked to end.
    /// - Parameter started: is told the port when it is open.
    public func run(started: @escaping @Sendable (Int) -> Void) async throws {
        var logger = Logger(label: "scripted-ecs")
        logger.logLevel = .critical
        let application = Application(
            responder: CallbackResponder { (request: Request, _: BasicRequestContext) in
                await self.respond(to: request)
            },
            configuration: ApplicationConfiguration(address: .hostname(address, port: port), serverName: nil),
            onServerRunning: { channel in
                let number = channel.localAddress?.port ?? 0
                self.boundPort.store(number, ordering: .releasing)
                started(number)
            }, logger: logger)
        var group = ServiceGroupConfiguration(
            services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(1)
        try await ServiceGroup(configuration: group).run()
    }

    /// What clients did so far, as `GET /_script/counts` tells it.
    public func told(isDetailed: Bool = false) -> String {
        account.withLock { JSONWriter.text($0.told(isDetailed: isDetailed)) }
    }

    private static let bodyBytesMax = 1 << 20

    private func respond(to request: Request) async -> Response {
        if request.method == .get {
            let isDetailed = request.uri.query?.contains("detail=true") ?? false
            guard request.uri.path == "/_script/counts" else { return Response(status: .notFound) }
            return response(200, told(isDetailed: isDetailed), .init("application/json"))
        }
        let body: [UInt8]
        do {
            let buffer = try await request.body.collect(upTo: Self.bodyBytesMax)
            body = Array(buffer.readableBytesView)
        } catch {
            return response(413, #"{"__type":"RequestEntityTooLarge"}"#, .init("application/x-amz-json-1.1"))
        }
        let target = HTTPField.Name("X-Amz-Target").flatMap { request.headers[$0] } ?? ""
        if target == "AmazonSQS.ReceiveMessage" { await waitForMessages(body) }
        let base = base
        var answer = account.withLock { $0.answer(target, body, now: now, base: base) }
        if target == "AmazonSQS.ReceiveMessage" { answer.body = ScriptedAccount.addingChecksums(answer.body) }
        let version = target.hasPrefix("AmazonSQS") ? "1.0" : "1.1"
        return response(answer.status, JSONWriter.text(answer.body), .init("application/x-amz-json-\(version)"))
    }

    /// Waits until the queue has a message, at most `WaitTimeSeconds` (20).
    private func waitForMessages(_ body: [UInt8]) async {
        guard let input = (try? JSONParser.parse(body))?.object else { return }
        let seconds = min(20, max(0, input["WaitTimeSeconds"]?.number?.double ?? 0))
        let deadline = ContinuousClock.now + .milliseconds(Int64(seconds * 1000))
        while ContinuousClock.now < deadline, !Task.isCancelled {
            let (hasMessages, next) = account.withLock { account in
                (account.hasMessages(input, now: now), account.nextMoment)
            }
            if hasMessages { return }
            // Another call can bring a message at any time: look again soon.
            let untilNext = next.map { Double(max(0, $0 - now)) / speed } ?? Self.lookMilliseconds
            let pause = min(Self.lookMilliseconds, max(1, untilNext))
            do {
                try await Task.sleep(for: .microseconds(Int64(pause * 1000)))
            } catch {
                return
            }
        }
    }

    private static let lookMilliseconds = 10.0

    private func response(_ status: Int, _ body: String, _ type: String) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = type
        var random = ScriptRandom(seed: UInt64(truncatingIfNeeded: now), purpose: "request", key: body)
        if let name = HTTPField.Name("x-amzn-RequestId") { headers[name] = random.uuid() }
        return Response(
            status: HTTPResponse.Status(code: status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }
}
