import Digests
import ReadModel

/// `nextToken`: where a list goes on, for which request, and when it was given out. It holds for 24 hours. Source: surface § 1.2.
enum PageToken {
    private static let lifetimeMilliseconds: Int64 = 86_400_000

    /// - Parameters: position: of the next item. scope: the operation and what it lists.
    static func make(_ position: Int64, scope: String, now: Int64) -> String { make([position], scope, now) }

    /// - Parameter after: of the last item that was listed.
    static func make(after place: ExecutionPlace, scope: String, now: Int64) -> String {
        make([place.startedAt, place.key], scope, now)
    }

    /// - Throws: InvalidToken for a token of another request, an expired one, or none of ours.
    static func position(_ token: String?, scope: String, now: Int64) throws(APIError) -> Int64? {
        guard let token else { return nil }
        guard let numbers = numbers(token, scope, now), numbers.count == 1 else { throw .invalidToken }
        return numbers[0]
    }

    /// The same for a list of executions.
    static func place(_ token: String?, scope: String, now: Int64) throws(APIError) -> ExecutionPlace? {
        guard let token else { return nil }
        guard let numbers = numbers(token, scope, now), numbers.count == 2 else { throw .invalidToken }
        return ExecutionPlace(startedAt: numbers[0], key: numbers[1])
    }

    /// - Returns: the page of a list, and the token of the next one.
    static func page<Item>(
        of items: [Item], limit: Int, token: String?, scope: String, now: Int64
    ) throws(APIError) -> (items: ArraySlice<Item>, token: String?) {
        let start = min(Int(try position(token, scope: scope, now: now) ?? 0), items.count)
        let end = min(start + limit, items.count)
        return (items[start..<end], end < items.count ? make(Int64(end), scope: scope, now: now) : nil)
    }

    /// `1:NUMBER[,NUMBER]:TIME:DIGEST` in Base64.
    private static func make(_ numbers: [Int64], _ scope: String, _ now: Int64) -> String {
        let text = numbers.map(String.init).joined(separator: ",")
        return Base64.encode(Array("1:\(text):\(now):\(digest(text, scope, now))".utf8))
    }

    private static func numbers(_ token: String, _ scope: String, _ now: Int64) -> [Int64]? {
        guard let bytes = Base64.decode(Array(token.utf8)) else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: ":")
        guard parts.count == 4, parts[0] == "1", let time = Int64(parts[2]),
            String(parts[3]) == digest(String(parts[1]), scope, time), now - time <= lifetimeMilliseconds
        else { return nil }
        let numbers = parts[1].split(separator: ",").map { Int64($0) }
        return numbers.contains { $0.map { $0 < 0 } ?? true } ? nil : numbers.compactMap { $0 }
    }

    private static func digest(_ numbers: String, _ scope: String, _ time: Int64) -> String {
        String(Digest.hexadecimal(Digest.sha256(Array("\(numbers)|\(time)|\(scope)".utf8))).prefix(16))
    }
}
