/// An answer in HTTP.
public struct HTTPResponse: Sendable, Equatable {
    public var status: Int
    /// Names in lower case.
    var headers: [NameValue]
    public var body: [UInt8]

    /// The value of the first header of a name, given in lower case.
    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// What the head of an answer says: status line and headers, without the empty line behind them.
    /// - Returns: nil when it is not HTTP.
    init?(head: [UInt8]) {
        let lines = String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline)
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else { return nil }
        self.status = status
        headers = lines.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return NameValue(name: line[..<colon].lowercased(), value: String(value))
        }
        body = []
    }

    /// The bytes of a chunked body.
    /// - Returns: nil when it is broken or cut off.
    static func unchunked(_ bytes: [UInt8]) -> [UInt8]? {
        var body: [UInt8] = []
        var rest = bytes[...]
        while let lineEnd = rest.firstIndex(of: 0x0A) {
            let digits = String(
                decoding: rest[..<lineEnd].prefix { $0 != 0x0D && $0 != UInt8(ascii: ";") }, as: UTF8.self)
            guard let count = Int(digits, radix: 16), count >= 0 else { return nil }
            if count == 0 { return body }
            rest = rest[(lineEnd + 1)...]
            guard rest.count >= count + 2 else { return nil }
            body += rest.prefix(count)
            rest = rest.dropFirst(count + 2)
        }
        return nil
    }
}
