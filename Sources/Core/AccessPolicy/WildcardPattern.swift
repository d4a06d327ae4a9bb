/// A text in which `*` stands for any characters and `?` for one, and `${key}` for a value of the request.
///
/// What a variable brings in is taken as it is: a `*` in it is a star. Source: IAM User Guide, policy variables.
struct WildcardPattern: Sendable, Equatable {
    private enum Part: Sendable, Equatable {
        case scalars([Unicode.Scalar])
        case anything
        case one
        case variable(key: String, fallback: String?)
    }

    /// As it stands in the policy.
    let text: String
    private let parts: [Part]

    /// - Parameter hasVariables: policies of version 2008-10-17 have none.
    init(_ text: String, hasVariables: Bool) {
        self.text = text
        var parts: [Part] = []
        var literal: [Unicode.Scalar] = []
        func flushed() -> [Part] { literal.isEmpty ? [] : [.scalars(literal)] }
        let scalars = Array(text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            var special: Part?
            var next = index + 1
            switch scalars[index] {
            case "*": special = .anything
            case "?": special = .one
            case "$" where hasVariables && next < scalars.count && scalars[next] == "{":
                if let end = scalars[next...].firstIndex(of: "}") {
                    special = Self.variable(scalars[(next + 1)..<end])
                    next = end + 1
                }
            default: break
            }
            if let special {
                parts += flushed() + [special]
                literal = []
            } else {
                literal.append(scalars[index])
            }
            index = next
        }
        self.parts = parts + flushed()
    }

    /// `key`, `key, 'default'`, or one of the characters that have a meaning of their own.
    private static func variable(_ scalars: ArraySlice<Unicode.Scalar>) -> Part {
        if scalars.count == 1, let only = scalars.first, "*?$".unicodeScalars.contains(only) { return .scalars([only]) }
        let comma = scalars.firstIndex(of: ",")
        let key = text(scalars[..<(comma ?? scalars.endIndex)].filter { $0 != " " })
        guard let comma else { return .variable(key: key, fallback: nil) }
        let rest = scalars[(comma + 1)...].drop { $0 == " " || $0 == "'" }
        let fallback = rest.prefix { $0 != "'" }
        return .variable(key: key, fallback: text(Array(fallback)))
    }

    private static func text(_ scalars: [Unicode.Scalar]) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// False too when a variable has no value, or several.
    func matches(_ candidate: String, _ request: AccessRequest, ignoresCase: Bool = false) -> Bool {
        guard let tokens = tokens(request) else { return false }
        let subject = Array((ignoresCase ? candidate.lowercased() : candidate).unicodeScalars)
        return Self.matches(ignoresCase ? tokens.map(\.lowercased) : tokens, subject)
    }

    /// The text with its variables filled in and no other meaning: `*` is a star.
    func literal(_ request: AccessRequest) -> String? {
        tokens(request).map { tokens in
            Self.text(
                tokens.map { token in
                    switch token {
                    case .scalar(let scalar): scalar
                    case .anything: "*"
                    case .one: "?"
                    }
                })
        }
    }

    /// The pattern without variables, cut at its first five colons: the parts of an ARN.
    func segments(_ request: AccessRequest) -> [[PatternToken]]? {
        guard let tokens = tokens(request) else { return nil }
        return tokens.split(separator: .scalar(":"), maxSplits: 5, omittingEmptySubsequences: false).map(Array.init)
    }

    private func tokens(_ request: AccessRequest) -> [PatternToken]? {
        var tokens: [PatternToken] = []
        for part in parts {
            switch part {
            case .scalars(let scalars): tokens += scalars.map { .scalar($0) }
            case .anything: tokens.append(.anything)
            case .one: tokens.append(.one)
            case .variable(let key, let fallback):
                let values = request.value(key)
                guard let value = values?.count == 1 ? values?.first : fallback else { return nil }
                tokens += value.unicodeScalars.map { .scalar($0) }
            }
        }
        return tokens
    }

    /// Goes back to the last star when the rest does not fit: pattern times subject steps at most.
    static func matches(_ pattern: [PatternToken], _ subject: [Unicode.Scalar]) -> Bool {
        var (place, position) = (0, 0)
        var star: (place: Int, position: Int)?
        while position < subject.count {
            if place < pattern.count, pattern[place] == .anything {
                star = (place, position)
                place += 1
            } else if place < pattern.count, pattern[place].accepts(subject[position]) {
                place += 1
                position += 1
            } else if let last = star {
                star = (last.place, last.position + 1)
                (place, position) = (last.place + 1, last.position + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == .anything }
    }
}

/// One step of a pattern whose variables are filled in.
enum PatternToken: Equatable {
    case scalar(Unicode.Scalar)
    case anything
    case one

    func accepts(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .scalar(let own): own == scalar
        case .one, .anything: true
        }
    }

    /// Of ASCII letters; others are compared as they are.
    var lowercased: PatternToken {
        guard case .scalar(let scalar) = self, ("A"..."Z").contains(scalar) else { return self }
        return Unicode.Scalar(scalar.value + 32).map { .scalar($0) } ?? self
    }
}
