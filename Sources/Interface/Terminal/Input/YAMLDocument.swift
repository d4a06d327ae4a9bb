import Foundation
public import JSON
public import StatesLanguage
import Yams

/// A YAML text, read as JSON data that knows its lines.
public struct YAMLDocument: Sendable {
    /// What the text says, with the types of YAML 1.2's core schema; anything else is a string.
    public private(set) var value: JSONValue
    /// Where each member's key and each element stand.
    private let places: [DefinitionPath: SourcePosition]
    /// Values that variables of the environment laid over the text's.
    private var variables: [DefinitionPath: String] = [:]

    /// Values in one document, those behind aliases counted each time: a few lines of aliases could stand for billions.
    static let valuesMax = 1_000_000
    static let depthMax = 256

    /// - Parameter name: what errors call the text, e.g. its file.
    /// - Throws: with line and column, for what is no YAML, a key that is no string, a key that is there twice.
    public init(_ text: String, name: String) throws(BadInput) {
        guard Self.flowDepth(of: text) <= Self.depthMax else {
            throw BadInput("\(name): nested more than \(Self.depthMax) deep.")
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw Self.syntax(error, name)
        } catch {
            throw BadInput("\(name): \(error)")
        }
        guard let node else { throw BadInput("\(name) is empty.") }
        var reader = YAMLReader(name: name)
        value = try reader.read(node, at: .root, depth: 0)
        places = reader.places
    }

    /// The place of the value at `path`, or of its nearest ancestor that has one.
    public func position(of path: DefinitionPath) -> SourcePosition {
        var steps = path.steps
        while true {
            if let place = places[DefinitionPath(steps)] { return place }
            guard !steps.isEmpty else { return SourcePosition(offset: 0, line: 1, column: 1) }
            steps.removeLast()
        }
    }

    /// Puts a value over what the text says at `steps`.
    /// - Parameter variable: where the value comes from.
    mutating func overlay(_ steps: [String], _ value: JSONValue, from variable: String) {
        self.value = Self.replacing(self.value, steps[...], value)
        var path = DefinitionPath.root
        for step in steps { path = path.appending(step) }
        variables[path] = variable
    }

    /// The variable that the value at `path` comes from; nil when it is the text's.
    func variable(at path: DefinitionPath) -> String? {
        (0...path.steps.count).lazy.compactMap { variables[DefinitionPath(Array(path.steps.prefix($0)))] }.first
    }

    /// What is no object on the way is left as it is: the reader of the document says what is wrong with it.
    private static func replacing(
        _ value: JSONValue, _ steps: ArraySlice<String>, _ replacement: JSONValue
    ) -> JSONValue {
        guard let first = steps.first else { return replacement }
        var object = JSONObject()
        switch value {
        case .object(let found): object = found
        case .null: break
        case .array, .bool, .number, .string: return value
        }
        let key = JSONString(first)
        object[key] = replacing(object[key] ?? .null, steps.dropFirst(), replacement)
        return .object(object)
    }

    /// How deep brackets nest, quotes and comments disregarded: never too small.
    private static func flowDepth(of text: String) -> Int {
        var depth = 0
        var deepest = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                deepest = max(deepest, depth)
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
            default: break
            }
        }
        return deepest
    }

    private static func syntax(_ error: YamlError, _ name: String) -> BadInput {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            BadInput("\(name):\(mark.line):\(mark.column): \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            BadInput(
                "\(name):\(context.mark.line):\(context.mark.column): the key \(duplicates.first.map { "\($0)" } ?? "") is there twice"
            )
        case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            BadInput("\(name): \(error)")
        }
    }
}

/// Turns nodes into JSON values.
private struct YAMLReader {
    let name: String
    var places: [DefinitionPath: SourcePosition] = [:]
    private var count = 0

    init(name: String) { self.name = name }

    mutating func read(_ node: Node, at path: DefinitionPath, depth: Int) throws(BadInput) -> JSONValue {
        count += 1
        guard count <= YAMLDocument.valuesMax else {
            throw BadInput("\(name): more than \(YAMLDocument.valuesMax) values, those behind aliases counted.")
        }
        guard depth <= YAMLDocument.depthMax else {
            throw problem("nested more than \(YAMLDocument.depthMax) deep", node)
        }
        if places[path] == nil { note(node, path) }
        switch node {
        case .scalar(let scalar): return self.scalar(scalar, node)
        case .sequence(let sequence):
            var elements: [JSONValue] = []
            for (index, element) in sequence.enumerated() {
                elements.append(try read(element, at: path.appending(index), depth: depth + 1))
            }
            return .array(elements)
        case .mapping(let mapping):
            var object = JSONObject(minimumCapacity: mapping.count)
            for (key, value) in mapping {
                guard case .scalar(let text) = key else { throw problem("a key must be a string", key) }
                let member = JSONString(text.string)
                guard object[member] == nil else { throw problem("the key \"\(text.string)\" is there twice", key) }
                let place = path.appending(text.string)
                note(key, place)
                object[member] = try read(value, at: place, depth: depth + 1)
            }
            return .object(object)
        case .alias: throw problem("an alias stands for nothing here", node)
        }
    }

    private mutating func note(_ node: Node, _ path: DefinitionPath) {
        guard let mark = node.mark else { return }
        places[path] = SourcePosition(offset: 0, line: mark.line, column: mark.column)
    }

    private func problem(_ message: String, _ node: Node) -> BadInput {
        guard let mark = node.mark else { return BadInput("\(name): \(message)") }
        return BadInput("\(name):\(mark.line):\(mark.column): \(message)")
    }

    /// Plain scalars are null, booleans and numbers where the core schema says so; quoted ones are strings.
    private func scalar(_ scalar: Node.Scalar, _ node: Node) -> JSONValue {
        let text = scalar.string
        guard scalar.style == .plain || scalar.style == .any else { return .string(text) }
        if scalar.tag.description == "tag:yaml.org,2002:str" { return .string(text) }
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        guard let first = text.utf8.first,
            first == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
            let number = try? JSONParser.parse(text), case .number = number
        else { return .string(text) }
        return number
    }
}
