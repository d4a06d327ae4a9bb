/// Names of workflow variables.
enum VariableName {
    /// Source: States Language § Variables.
    static let lengthMax = 80

    /// Whether `name` is an identifier (Unicode Standard Annex 31) of an allowed length, and not the reserved `states`.
    static func isValid(_ name: String) -> Bool {
        let scalars = name.unicodeScalars
        guard let first = scalars.first, scalars.count <= lengthMax, name != "states" else { return false }
        return (first == "_" || first.properties.isIDStart)
            && scalars.dropFirst().allSatisfy { $0.properties.isIDContinue }
    }
}
