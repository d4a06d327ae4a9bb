/// An `http` address, taken apart.
public struct HTTPAddress: Equatable {
    public var host: String
    public var port: UInt16
    /// From the first `/`, with the query; `/` where there is none.
    public var path: String

    /// Host and port as the Host header has them.
    public var authority: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// - Throws: for another scheme than `http`, and for what is no address.
    public init(_ url: String) throws(HTTPConnection.Failure) {
        let refusal = HTTPConnection.Failure(message: "\"\(url)\" is not an address of the form http://HOST:PORT/PATH")
        guard url.hasPrefix("http://"), !url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { throw refusal }
        let rest = url.dropFirst("http://".count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let tail = rest.dropFirst(authority.count)
        path = tail.hasPrefix("/") ? String(tail) : "/\(tail)"
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            host = String(authority[authority.index(after: authority.startIndex)..<end])
            let portText = authority[authority.index(after: end)...]
            guard portText.isEmpty || portText.hasPrefix(":"),
                let port = portText.isEmpty ? 80 : UInt16(portText.dropFirst())
            else { throw refusal }
            self.port = port
        } else {
            let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count <= 2, let port = parts.count == 2 ? UInt16(parts[1]) : 80 else { throw refusal }
            host = String(parts[0])
            self.port = port
        }
        guard !host.isEmpty else { throw refusal }
    }
}
