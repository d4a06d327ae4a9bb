internal import JSON

/// What is wrong in a bracket; the offset counts from its `[`.
struct BracketError: Error {
    var message: String
    var offset: Int
}

/// Compiles one bracket as Jayway does: the first telling character decides what the bracket is, and what follows the
/// part that
/// was understood is ignored (`['a',1]` is `['a']`, `[1.5]` is `[1]`).
struct BracketCompiler {
    private let bytes: [UInt8]
    private var position = 0

    /// - Parameter bytes: a fragment from `[` on; the closing bracket may be missing.
    static func compile(_ bytes: [UInt8]) throws(BracketError) -> PathStep {
        var compiler = BracketCompiler(bytes: bytes)
        return try compiler.compile()
    }

    private mutating func compile() throws(BracketError) -> PathStep {
        if bytes.elementsEqual("[*]".utf8) { return .wildcard }
        if let openPredicate { return openPredicate }
        while let byte = current {
            switch byte {
            case UInt8(ascii: "'"): return try names()
            case UInt8(ascii: "?"): return .filter(try FilterCompiler.compile(bytes, questionMark: position))
            case UInt8(ascii: "@"): return try elementFromEnd()
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: ":"): return try indices()
            default: position += 1
            }
        }
        throw BracketError(message: "'\(text(of: bytes[...]))' holds no name, index, slice, filter or '*'", offset: 0)
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func text(of part: ArraySlice<UInt8>) -> String { String(decoding: part, as: UTF8.self) }

    /// `[?]`, `[?,?]`: nothing but question marks, commas and spaces.
    private var openPredicate: PathStep? {
        guard bytes.last == UInt8(ascii: "]"), bytes.contains(UInt8(ascii: "?")) else { return nil }
        let inner = bytes[1..<(bytes.count - 1)]
        let isOnlyMarks = inner.allSatisfy { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: ",") || $0 <= 0x20 }
        guard isOnlyMarks, inner.first(where: { $0 > 0x20 }) == UInt8(ascii: "?") else { return nil }
        let count = inner.count { $0 == UInt8(ascii: "?") }
        return .openPredicate("[" + Array(repeating: "?", count: count).joined(separator: ",") + "]")
    }

    // MARK: - Names

    /// Names in single quotes, literally, without escapes, until `]`, even one inside quotes. What stands between names
    /// is ignored.
    private mutating func names() throws(BracketError) -> PathStep {
        var names: [JSONString] = []
        var start: Int?
        while let byte = current {
            position += 1
            if byte == UInt8(ascii: "]") {
                return names.count == 1 ? .member(names[0]) : .members(names)
            }
            guard byte == UInt8(ascii: "'") else { continue }
            if let begin = start {
                names.append(JSONString(wtf8: Array(bytes[begin..<(position - 1)])))
                start = nil
            } else {
                start = position
            }
        }
        throw BracketError(message: "the bracket has no closing ']'", offset: 0)
    }

    // MARK: - Indices

    private mutating func indices() throws(BracketError) -> PathStep {
        let first = digits()
        let step: PathStep
        if current == UInt8(ascii: ":") {
            position += 1
            step = try slice(from: first)
            if current != UInt8(ascii: "]") { position += 1 }
        } else {
            let indices = [try index(first)] + (try furtherIndices())
            step = indices.count == 1 ? .element(indices[0]) : .elements(indices)
        }
        guard current != nil else { throw BracketError(message: "the bracket has no closing ']'", offset: 0) }
        return step
    }

    /// Numbers, each behind a comma or colon; one separator may be left over at the end.
    private mutating func furtherIndices() throws(BracketError) -> [Int] {
        var indices: [Int] = []
        while isAtSeparator {
            position += 1
            let next = digits()
            if next.isEmpty, !isAtSeparator { break }
            indices.append(try index(next))
        }
        return indices
    }

    private var isAtSeparator: Bool { current == UInt8(ascii: ",") || current == UInt8(ascii: ":") }

    /// A slice, at what follows its first colon. A step (`[0:6:2]`) must be a number and is ignored.
    private mutating func slice(from first: [UInt8]) throws(BracketError) -> PathStep {
        let second = digits()
        let start = first.isEmpty ? nil : try index(first)
        let end = second.isEmpty && start != nil ? nil : try index(second)
        _ = try furtherIndices()
        switch (start, end) {
        case (let start?, let end?):
            // Jayway reads on behind a character that is part of no number, and takes a colon there for `[:end]`.
            guard isAtStrayColon else { return .slice(start, end) }
            return .sliceTo(start)
        case (let start?, nil): return .sliceFrom(start)
        case (nil, let end?): return .sliceTo(end)
        case (nil, nil): return .sliceFrom(0)
        }
    }

    /// One character that is part of no number, then a colon.
    private var isAtStrayColon: Bool {
        guard position + 1 < bytes.count, current != UInt8(ascii: "]") else { return false }
        return bytes[position + 1] == UInt8(ascii: ":")
    }

    /// Digits and minus signs; spaces among them are dropped.
    private mutating func digits() -> [UInt8] {
        var digits: [UInt8] = []
        while let byte = current {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): digits.append(byte)
            case UInt8(ascii: " "): break
            default: return digits
            }
            position += 1
        }
        return digits
    }

    /// A Java `int`.
    private func index(_ digits: [UInt8]) throws(BracketError) -> Int {
        guard let value = Int32(text(of: digits[...])) else {
            throw BracketError(message: "'\(text(of: digits[...]))' is not an index", offset: position)
        }
        return Int(value)
    }

    // MARK: - Count of elements

    /// `(@.length-1)`, `(@.size()-1)`, at the `@`.
    private mutating func elementFromEnd() throws(BracketError) -> PathStep {
        let start = position + 2
        guard start < bytes.count, let minus = bytes[start...].firstIndex(of: UInt8(ascii: "-")),
            let end = bytes[minus...].firstIndex(of: UInt8(ascii: ")"))
        else { throw BracketError(message: "expected '(@.length-n)'", offset: position) }
        let function = text(of: bytes[start..<minus].filter { $0 != UInt8(ascii: " ") }[...])
        guard ["length", "length()", "size", "size()"].contains(function) else {
            let message = "'@.\(function)' is not known here; only '(@.length-n)' and '(@.size()-n)' are"
            throw BracketError(message: message, offset: position)
        }
        position = end
        return .elementFromEnd(offset: try index(bytes[minus..<end].filter { $0 != UInt8(ascii: " ") }))
    }
}
