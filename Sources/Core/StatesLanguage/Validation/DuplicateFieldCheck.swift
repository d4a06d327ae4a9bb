import JSON

/// Finds fields that stand twice in one object of a JSON text: the parser keeps the last one, so the value does not
/// tell.
struct DuplicateFieldCheck: ~Copyable, ~Escapable {
    private let text: Span<UInt8>
    private var position = 0
    private var found: [DefinitionPath] = []

    @_lifetime(copy text)
    private init(_ text: Span<UInt8>) {
        self.text = text
    }

    /// - Parameter text: valid JSON in UTF-8 whose depth the parser has bounded.
    /// - Returns: the paths of repeated fields, in the order of their second appearance, at most `limit`.
    static func paths(in text: Span<UInt8>, limit: Int) -> [DefinitionPath] {
        var check = DuplicateFieldCheck(text)
        check.walk(at: .root, limit: limit)
        return check.found
    }

    private mutating func walk(at path: DefinitionPath, limit: Int) {
        skipTo { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        guard position < text.count, found.count < limit else { return }
        switch text[position] {
        case UInt8(ascii: "{"): walkObject(at: path, limit: limit)
        case UInt8(ascii: "["): walkArray(at: path, limit: limit)
        case UInt8(ascii: "\""): skipString()
        default: skipTo { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "]") }
        }
    }

    private mutating func walkObject(at path: DefinitionPath, limit: Int) {
        var keys: Set<String> = []
        while position < text.count, text[position] != UInt8(ascii: "}"), found.count < limit {
            skipTo { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "}") }
            guard position < text.count, text[position] == UInt8(ascii: "\"") else { break }
            let start = position
            skipString()
            let key = name(from: start, to: position)
            if !keys.insert(key).inserted { found.append(path.appending(key)) }
            skipTo { $0 == UInt8(ascii: ":") }
            position += 1
            walk(at: path.appending(key), limit: limit)
            skipTo { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") }
        }
        position += 1
    }

    private mutating func walkArray(at path: DefinitionPath, limit: Int) {
        var index = 0
        position += 1
        skipTo { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        while position < text.count, text[position] != UInt8(ascii: "]"), found.count < limit {
            walk(at: path.appending(index), limit: limit)
            skipTo { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "]") }
            if position < text.count, text[position] == UInt8(ascii: ",") { position += 1 }
            index += 1
        }
        position += 1
    }

    private func name(from start: Int, to end: Int) -> String {
        let quoted = (start..<min(end, text.count)).map { text[$0] }
        return (try? JSONParser.parse(quoted))?.string ?? ""
    }

    private mutating func skipString() {
        position += 1
        while position < text.count, text[position] != UInt8(ascii: "\"") {
            position += text[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position += 1
    }

    private mutating func skipTo(_ isWanted: (UInt8) -> Bool) {
        while position < text.count, !isWanted(text[position]) { position += 1 }
    }
}
