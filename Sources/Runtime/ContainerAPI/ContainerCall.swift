import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A request that is under way, on a connection of its own. From any thread but an event loop's.
public final class ContainerCall: Sendable {
    /// What the engine answered.
    struct Answer: Sendable, Equatable {
        var status: Int
        /// Empty where it went to somebody else as it came.
        var body: [UInt8]
    }

    /// A request before it is sent.
    struct Request: Sendable {
        var method: HTTPMethod
        /// With the query, percent-encoded.
        var target: String
        /// JSON; empty for none.
        var body: [UInt8] = []
        /// How long the answer may take; nil: for ever.
        var timeout: TimeAmount?
    }

    private struct State {
        var channel: (any Channel)?
        var isCancelled = false
    }

    private let state = Mutex(State())
    private let answer: EventLoopFuture<Answer>

    /// - Parameter onBody: gets the body of a successful answer as it comes, on an event loop; nil: the answer holds it.
    init(_ request: Request, to socket: String, on group: any EventLoopGroup, onBody: (@Sendable ([UInt8]) -> Void)?) {
        let loop = group.next()
        let promise = loop.makePromise(of: Answer.self)
        answer = promise.futureResult
        let bootstrap = ClientBootstrap(group: loop).connectTimeout(.seconds(10)).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHTTPClientHandlers()
                try channel.pipeline.syncOperations.addHandler(AnswerCollector(promise, onBody: onBody))
            }
        }
        bootstrap.connect(unixDomainSocketPath: socket).whenComplete { [self] result in
            switch result {
            case .success(let channel): send(request, channel)
            case .failure(let error): promise.fail(ContainerSocket.failure(socket, error))
            }
        }
        if let timeout = request.timeout {
            let expiry = loop.scheduleTask(in: timeout) { [self] in
                promise.fail(
                    ContainerFailure(.brokenOff, "\(socket): no answer within \(timeout.nanoseconds / 1_000_000_000) s")
                )
                cancel()
            }
            promise.futureResult.whenComplete { _ in expiry.cancel() }
        }
    }

    /// Ends the call, whose `wait` fails if there is no answer yet.
    public func cancel() {
        let channel = state.withLock { state in
            state.isCancelled = true
            return state.channel
        }
        channel?.close(promise: nil)
    }

    /// Waits for the end of an answer whose body goes elsewhere.
    /// - Parameter seconds: then the call is given up; nil: never.
    public func finish(within seconds: Int64? = nil) throws(ContainerFailure) {
        if let seconds {
            let expiry = answer.eventLoop.scheduleTask(in: .seconds(seconds)) { [self] in cancel() }
            answer.whenComplete { _ in expiry.cancel() }
        }
        let answer = try wait()
        guard answer.status == 200 else { throw ContainerClient.refusal(answer) }
    }

    /// The answer, when it is whole.
    func wait() throws(ContainerFailure) -> Answer {
        do {
            return try answer.wait()
        } catch {
            throw error as? ContainerFailure ?? ContainerFailure(.brokenOff, "\(error)")
        }
    }

    private func send(_ request: Request, _ channel: any Channel) {
        let isCancelled = state.withLock { state in
            state.channel = channel
            return state.isCancelled
        }
        guard !isCancelled else { return channel.close(promise: nil) }
        var headers: HTTPHeaders = ["Host": "localhost", "Accept": "*/*", "Connection": "close"]
        headers.add(name: "Content-Length", value: String(request.body.count))
        if !request.body.isEmpty { headers.add(name: "Content-Type", value: "application/json") }
        let head = HTTPRequestHead(version: .http1_1, method: request.method, uri: request.target, headers: headers)
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        if !request.body.isEmpty {
            channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: request.body))), promise: nil)
        }
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    }
}

/// Gathers one answer.
private final class AnswerCollector: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private static let bodyBytesMax = 64 << 20

    private let promise: EventLoopPromise<ContainerCall.Answer>
    private let onBody: (@Sendable ([UInt8]) -> Void)?
    private var answer = ContainerCall.Answer(status: 0, body: [])

    init(_ promise: EventLoopPromise<ContainerCall.Answer>, onBody: (@Sendable ([UInt8]) -> Void)?) {
        self.promise = promise
        self.onBody = onBody
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): answer.status = Int(head.status.code)
        case .body(let part):
            if let onBody, answer.status == 200 {
                onBody(Array(part.readableBytesView))
            } else if answer.body.count + part.readableBytes <= Self.bodyBytesMax {
                answer.body += Array(part.readableBytesView)
            } else {
                promise.fail(
                    ContainerFailure(.brokenOff, "the engine's answer is longer than \(Self.bodyBytesMax) bytes"))
                context.close(promise: nil)
            }
        case .end:
            promise.succeed(answer)
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(ContainerFailure(.brokenOff, "the connection to the engine broke off: \(error)"))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        promise.fail(ContainerFailure(.brokenOff, "the engine closed the connection before its answer ended"))
    }
}
