import Digests
import Foundation

/// An unsecured token that a client shows: nothing proves who wrote it. For tests of clients.
/// Source: RFC 7628 § 3.1, RFC 7515 appendix A.5, Kafka's documentation, "Unsecured Token Validation".
struct BearerToken {
    /// What of the claims matters here.
    private struct Claims: Decodable {
        var sub: String
        /// Seconds since 1970.
        var exp: Double
    }

    /// The user as whom the client connects.
    let subject: String
    /// Milliseconds since 1970.
    let end: Int64

    /// - Parameter message: the client's first: a header, then fields between bytes of value 1.
    /// - Returns: nil for what holds no such token.
    init?(_ message: [UInt8]) {
        let fields = message.split(separator: 1).map { String(decoding: $0, as: UTF8.self) }
        guard let field = fields.first(where: { $0.lowercased().hasPrefix("auth=bearer ") }) else { return nil }
        let parts = field.dropFirst("auth=bearer ".count).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].isEmpty,
            let text = Base64.decode(parts[1].utf8.map { Self.standard($0) }),
            let claims = try? JSONDecoder().decode(Claims.self, from: Data(text)),
            let end = Int64(exactly: (claims.exp * 1_000).rounded())
        else { return nil }
        subject = claims.sub
        self.end = end
    }

    /// A digit of Base64 as RFC 4648 § 5 writes it, for URLs, as § 4 does.
    private static func standard(_ digit: UInt8) -> UInt8 {
        switch digit {
        case UInt8(ascii: "-"): UInt8(ascii: "+")
        case UInt8(ascii: "_"): UInt8(ascii: "/")
        default: digit
        }
    }
}
