public import JSON

/// An IAM policy document: statements that allow or deny. Source: IAM User Guide, grammar of the JSON policy language.
public struct PolicyDocument: Sendable, Equatable {
    public let statements: [PolicyStatement]

    /// A longer list is no policy of a person.
    static let statementsMax = 1_000

    /// Reads `{"Version": …, "Statement": [{…}]}`.
    /// - Throws: `PolicyError` with the place of what is wrong.
    public init(_ value: JSONValue) throws(PolicyError) {
        guard case .object(let object) = value else { throw PolicyError("", "a policy must be an object") }
        for key in object.keys where !["Version", "Id", "Statement"].contains(key) {
            throw PolicyError("/\(key)", "unknown element; known are Version, Id and Statement")
        }
        let version = object["Version"]?.string ?? "2008-10-17"
        guard ["2012-10-17", "2008-10-17"].contains(version) else {
            throw PolicyError("/Version", "must be \"2012-10-17\" or \"2008-10-17\"")
        }
        let given: [JSONValue]
        switch object["Statement"] {
        case .array(let list): given = list
        case .object(let single): given = [.object(single)]
        default: throw PolicyError("/Statement", "must be a statement or a list of statements")
        }
        guard given.count <= Self.statementsMax else {
            throw PolicyError("/Statement", "has more than \(Self.statementsMax) statements")
        }
        var statements: [PolicyStatement] = []
        for (index, statement) in given.enumerated() {
            statements.append(
                try PolicyStatement(statement, at: "/Statement/\(index)", hasVariables: version == "2012-10-17"))
        }
        self.statements = statements
    }
}

/// What is wrong with a policy, and where: a JSON Pointer into the document.
public struct PolicyError: Error, Sendable, Equatable, CustomStringConvertible {
    public let pointer: String
    public let message: String

    init(_ pointer: String, _ message: String) {
        self.pointer = pointer
        self.message = message
    }

    public var description: String { pointer.isEmpty ? message : "\(pointer): \(message)" }
}
