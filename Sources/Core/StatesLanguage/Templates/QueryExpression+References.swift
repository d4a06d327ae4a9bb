import JSONata

extension QueryExpression {
    /// Why an expression may not stand in a definition.
    public enum Refusal: Sendable, Equatable {
        /// It is no JSONata. AWS's code is INVALID_JSONATA_EXPRESSION.
        case invalid(message: String)
        /// It reads what is not there. AWS's code is UNSUPPORTED_JSONATA_EXPRESSION.
        case unsupported(message: String)
    }

    /// A member of `$states` that only some fields have.
    public enum StatesMember: String, Sendable, CaseIterable {
        case result
        case errorOutput
    }

    /// What is wrong with the expression where it stands; empty when nothing is.
    /// - Parameter members: those that `$states` has there beside `input` and `context`.
    /// Source: measured on AWS; `$states.result` is there in Output and Assign of Task, Parallel and Map, and
    /// `$states.errorOutput` in those of a catcher.
    public func refusals(statesMembers members: Set<StatesMember>) -> [Refusal] {
        switch compiled {
        case .fault(let error):
            return [.invalid(message: error.message)]
        case .expression(let expression):
            let document = expression.references.document.map { Refusal.unsupported(message: $0.refusal) }
            let unknown = expression.references.states.compactMap(\.self).filter { name in
                if name == "input" || name == "context" { return false }
                return StatesMember(rawValue: name).map(members.contains) != true
            }
            return document + unknown.map { .unsupported(message: "Field '$states.\($0)' does not exist.") }
        }
    }

    /// The workflow variables that the expression reads, in its order.
    var variableNames: [String] {
        guard case .expression(let expression) = compiled else { return [] }
        return expression.references.variables.filter { $0 != "states" }
    }
}
