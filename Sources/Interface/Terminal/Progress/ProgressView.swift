import Glibc

/// Writes progress to standard error: on a terminal with a live part below the lines, that is drawn again and again; else lines only.
public struct ProgressView: ~Copyable {
    private let descriptor: Int32
    private let isTerminal: Bool
    private var drawnLineCount = 0
    /// More is not drawn live.
    private static let liveLinesMax = 12

    /// - Parameter isTerminal: whether the live part is wanted; nil: as the descriptor is.
    public init(descriptor: Int32 = 2, isTerminal: Bool? = nil) {
        self.descriptor = descriptor
        self.isTerminal = isTerminal ?? (isatty(descriptor) == 1)
    }

    public var isLive: Bool { isTerminal }

    /// Lines that stay, then the live ones.
    public mutating func show(_ lines: [String], active: [String]) {
        guard !lines.isEmpty || isTerminal else { return }
        var text = erasure()
        for line in lines { text += line + "\n" }
        if isTerminal {
            let width = Self.width(descriptor)
            for line in active.prefix(Self.liveLinesMax) {
                text += "\u{1B}[2m  • \(LineText.clipped(line, to: max(20, width - 6)))\u{1B}[0m\n"
                drawnLineCount += 1
            }
            if active.count > Self.liveLinesMax {
                text += "\u{1B}[2m    and \(active.count - Self.liveLinesMax) more\u{1B}[0m\n"
                drawnLineCount += 1
            }
        }
        if !text.isEmpty { Self.write(text, to: descriptor) }
    }

    /// Takes the live part away.
    public mutating func finish() {
        let text = erasure()
        if !text.isEmpty { Self.write(text, to: descriptor) }
    }

    private mutating func erasure() -> String {
        guard drawnLineCount > 0 else { return "" }
        defer { drawnLineCount = 0 }
        return "\u{1B}[\(drawnLineCount)A\u{1B}[J"
    }

    private static func width(_ descriptor: Int32) -> Int {
        var size = winsize()
        // SAFETY: the call fills one structure that outlives it.
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes the whole text; a reader that has gone away is nobody's loss.
    public static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    /// Writes all bytes.
    public static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var done = 0
        while done < bytes.count {
            // SAFETY: write reads at most the bytes that are left of an array that outlives the call.
            let count = unsafe bytes.withUnsafeBytes { pointer in
                unsafe Glibc.write(descriptor, pointer.baseAddress?.advanced(by: done), pointer.count - done)
            }
            if count < 0, errno != EINTR { return }
            if count > 0 { done += count }
        }
    }
}
