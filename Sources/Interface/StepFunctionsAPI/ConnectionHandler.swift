import HTTPTypes
import JSON
import NIOCore
import NIOHTTPTypes

/// Looks after one connection: the other end is probed while an answer takes long, and what is no HTTP gets an answer with a body.
final class ConnectionHandler: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    func handlerAdded(context: ChannelHandlerContext) {
        // A synchronous execution can be silent for five minutes. Source: surface § 1.4.
        _ = context.channel.setOption(ChannelOptions.socketOption(.so_keepalive), value: 1)
    }

    /// The server answers a request that it can't parse with 400, without a body; ours always have one.
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data), head.status == .badRequest,
            head.headerFields[.contentLength] == "0"
        else { return context.write(data, promise: promise) }
        let error = APIError("SerializationException", "The request is not valid HTTP/1.1.", space: .service)
        let body = ByteBuffer(bytes: JSONWriter.bytes(error.body))
        head.headerFields[.contentLength] = String(body.readableBytes)
        head.headerFields[.contentType] = "application/x-amz-json-1.0"
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: promise)
    }
}
