/// A request to a service, before it is signed.
public struct HTTPRequest: Sendable, Equatable {
    /// One header or parameter.
    public struct Field: Sendable, Equatable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public var method: String
    /// `http` or `https`, host and port: `https://ecs.eu-west-1.amazonaws.com`.
    public var endpoint: String
    /// From the first `/`, percent-encoded, without the query.
    public var path: String
    /// Of the query, decoded, in their order.
    public var parameters: [Field]
    /// Besides Host, Content-Length and Connection.
    public var headers: [Field]
    public var body: [UInt8]

    public init(
        method: String = "POST", endpoint: String, path: String = "/", parameters: [Field] = [],
        headers: [Field] = [], body: [UInt8] = []
    ) {
        self.method = method
        self.endpoint = endpoint
        self.path = path
        self.parameters = parameters
        self.headers = headers
        self.body = body
    }
}
