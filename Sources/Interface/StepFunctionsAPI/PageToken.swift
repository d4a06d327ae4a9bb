import Digests

/// `nextToken`: where a list goes on, for which request, and when it was given out. It holds for 24 hours. Source: surface § 1.2.
enum PageToken {
    private static let lifetimeMilliseconds: Int64 = 86_400_000

    /// - Parameters: position: of the next item. scope: the operation and what it lists.
    static func make(_ position: Int64, scope: String, now: Int64) -> String {
        Base64.encode(Array("1:\(position):\(now):\(digest(position, scope, now))".utf8))
    }

    /// - Throws: InvalidToken for a token of another request, an expired one, or none of ours.
    static func position(_ token: String?, scope: String, now: Int64) throws(APIError) -> Int64? {
        guard let token else { return nil }
        guard let bytes = Base64.decode(Array(token.utf8)) else { throw .invalidToken }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: ":")
        guard parts.count == 4, parts[0] == "1", let position = Int64(parts[1]), let time = Int64(parts[2]),
            position >= 0,
            String(parts[3]) == digest(position, scope, time), now - time <= lifetimeMilliseconds
        else { throw .invalidToken }
        return position
    }

    /// - Returns: the page of a list, and the token of the next one.
    static func page<Item>(
        of items: [Item], limit: Int, token: String?, scope: String, now: Int64
    ) throws(APIError) -> (items: ArraySlice<Item>, token: String?) {
        let start = min(Int(try position(token, scope: scope, now: now) ?? 0), items.count)
        let end = min(start + limit, items.count)
        return (items[start..<end], end < items.count ? make(Int64(end), scope: scope, now: now) : nil)
    }

    private static func digest(_ position: Int64, _ scope: String, _ time: Int64) -> String {
        String(Digest.hexadecimal(Digest.sha256(Array("\(position)|\(time)|\(scope)".utf8))).prefix(16))
    }
}
