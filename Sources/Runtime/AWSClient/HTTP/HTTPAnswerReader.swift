/// Reads one answer in HTTP/1.1 out of the bytes as they come.
struct HTTPAnswerReader {
    /// What there is so far.
    enum Progress {
        case more
        case answer(HTTPAnswer, isReusable: Bool)
        case broken
    }

    private let isHead: Bool
    private var bytes: [UInt8] = []
    private var head: HTTPAnswer?
    private var bodyStart = 0
    private static let headBytesMax = 65_536

    var byteCount: Int { bytes.count }

    init(isHead: Bool) { self.isHead = isHead }

    /// - Parameter part: what came; empty at the end of the connection.
    mutating func take(_ part: [UInt8]) -> Progress {
        bytes += part
        return progress(isEnd: part.isEmpty)
    }

    private mutating func progress(isEnd: Bool) -> Progress {
        if head == nil {
            guard let end = endOfHead() else {
                return isEnd || bytes.count > Self.headBytesMax ? .broken : .more
            }
            guard let read = Self.head(bytes[..<end]) else { return .broken }
            bytes.removeFirst(end + 4)
            // `100 Continue` and its like go before the answer.
            if (100..<200).contains(read.status) { return progress(isEnd: isEnd) }
            head = read
        }
        guard var answer = head else { return .broken }
        let keeps = answer.header("connection")?.lowercased() != "close"
        if isHead || answer.status == 204 || answer.status == 304 { return .answer(answer, isReusable: keeps) }
        if answer.header("transfer-encoding")?.lowercased() == "chunked" {
            guard let body = unchunked() else { return isEnd ? .broken : .more }
            answer.body = body
            return .answer(answer, isReusable: keeps)
        }
        guard let length = answer.header("content-length") else {
            answer.body = bytes
            return isEnd ? .answer(answer, isReusable: false) : .more
        }
        guard let count = Int(length), count >= 0 else { return .broken }
        guard bytes.count >= count else { return isEnd ? .broken : .more }
        answer.body = Array(bytes.prefix(count))
        return .answer(answer, isReusable: keeps && bytes.count == count)
    }

    private func endOfHead() -> Int? {
        guard bytes.count >= 4 else { return nil }
        for start in 0...(bytes.count - 4) where bytes[start] == 0x0D {
            if bytes[start + 1] == 0x0A, bytes[start + 2] == 0x0D, bytes[start + 3] == 0x0A { return start }
        }
        return nil
    }

    private static func head(_ bytes: ArraySlice<UInt8>) -> HTTPAnswer? {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else { return nil }
        let headers = lines.dropFirst().compactMap { line -> HTTPRequest.Field? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            return HTTPRequest.Field(String(line[..<colon]), String(value))
        }
        return HTTPAnswer(status: status, headers: headers)
    }

    /// The body, when its last chunk is there.
    private func unchunked() -> [UInt8]? {
        var body: [UInt8] = []
        var index = 0
        while let lineEnd = bytes[index...].firstIndex(of: 0x0A) {
            let digits = bytes[index..<lineEnd].prefix { $0 != 0x0D && $0 != UInt8(ascii: ";") }
            guard let count = Int(String(decoding: digits, as: UTF8.self), radix: 16), count >= 0 else { return nil }
            let start = lineEnd + 1
            if count == 0 { return bytes.count >= start + 2 ? body : nil }
            guard bytes.count >= start + count + 2 else { return nil }
            body += bytes[start..<(start + count)]
            index = start + count + 2
        }
        return nil
    }
}
