/// Names of state machines, executions and activities. Source: surface § 1.2.
enum ResourceName {
    private static let forbidden = Set("<>{}[]?*\"#%\\^|~`$&,;:/".unicodeScalars)

    /// - Throws: InvalidName.
    static func check(_ name: String) throws(APIError) {
        let isValid =
            (1...80).contains(name.utf16.count)
            && name.unicodeScalars.allSatisfy { scalar in
                let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                let isSpecial = (0xFFFE...0xFFFF).contains(scalar.value) || scalar.value == 0x10_FFFF
                return !forbidden.contains(scalar) && !isControl && !isSpecial && !scalar.properties.isWhitespace
            }
        guard isValid else { throw .invalidName(name) }
    }
}
