/// What a path of a JSONPath state starts from.
public enum PathRoot: Sendable, Hashable {
    /// `$`: the state's input, or what stands for it in the field at hand.
    case input
    /// `$$`: the Context Object.
    case context
    /// `$name`: a workflow variable.
    case variable(String)

    /// Characters of a variable's name. Source: AWS, "Passing data with variables".
    public static let variableNameLengthMax = 80

    /// True for a name that a variable can have: an identifier of Unicode's UAX #31, of at most 80 characters.
    /// Source: States Language § Assign.
    public static func isVariableName(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, name.unicodeScalars.count <= variableNameLengthMax else {
            return false
        }
        guard first.properties.isXIDStart else { return false }
        return name.unicodeScalars.dropFirst().allSatisfy(\.properties.isXIDContinue)
    }
}
