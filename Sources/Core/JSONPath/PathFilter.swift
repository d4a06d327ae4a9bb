internal import JSON

/// A compiled filter `[?(…)]`: `criteria` joined by `&&`, such groups joined by `||`.
///
/// Jayway 2.0.0 ignores parentheses between criteria: `(@.a || @.b) && @.c` is `@.a || (@.b && @.c)`.
struct PathFilter: Sendable, Equatable {
    /// At least one group; true when all criteria of any group are.
    var groups: [[Criterion]]

    enum Criterion: Sendable, Equatable {
        /// `@.a`, `!@.a`: there is a value and it is not null. Here `$` is the tested item too.
        case exists(JSONPathExpression, isNegated: Bool)
        case comparison(Operand, Comparison, Operand)
    }

    enum Comparison: Sendable, Equatable {
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, matches
    }

    enum Operand: Sendable, Equatable {
        /// `@…`: a path from the tested item.
        case itemPath(JSONPathExpression)
        /// `$…`: a path from the document.
        case documentPath(JSONPathExpression)
        /// Anything else, quotes removed; literals have no type until they are compared.
        case literal(JSONString)
        /// `/…/` or `/…/i`.
        case pattern(RegularExpression)
    }
}
