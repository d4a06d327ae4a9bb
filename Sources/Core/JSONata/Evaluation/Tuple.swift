/// One item of a path that binds variables on its way (`@`, `#`, `%`): the item, and what has been bound to reach it.
struct Tuple {
    var context: Value
    var bindings: [(name: Int, value: Value)] = []

    mutating func bind(_ name: Int, _ value: Value) {
        if let index = bindings.firstIndex(where: { $0.name == name }) {
            bindings[index].value = value
        } else {
            bindings.append((name, value))
        }
    }

    func frame(in parent: Frame) -> Frame {
        let frame = Frame(parent: parent)
        for binding in bindings { frame.bind(binding.name, binding.value) }
        return frame
    }
}

/// The items of such a path.
final class TupleStream {
    var tuples: [Tuple]

    init(_ tuples: [Tuple]) { self.tuples = tuples }
}
