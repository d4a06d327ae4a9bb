/// A place in a definition: the way from its root to a value.
public struct DefinitionPath: Sendable, Hashable {
    public enum Step: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    public private(set) var steps: [Step]

    public init(_ steps: [Step] = []) {
        self.steps = steps
    }

    /// The definition itself.
    public static let root = DefinitionPath()

    public func appending(_ key: String) -> DefinitionPath { DefinitionPath(steps + [.key(key)]) }

    public func appending(_ index: Int) -> DefinitionPath { DefinitionPath(steps + [.index(index)]) }

    /// As AWS writes locations: `/States/A/Next`, `/States/C/Choices[0]/Next`, `/` for the root.
    public var text: String {
        guard !steps.isEmpty else { return "/" }
        var text = ""
        for step in steps {
            switch step {
            case .key(let key): text += "/" + key
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }
}
