import Foundation

/// Moments as services write them.
public enum TimestampText {
    /// - Parameter epochMilliseconds: since 1970 (UTC).
    /// - Returns: `2026-11-22T14:05:09Z`, with milliseconds where there are any.
    public static func iso8601(_ epochMilliseconds: Int64) -> String {
        let date = Date(timeIntervalSince1970: Double(epochMilliseconds) / 1000)
        if epochMilliseconds % 1000 == 0 { return date.formatted(.iso8601) }
        return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// `20261122T140509Z`, as signatures have it.
    static func compact(_ epochMilliseconds: Int64) -> String {
        iso8601(epochMilliseconds - epochMilliseconds % 1000).filter { $0 != "-" && $0 != ":" }
    }

    /// `Sun, 22 Nov 2026 14:05:09 GMT`.
    static func httpDate(_ epochMilliseconds: Int64) -> String {
        formatter().string(from: Date(timeIntervalSince1970: Double(epochMilliseconds) / 1000))
    }

    /// - Parameter text: ISO 8601 with an offset, a date of HTTP, or seconds since 1970.
    /// - Returns: milliseconds since 1970; nil for what is none of these.
    static func epochMilliseconds(_ text: String) -> Int64? {
        if let seconds = Double(text) {
            return seconds.isFinite && abs(seconds) < 1e15 ? Int64((seconds * 1000).rounded()) : nil
        }
        for style in [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)] {
            if let date = try? style.parse(text) { return Int64((date.timeIntervalSince1970 * 1000).rounded()) }
        }
        return formatter().date(from: text).map { Int64($0.timeIntervalSince1970 * 1000) }
    }

    private static func formatter() -> DateFormatter {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter
    }
}
