import NIOCore

/// Cuts the bytes of one connection into requests.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let driver: BrokerDriver
    private let node: Int
    private let requestBytesMax: Int
    private var connection: ConnectionID?
    /// What has come of requests that are not complete.
    private var pending: ByteBuffer?

    init(_ driver: BrokerDriver, node: Int, requestBytesMax: Int) {
        self.driver = driver
        self.node = node
        self.requestBytesMax = requestBytesMax
    }

    func channelActive(context: ChannelHandlerContext) {
        connection = driver.connect(context.channel, node: node)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let connection { driver.disconnect(connection) }
        connection = nil
        pending = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var incoming = unwrapInboundIn(data)
        guard var buffer = pending else { return take(&incoming, context) }
        pending = nil
        buffer.writeBuffer(&incoming)
        take(&buffer, context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        // A client that does not read its answers is not listened to until it does.
        _ = context.channel.setOption(.autoRead, value: context.channel.isWritable)
        goOn(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// Takes requests that were left for later.
    private func goOn(_ context: ChannelHandlerContext) {
        guard var buffer = pending, context.channel.isWritable else { return }
        pending = nil
        take(&buffer, context)
    }

    private func take(_ buffer: inout ByteBuffer, _ context: ChannelHandlerContext) {
        guard let connection else { return }
        while let length = buffer.getInteger(at: buffer.readerIndex, as: Int32.self) {
            guard length >= 0, Int(length) <= requestBytesMax else {
                driver.refuse(connection, reason: "a request of \(length) bytes; at most \(requestBytesMax) are read")
                return
            }
            guard buffer.readableBytes >= 4 + Int(length) else { break }
            buffer.moveReaderIndex(forwardBy: 4)
            guard let frame = buffer.readSlice(length: Int(length)) else { break }
            guard driver.receive(frame, from: connection) else {
                let later = NIOLoopBound((self, context), eventLoop: context.eventLoop)
                context.eventLoop.execute { later.value.0.goOn(later.value.1) }
                break
            }
        }
        guard buffer.readableBytes > 0 else { return }
        buffer.discardReadBytes()
        pending = buffer
    }
}
