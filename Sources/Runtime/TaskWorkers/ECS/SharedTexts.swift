/// Texts that many values have in common, kept once.
struct SharedTexts: Sendable {
    private var texts: Set<String> = []
    private static let countMax = 10_000

    /// The same text, in the storage that others of it share.
    subscript(text: String) -> String {
        mutating get {
            if let index = texts.firstIndex(of: text) { return texts[index] }
            if texts.count >= Self.countMax { texts.removeAll() }
            texts.insert(text)
            return text
        }
    }
}
