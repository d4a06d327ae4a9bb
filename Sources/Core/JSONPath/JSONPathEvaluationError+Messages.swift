internal import JSON

/// Jayway's messages, which Step Functions puts into causes.
extension JSONPathEvaluationError {
    /// A member that is not there.
    /// - Parameter isLast: false when the path goes on behind it.
    static func missingMember(at place: String, isLast: Bool) -> JSONPathEvaluationError {
        let message = isLast ? "No results for path: \(place)" : "Missing property in path \(place)"
        return JSONPathEvaluationError(kind: .pathNotFound, message: message)
    }

    /// A member is asked of what is no object.
    static func notAnObject(_ step: PathStep, at place: String) -> JSONPathEvaluationError {
        JSONPathEvaluationError(kind: .pathNotFound, message: "Property \(step.text) not found in path \(place)")
    }

    static func outOfBounds(at place: String) -> JSONPathEvaluationError {
        JSONPathEvaluationError(kind: .pathNotFound, message: "Index out of bounds when evaluating path \(place)")
    }

    /// An element is asked of null.
    static func nullArray(at place: String) -> JSONPathEvaluationError {
        JSONPathEvaluationError(kind: .pathNotFound, message: "The path \(place) is null")
    }

    /// An element is asked of what is no array.
    /// - Parameter steps: from the one that failed on.
    static func notAnArray(_ value: JSONValue, for steps: ArraySlice<PathStep>) -> JSONPathEvaluationError {
        let context = "Current context is: \(JavaText.text(value))"
        let message = "Filter: \(PathStep.text(of: steps)) can only be applied to arrays. \(context)"
        return JSONPathEvaluationError(kind: .invalidPath, message: message)
    }

    /// A filter is put on what is neither object nor array.
    static func notFilterable(_ value: JSONValue, for steps: ArraySlice<PathStep>) -> JSONPathEvaluationError {
        let context = "Current context is: \(JavaText.text(value))"
        let message = "Filter: \(PathStep.text(of: steps)) can not be applied to primitives. \(context)"
        return JSONPathEvaluationError(kind: .invalidPath, message: message)
    }

    /// `['a','b']` with more behind it.
    static func multipleMembersInside(at place: String) -> JSONPathEvaluationError {
        JSONPathEvaluationError(
            kind: .invalidPath, message: "Multi properties can only be used as path leafs: \(place)")
    }

    static func limitExceeded(_ message: String) -> JSONPathEvaluationError {
        JSONPathEvaluationError(kind: .limitExceeded, message: message)
    }

    static func filterFailure(_ message: String) -> JSONPathEvaluationError {
        JSONPathEvaluationError(kind: .filterFailure, message: message)
    }
}
