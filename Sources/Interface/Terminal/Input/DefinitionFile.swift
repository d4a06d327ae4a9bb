import Foundation
import JSON
public import StatesLanguage

/// A definition as a file holds it: JSON, or YAML by its name (`.yaml`, `.yml`).
public struct DefinitionFile: Sendable {
    /// As the user wrote it.
    public let path: String
    /// The definition as JSON text: as it stands in the file, or what the YAML says.
    public let text: String
    private let yaml: YAMLDocument?

    /// A longer file is refused unread. Source: AWS's limit of a definition; YAML gets twice as much.
    public static let bytesMax = 1_048_576

    /// - Throws: when the file can't be read, is too long, or is no YAML.
    public init(_ path: String) throws(BadInput) {
        self.path = path
        let isYAML = path.hasSuffix(".yaml") || path.hasSuffix(".yml")
        let content = try TextFile.read(path, what: "definition", bytesMax: isYAML ? 2 * Self.bytesMax : Self.bytesMax)
        if isYAML {
            let document = try YAMLDocument(content, name: path)
            yaml = document
            text = document.value.description
        } else {
            yaml = nil
            text = content
        }
    }

    /// The absolute path of the file's folder; the current one for standard input.
    public var folder: String {
        path == "-"
            ? FileManager.default.currentDirectoryPath
            : URL(filePath: path).standardizedFileURL.deletingLastPathComponent().path
    }

    /// The state machine's name: the file's without its endings, e.g. `order` for `order.asl.json`, with `-` for what no name may hold.
    public var machineName: String {
        guard path != "-" else { return "stdin" }
        var name = URL(filePath: path).lastPathComponent
        for ending in [".json", ".yaml", ".yml", ".asl"] where name.hasSuffix(ending) && name.count > ending.count {
            name.removeLast(ending.count)
        }
        let kept = name.unicodeScalars.map { scalar -> Character in
            let isKept =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-"
                    || scalar == "_")
            return isKept ? Character(scalar) : "-"
        }
        // Source: AWS's limit of a state machine's name.
        return String(kept.prefix(80))
    }

    /// Compiles it. Diagnostics have the file's own lines and columns.
    public func compile(_ options: CompileOptions) -> Compilation {
        let compilation = Definition.compile(text, options: options)
        guard let yaml else { return compilation }
        let located = compilation.diagnostics.map { diagnostic in
            var located = diagnostic
            located.position = yaml.position(of: diagnostic.path)
            return located
        }
        return Compilation(machine: compilation.machine, diagnostics: located)
    }
}
