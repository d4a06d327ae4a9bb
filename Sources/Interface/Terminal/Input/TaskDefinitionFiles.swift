import Foundation
public import JSON

/// A folder of task definitions, as `aws ecs register-task-definition` takes them.
public enum TaskDefinitionFiles {
    /// A longer file is refused. Source: ECS takes task definitions of at most 64 KiB; what describes one says more.
    private static let bytesMax = 1_048_576

    /// The definitions by family: the highest revision of each. What `describe-task-definition` answers is taken as well.
    /// - Throws: when the folder or a file in it can't be read, or is no JSON.
    public static func read(folder: String) throws(BadInput) -> [String: JSONValue] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
                .sorted()
        } catch {
            throw BadInput("The folder of task definitions \(folder) can't be read.")
        }
        var definitions: [String: JSONValue] = [:]
        for name in names {
            let path = "\(folder)/\(name)"
            let text = try TextFile.read(path, what: "task definition", bytesMax: bytesMax)
            let value: JSONValue
            do {
                value = try JSONParser.parse(text)
            } catch {
                throw BadInput("The task definition \(path) is no JSON: line \(error.line): \(error.message)")
            }
            let definition = value["taskDefinition"] ?? value
            // FAMILY.json and FAMILY:REVISION.json need not say it again.
            let family = definition["family"]?.string ?? String(name.dropLast(5).prefix { $0 != ":" })
            if let other = definitions[family], revision(other) > revision(definition) { continue }
            definitions[family] = definition
        }
        return definitions
    }

    private static func revision(_ definition: JSONValue) -> Double {
        definition["revision"]?.number.flatMap { Double($0.text) } ?? 0
    }
}
