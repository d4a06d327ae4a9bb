internal import JSON

/// One step of a compiled path.
enum PathStep: Sendable, Equatable {
    /// `.a` or `['a']`.
    case member(JSONString)
    /// `['a','b']`, or a bracket that holds no whole name: an object of these members.
    case members([JSONString])
    /// `[3]`; a negative index is out of bounds.
    case element(Int)
    /// `[1,2]`.
    case elements([Int])
    /// `[(@.length-1)]`: the element at count + offset.
    case elementFromEnd(offset: Int)
    /// `[2:]`, `[-2:]`.
    case sliceFrom(Int)
    /// `[:2]`, `[:-2]`.
    case sliceTo(Int)
    /// `[1:3]`; negative bounds do not count from the end.
    case slice(Int, Int)
    /// `*` or `[*]`.
    case wildcard
    /// `..`: the next step on this value and on everything below it.
    case descend
    /// `[?(…)]`.
    case filter(PathFilter)
    /// `[?]`: a place for a predicate that only Jayway's Java interface can fill.
    case openPredicate(String)

    /// True when the step leads from one value to at most one.
    var isDefinite: Bool {
        switch self {
        case .member, .members, .element, .elementFromEnd: true
        case .elements, .sliceFrom, .sliceTo, .slice, .wildcard, .descend, .filter, .openPredicate: false
        }
    }

    /// True when a Reference Path can have the step.
    var isReference: Bool {
        switch self {
        case .member: true
        case .element(let index): index >= 0
        case .members, .elements, .elementFromEnd, .sliceFrom, .sliceTo, .slice, .wildcard, .descend, .filter,
            .openPredicate:
            false
        }
    }

    /// The step in the normalised spelling that messages use.
    var text: String {
        switch self {
        case .member(let name): "['\(name.text)']"
        case .members(let names): "[\(names.map { "'\($0.text)'" }.joined(separator: ", "))]"
        case .element(let index): "[\(index)]"
        case .elements(let indices): "[\(indices.map(String.init).joined(separator: ","))]"
        case .elementFromEnd(let offset): "[@.size()\(offset)]"
        case .sliceFrom(let start): "[\(start):]"
        case .sliceTo(let end): "[:\(end)]"
        case .slice(let start, let end): "[\(start):\(end)]"
        case .wildcard: "[*]"
        case .descend: ".."
        case .filter: "[?]"
        case .openPredicate(let text): text
        }
    }

    /// The spelling of all `steps`, one after the other.
    static func text(of steps: ArraySlice<PathStep>) -> String { steps.map(\.text).joined() }
}
