/// Where a service listens, taken out of an endpoint.
struct ServerAddress: Sendable, Hashable {
    var isSecure: Bool
    var host: String
    var port: UInt16
    /// What stands behind host and port, without a last `/`.
    var basePath: String

    /// As the Host header has it: without the scheme's own port.
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// - Returns: nil for what is no `http` or `https` address.
    init?(_ url: String) {
        if url.hasPrefix("https://") {
            isSecure = true
        } else if url.hasPrefix("http://") {
            isSecure = false
        } else {
            return nil
        }
        guard !url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { return nil }
        let rest = url.dropFirst(isSecure ? 8 : 7)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        var path = rest.dropFirst(authority.count).prefix { $0 != "?" && $0 != "#" }
        while path.hasSuffix("/") { path = path.dropLast() }
        basePath = String(path)
        var name = authority
        var digits: Substring = ""
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            name = authority[authority.index(after: authority.startIndex)..<end]
            digits = authority[authority.index(after: end)...].drop { $0 == ":" }
        } else if let colon = authority.lastIndex(of: ":") {
            name = authority[..<colon]
            digits = authority[authority.index(after: colon)...]
        }
        guard !name.isEmpty, let port = digits.isEmpty ? (isSecure ? 443 : 80) : UInt16(digits) else { return nil }
        host = String(name)
        self.port = port
    }
}
