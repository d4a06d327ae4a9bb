internal import JSON

/// Cuts a path into fragments (a name after a dot, a bracket with all that is in it) and compiles each.
///
/// Jayway reads a name after a dot as if it stood in brackets and quotes, so `$.a` and `$['a']` go one way.
struct PathCompiler {
    private let bytes: [UInt8]
    private let path: String
    private var position = 0
    private var steps: [PathStep] = []

    private static let dot = UInt8(ascii: ".")
    private static let open = UInt8(ascii: "[")
    private static let close = UInt8(ascii: "]")

    /// - Parameter root: the byte that the path must start with.
    static func compile(_ text: String, root: UInt8) throws(JSONPathSyntaxError) -> [PathStep] {
        guard text.utf8.count <= JSONPathLimits.textBytesMax else {
            let message = "A path has at most \(JSONPathLimits.textBytesMax) bytes; this one has \(text.utf8.count)"
            throw JSONPathSyntaxError(message: message, offset: JSONPathLimits.textBytesMax)
        }
        var compiler = PathCompiler(text)
        try compiler.compile(root: root)
        return compiler.steps
    }

    private init(_ text: String) {
        path = text
        bytes = Array(text.utf8)
    }

    private mutating func compile(root: UInt8) throws(JSONPathSyntaxError) {
        // As Java's trim: everything up to U+0020 counts as white space.
        let end = (bytes.lastIndex { $0 > 0x20 } ?? -1) + 1
        position = bytes.firstIndex { $0 > 0x20 } ?? 0
        guard position < end, bytes[position] == root else {
            throw error("must start with '\(Character(Unicode.Scalar(root)))'")
        }
        position += 1
        if position < end, bytes[position] != Self.dot, bytes[position] != Self.open {
            throw error("expected '.' or '[' after '\(Character(Unicode.Scalar(root)))'")
        }
        while position < end { try compileStep(end: end) }
        if case .descend = steps.last { throw error("can not end with '..'") }
    }

    private mutating func compileStep(end: Int) throws(JSONPathSyntaxError) {
        guard steps.count < JSONPathLimits.stepsMax else {
            throw error("has more than \(JSONPathLimits.stepsMax) steps")
        }
        switch bytes[position] {
        case UInt8(ascii: " "):
            throw error("a space is not allowed here")
        case Self.dot where position + 1 < end && bytes[position + 1] == Self.dot:
            steps.append(.descend)
            position += 2
        case Self.dot:
            position += 1
            guard position < end else { throw error("expected a name or '[' after '.'") }
            if bytes[position] != Self.open { try compileName(end: end) }
        case Self.open:
            try compileBracket(end: end)
        case UInt8(ascii: "*"):
            steps.append(.wildcard)
            position += 1
        default:
            try compileName(end: end)
        }
    }

    /// A name up to the next `.`, `[` or the end.
    private mutating func compileName(end: Int) throws(JSONPathSyntaxError) {
        let start = position
        while position < end, bytes[position] != Self.dot, bytes[position] != Self.open {
            guard bytes[position] != UInt8(ascii: " ") else { throw error("a space is not allowed here") }
            position += 1
        }
        let name = bytes[start..<position]
        if name.elementsEqual("*".utf8) {
            steps.append(.wildcard)
        } else if name.contains(UInt8(ascii: "'")) || name.contains(Self.close) {
            try append(fragment: Array("['".utf8) + name + Array("']".utf8), offset: start - 2)
        } else {
            steps.append(.member(JSONString(wtf8: Array(name))))
        }
    }

    /// A bracket up to its closing one, whatever stands between; quotes do not hide brackets.
    private mutating func compileBracket(end: Int) throws(JSONPathSyntaxError) {
        let start = position
        var depth = 0
        while position < end {
            let byte = bytes[position]
            position += 1
            if byte == Self.open { depth += 1 }
            if byte == Self.close {
                depth -= 1
                if depth == 0 { break }
            }
        }
        try append(fragment: Array(bytes[start..<position]), offset: start)
    }

    private mutating func append(fragment: [UInt8], offset: Int) throws(JSONPathSyntaxError) {
        do throws(BracketError) {
            steps.append(try BracketCompiler.compile(fragment))
        } catch {
            let place = max(0, offset) + error.offset
            throw JSONPathSyntaxError(
                message: "Invalid path '\(path)': \(error.message)", offset: min(place, bytes.count))
        }
    }

    private func error(_ message: String) -> JSONPathSyntaxError {
        JSONPathSyntaxError(message: "Invalid path '\(path)': \(message)", offset: min(position, bytes.count))
    }
}
