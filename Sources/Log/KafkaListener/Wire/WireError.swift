/// Bytes that are no request. The connection that sent them is closed with this message in the log.
struct WireError: Error, CustomStringConvertible {
    /// One sentence: what was found and what was expected.
    var description: String

    init(_ description: String) {
        self.description = description
    }
}
