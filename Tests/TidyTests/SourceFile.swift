import Foundation

/// A Swift file of the repository, as the rules see it.
struct SourceFile {
    /// From the root of the repository: `Sources/Core/JSON/JSONValue.swift`.
    var path: String
    var lines: [String]
    var tokens: [SwiftToken]
    /// Where each token stands in `tokens`, by its text: rules ask for words often.
    private var places: [String: [Int]]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        tokens = SwiftTokens.scan(text)
        places = Dictionary(grouping: tokens.indices) { [tokens] in tokens[$0].text }
    }

    private var folders: [Substring] { path.split(separator: "/").dropLast() }

    /// `Core`, `Log`, `Runtime`, `Interface` or `Programs` for files under Sources; else nil.
    var layer: String? { folders.count >= 3 && folders[0] == "Sources" ? String(folders[1]) : nil }

    /// The target that the file belongs to, if it is one under Sources.
    var module: String? { layer == nil ? nil : String(folders[2]) }

    var isTest: Bool { folders.first == "Tests" }

    /// The modules that the file imports, with their lines.
    var imports: [(module: String, line: Int)] {
        var found: [(module: String, line: Int)] = []
        for index in indices(of: "import") where index + 1 < tokens.count {
            var name = tokens[index + 1].text
            let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
            if kinds.contains(name), index + 2 < tokens.count { name = tokens[index + 2].text }
            found.append((name, tokens[index].line))
        }
        return found
    }

    /// Where a sequence of tokens stands: `occurrences(of: ["try", "!"])`. A `!` must follow directly: `try !isThere()` is no `try!`.
    func occurrences(of sequence: [String]) -> [SwiftToken] {
        guard let first = sequence.first, let starts = places[first] else { return [] }
        return starts.compactMap { start in
            guard start + sequence.count <= tokens.count else { return nil }
            let matches = sequence.indices.allSatisfy {
                let token = tokens[start + $0]
                return token.text == sequence[$0] && (token.text != "!" || token.touchesPrevious)
            }
            return matches ? tokens[start] : nil
        }
    }

    /// The indices in `tokens` at which `text` stands.
    func indices(of text: String) -> [Int] { places[text] ?? [] }

    /// Whether a comment with `word` stands on the line or at most `distance` lines above it.
    func hasComment(_ word: String, atOrAbove line: Int, within distance: Int) -> Bool {
        lines[max(0, line - 1 - distance)..<min(line, lines.count)].contains { text in
            guard let slashes = text.range(of: "//") else { return false }
            return text[slashes.upperBound...].contains(word)
        }
    }

    func finding(_ line: Int, _ message: String) -> Finding {
        Finding(path: path, line: line, message: message)
    }
}

/// Something that a rule forbids: where it stands and what to do about it.
struct Finding: Equatable, CustomStringConvertible {
    var path: String
    var line: Int
    var message: String

    var description: String { "\(path):\(line): \(message)" }
}
