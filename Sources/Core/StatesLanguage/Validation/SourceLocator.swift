import JSON

/// Finds where in a JSON text the values at given paths are. One walk over the text, whatever the number of paths.
struct SourceLocator: ~Copyable, ~Escapable {
    /// The paths that are looked for, as a tree; indices into `nodes` stand for links.
    private struct Node {
        var children: [DefinitionPath.Step: Int] = [:]
        var offset: Int?
    }

    private let text: Span<UInt8>
    private var nodes = [Node()]
    private var position = 0

    @_lifetime(copy text)
    private init(_ text: Span<UInt8>) {
        self.text = text
    }

    /// Where the values at `paths` start: an object's member at its key, an array's element at its first byte.
    /// - Parameter text: valid JSON in UTF-8. For a path that is not there, the place of its nearest ancestor stands.
    static func positions(of paths: [DefinitionPath], in text: Span<UInt8>) -> [SourcePosition] {
        var locator = SourceLocator(text)
        for path in paths { locator.add(path) }
        locator.skipWhiteSpace()
        locator.nodes[0].offset = locator.position
        locator.walk(0)
        return SourceLocator.resolve(paths.map { locator.offset(of: $0) }, in: text)
    }

    private mutating func add(_ path: DefinitionPath) {
        var node = 0
        for step in path.steps {
            if let child = nodes[node].children[step] {
                node = child
            } else {
                nodes.append(Node())
                nodes[node].children[step] = nodes.count - 1
                node = nodes.count - 1
            }
        }
    }

    private func offset(of path: DefinitionPath) -> Int {
        var node = 0
        var offset = nodes[0].offset ?? 0
        for step in path.steps {
            guard let child = nodes[node].children[step], let found = nodes[child].offset else { break }
            node = child
            offset = found
        }
        return offset
    }

    /// Lines and columns of byte offsets, in one pass over the text.
    static func resolve(_ offsets: [Int], in text: Span<UInt8>) -> [SourcePosition] {
        var positions = offsets.map { SourcePosition(offset: $0, line: 1, column: 1) }
        var next = 0
        var line = 1
        var column = 1
        let order = offsets.indices.sorted { offsets[$0] < offsets[$1] }
        for index in 0...text.count {
            while next < order.count, offsets[order[next]] <= index {
                positions[order[next]].line = line
                positions[order[next]].column = column
                next += 1
            }
            guard index < text.count, next < order.count else { break }
            if text[index] == 0x0A {
                line += 1
                column = 1
            } else if text[index] & 0xC0 != 0x80 {
                column += 1
            }
        }
        return positions
    }
}

// MARK: - Walking

extension SourceLocator {
    /// Walks the value at `position`, noting where the children of `node` are. Depth is bounded by that of the wanted
    /// paths.
    private mutating func walk(_ node: Int) {
        guard position < text.count, !nodes[node].children.isEmpty else { return skipValue() }
        switch text[position] {
        case UInt8(ascii: "{"): walkObject(node)
        case UInt8(ascii: "["): walkArray(node)
        default: skipValue()
        }
    }

    private mutating func walkObject(_ node: Int) {
        position += 1
        while true {
            skipWhiteSpace()
            guard position < text.count, text[position] == UInt8(ascii: "\"") else { break }
            let start = position
            let key = readKey()
            skipWhiteSpace()
            position += 1
            skipWhiteSpace()
            if let child = nodes[node].children[.key(key)] {
                nodes[child].offset = start
                walk(child)
            } else {
                skipValue()
            }
            skipWhiteSpace()
            guard position < text.count, text[position] == UInt8(ascii: ",") else { break }
            position += 1
        }
        position += 1
    }

    private mutating func walkArray(_ node: Int) {
        position += 1
        var index = 0
        while true {
            skipWhiteSpace()
            guard position < text.count, text[position] != UInt8(ascii: "]") else { break }
            if let child = nodes[node].children[.index(index)] {
                nodes[child].offset = position
                walk(child)
            } else {
                skipValue()
            }
            index += 1
            skipWhiteSpace()
            guard position < text.count, text[position] == UInt8(ascii: ",") else { break }
            position += 1
        }
        position += 1
    }

    /// The key at `position`, which is left behind it.
    private mutating func readKey() -> String {
        let start = position
        skipString()
        let quoted = (start..<min(position, text.count)).map { text[$0] }
        return (try? JSONParser.parse(quoted))?.string ?? ""
    }

    private mutating func skipValue() {
        var depth = 0
        repeat {
            guard position < text.count else { return }
            switch text[position] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return }
                depth -= 1
                position += 1
            case UInt8(ascii: "\""):
                skipString()
            case UInt8(ascii: ",") where depth == 0:
                return
            default:
                position += 1
            }
        } while depth > 0 || !isEndOfValue()
    }

    private func isEndOfValue() -> Bool {
        guard position < text.count else { return true }
        switch text[position] {
        case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 0x20, 0x0A, 0x0D, 0x09: return true
        default: return false
        }
    }

    private mutating func skipString() {
        position += 1
        while position < text.count, text[position] != UInt8(ascii: "\"") {
            position += text[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position += 1
    }

    private mutating func skipWhiteSpace() {
        while position < text.count {
            switch text[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }
}
