import Glibc

/// The environment that this process was started with.
enum ProcessEnvironment {
    /// `NAME=value` for each variable.
    static func own() -> [String] {
        var entries: [String] = []
        // SAFETY: environ is a list of texts that end in zero, closed by nil; nothing in Steplog changes it.
        let list = unsafe environ
        var index = 0
        while let entry = unsafe list[index] {
            entries.append(unsafe String(cString: entry))
            index += 1
        }
        return entries
    }

    /// The value of one variable; nil where it is not set.
    static func value(_ name: String) -> String? {
        // SAFETY: getenv's text ends in zero and is copied at once.
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }
}
