/// Texts that have to fit a line.
enum LineText {
    /// The text in one line, cut after `count` characters.
    static func clipped(_ text: String, to count: Int) -> String {
        var line = ""
        var length = 0
        for character in text {
            guard length < count else { return line + "…" }
            let isVisible = character.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && $0.value != 0x7F && !(0x80...0x9F).contains($0.value)
            }
            line.append(isVisible ? character : " ")
            length += 1
        }
        return line
    }
}

/// Spans of time as people read them.
public enum ElapsedText {
    /// `0.412 s`, `12.3 s`, `4 min 05 s`, `2 h 03 min`.
    public static func text(milliseconds: Int64) -> String {
        let value = max(0, milliseconds)
        if value < 60_000 { return seconds(milliseconds: value) }
        let whole = value / 1_000
        if whole < 3_600 { return "\(whole / 60) min \(padded(whole % 60, 2)) s" }
        if whole < 86_400 { return "\(whole / 3_600) h \(padded(whole / 60 % 60, 2)) min" }
        return "\(whole / 86_400) d \(padded(whole / 3_600 % 24, 2)) h"
    }

    /// `12.345 s` below ten seconds, `12.3 s` from there on.
    static func seconds(milliseconds: Int64) -> String {
        let value = max(0, milliseconds)
        return value < 10_000
            ? "\(value / 1_000).\(padded(value % 1_000, 3)) s" : "\(value / 1_000).\(value % 1_000 / 100) s"
    }

    private static func padded(_ value: Int64, _ count: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
}
