import JSON

/// A name with its value, e.g. an environment variable.
struct NameValue: Sendable, Equatable {
    var name: String
    var value: String
}

extension [NameValue] {
    /// Sets `name`, in its place where it is there already, else last.
    mutating func set(_ name: String, _ value: String) {
        if let index = firstIndex(where: { $0.name == name }) {
            self[index].value = value
        } else {
            append(NameValue(name: name, value: value))
        }
    }

    mutating func set(_ pairs: [NameValue]) {
        for pair in pairs { set(pair.name, pair.value) }
    }
}
