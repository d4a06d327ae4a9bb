public import JSON

/// Why an expression was refused or its evaluation failed, in JSONata's own codes and words.
///
/// Source: the error table of the JSONata 2.x reference implementation, whose texts AWS repeats.
public struct JSONataError: Error, Sendable, Equatable {
    /// `S…` syntax, `T…` type, `D…` value (dynamic), `U…` limits.
    public let code: String
    /// Offset just behind the token that is at fault, in UTF-16 code units from the start of the expression.
    public internal(set) var position: Int?
    /// The operator, name or function that is at fault.
    public internal(set) var token: JSONValue?
    /// What the message's other words stand for: `value`, `index`, `type` and so on.
    let details: Details

    final class Details: Sendable, Equatable {
        let members: [(name: String, value: JSONValue)]

        init(_ members: [(name: String, value: JSONValue)]) { self.members = members }

        static func == (left: Details, right: Details) -> Bool {
            left.members.elementsEqual(right.members) { $0.name == $1.name && $0.value == $1.value }
        }
    }

    init(_ code: String, position: Int? = nil, token: String? = nil, _ details: [(name: String, value: JSONValue)] = [])
    {
        self.code = code
        self.position = position
        self.token = token.map { .string($0) }
        self.details = Details(details)
    }

    init(_ code: String, position: Int?, quoting token: JSONValue?, _ details: [(name: String, value: JSONValue)] = [])
    {
        self.code = code
        self.position = position
        self.token = token
        self.details = Details(details)
    }

    init(_ code: String, value: JSONValue) {
        self.init(code, [("value", value)])
    }

    /// The text for people, without the code: `Argument 1 of function "abs" does not match function signature`.
    public var message: String { ErrorTexts.message(self) }

    /// The value that is at fault, where the message names one.
    public var value: JSONValue? { detail("value") }

    func detail(_ name: String) -> JSONValue? {
        if name == "token" { return token }
        return details.members.first { $0.name == name }?.value
    }

    /// This error at another place.
    func at(_ position: Int) -> JSONataError {
        var error = self
        error.position = position
        return error
    }

    /// This error with the place and the token filled in where it has none yet.
    func at(_ position: Int, token: String) -> JSONataError {
        var error = self
        if error.position == nil { error.position = position }
        if error.token == nil { error.token = .string(token) }
        return error
    }
}

extension JSONataError: CustomStringConvertible {
    /// Code and message: `T2001: The left side of the "+" operator must evaluate to a number`.
    public var description: String { "\(code): \(message)" }
}
