/// The variables of one scope. Names are numbers that the compiler gave them; scopes are small, so they are searched.
final class Frame {
    private let parent: Frame?
    private var firstName = -1
    private var firstValue: Value = .undefined
    private var secondName = -1
    private var secondValue: Value = .undefined
    private var more: [(name: Int, value: Value)] = []

    /// Values and scopes within one another that this scope keeps.
    private(set) var nesting: Int

    init(parent: Frame?) {
        self.parent = parent
        nesting = parent?.nesting ?? 0
    }

    /// The value of the nearest variable `name`, which may be nothing; nil where no scope has it.
    func lookup(_ name: Int) -> Value? {
        var frame = self
        while true {
            if frame.firstName == name { return frame.firstValue }
            if frame.secondName == name { return frame.secondValue }
            if !frame.more.isEmpty {
                for index in frame.more.indices where frame.more[index].name == name { return frame.more[index].value }
            }
            guard let next = frame.parent else { return nil }
            frame = next
        }
    }

    /// Whether any scope has `name`.
    func has(_ name: Int) -> Bool {
        var frame = self
        while true {
            if frame.firstName == name || frame.secondName == name { return true }
            if !frame.more.isEmpty, frame.more.contains(where: { $0.name == name }) { return true }
            guard let next = frame.parent else { return false }
            frame = next
        }
    }

    /// Forgets every variable: a scope and a function that was made in it keep each other otherwise.
    func clear() {
        (firstValue, secondValue, more) = (.undefined, .undefined, [])
    }

    /// Sets `name` in this scope.
    func bind(_ name: Int, _ value: Value) {
        if value.nesting > nesting { nesting = value.nesting }
        if firstName == name || firstName == -1 {
            firstName = name
            firstValue = value
        } else if secondName == name || secondName == -1 {
            secondName = name
            secondValue = value
        } else if let index = more.firstIndex(where: { $0.name == name }) {
            more[index].value = value
        } else {
            more.append((name, value))
        }
    }
}
