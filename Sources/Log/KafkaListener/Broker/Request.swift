import NIOCore

/// One request as it came in, with its place in the order of its connection.
struct Request {
    let api: API
    let version: Int16
    let correlationID: Int32
    let clientID: String
    let connection: ConnectionID
    /// Which of the connection's answers this request's is.
    let slot: Int
    /// The broker of the pretended cluster to which the client is connected.
    let node: Int
    /// The fields behind the header.
    var body: WireReader
    /// What a script of faults wants to be answered instead of what would be.
    var injectedError: ErrorCode?
    /// How late the answer is to be, in milliseconds, if a fault says so.
    var answerDelay: Int64?
    /// The answer is never sent: a fault ends the connection before.
    var isAnswerLost = false

    var isFlexible: Bool { api.isFlexible(version) }

    /// The same without its fields: for requests that wait, so that the bytes that came in can go.
    var withoutBody: Request {
        var copy = self
        copy.body = WireReader(ByteBuffer(), isFlexible: isFlexible)
        return copy
    }
}

/// The number of a connection; none is used twice.
struct ConnectionID: Hashable, Sendable, CustomStringConvertible {
    let number: Int

    init(_ number: Int) {
        self.number = number
    }

    var description: String { "\(number)" }
}

/// What the broker wants done with a connection.
enum Outgoing {
    case send(ConnectionID, ByteBuffer)
    /// Nothing more is to be said; the reason goes to the log.
    case close(ConnectionID, reason: String)
}
