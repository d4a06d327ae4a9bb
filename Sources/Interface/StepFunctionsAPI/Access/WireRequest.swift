import Signatures

/// A request as it came over HTTP, without its body.
struct WireRequest: Sendable {
    /// One header line.
    struct Field: Sendable, Equatable {
        /// In lower case.
        var name: String
        var value: String
    }

    var method = "POST"
    /// As it was sent, percent-encoded.
    var path = "/"
    /// Behind the `?`, as it was sent; "" without one.
    var query = ""
    /// With `host`, in the order they came.
    var fields: [Field] = []
    /// The client's IP address; nil when the connection has none.
    var sourceAddress: String?

    /// The first field of a name, which is given in lower case.
    func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The parameters of the query, decoded, in their order.
    var parameters: [(name: String, value: String)] {
        query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (PercentCoding.decode(parts[0]), parts.count == 2 ? PercentCoding.decode(parts[1]) : "")
        }
    }
}
