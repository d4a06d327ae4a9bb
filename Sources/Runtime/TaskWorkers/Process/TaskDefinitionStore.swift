import JSON

/// Task definitions as files of a directory: `FAMILY.json`, or `FAMILY:REVISION.json`, or any `*.json` that names its family.
struct TaskDefinitionStore: Sendable {
    let directory: String

    /// The definition that RunTask means; without a revision the highest.
    /// - Throws: `ECS.ClientException`, with what to write where.
    func find(_ text: String) throws(ServiceError) -> TaskDefinition {
        let reference = TaskDefinitionReference(text)
        let names: [String]
        do throws(SystemCallError) {
            names = try File.names(in: directory).filter { $0.hasSuffix(".json") }
        } catch {
            throw notFound(reference, "the directory of task definitions can't be read (\(error))")
        }
        let byName = names.filter { Self.base($0).family == reference.family }
        var best: TaskDefinition?
        var unreadable: [String] = []
        // A file that is named after the family decides; all others are looked through only without one.
        for candidates in [byName, names.filter { !byName.contains($0) }] {
            for name in candidates {
                do throws(ServiceError) {
                    let definition = try read(name)
                    guard definition.family == reference.family else { continue }
                    guard reference.revision == nil || reference.revision == definition.revision else { continue }
                    if definition.revision >= best?.revision ?? 0 { best = definition }
                } catch {
                    guard !byName.contains(name) else { throw error }
                    unreadable.append(name)
                }
            }
            if let best { return best }
        }
        let broken =
            unreadable.isEmpty ? "" : "; these files there can't be read: \(unreadable.joined(separator: ", "))"
        throw notFound(reference, "no file in \(directory) defines it\(broken)")
    }

    private func read(_ name: String) throws(ServiceError) -> TaskDefinition {
        let path = "\(directory)/\(name)"
        do {
            let base = Self.base(name)
            return try TaskDefinition(
                JSONParser.parse(File.read(path)), family: base.family, revision: base.revision ?? 1)
        } catch {
            throw .ecs("ClientException", "TaskDefinition is invalid: \(path): \(error)")
        }
    }

    private func notFound(_ reference: TaskDefinitionReference, _ reason: String) -> ServiceError {
        let name = reference.revision.map { "\(reference.family):\($0)" } ?? reference.family
        let advice = "write it (the JSON of aws ecs register-task-definition) to \(directory)/\(reference.family).json"
        return .ecs("ClientException", "TaskDefinition not found. \(name): \(reason); \(advice).")
    }

    /// `etl:3.json` is revision 3 of etl.
    private static func base(_ fileName: String) -> TaskDefinitionReference {
        TaskDefinitionReference(String(fileName.dropLast(5)))
    }
}
