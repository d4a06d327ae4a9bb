/// What is wrong with a mock configuration, and where.
public struct MockConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The member, e.g. `MockedResponses.Shipped.0`; empty for the whole file.
    public var path: String
    public var message: String

    public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
