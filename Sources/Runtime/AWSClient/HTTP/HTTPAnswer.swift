/// What a service answered over HTTP.
public struct HTTPAnswer: Sendable, Equatable {
    public var status: Int
    /// Names as they came.
    public var headers: [HTTPRequest.Field]
    public var body: [UInt8]

    public init(status: Int, headers: [HTTPRequest.Field] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The value of the first header of a name, whatever its case.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}
