import JSON
import StatesLanguage

extension Operations {
    /// What is wrong with a definition; warnings too when they are asked for.
    @Sendable static func validateStateMachineDefinition(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let definition = try request.string("definition", 1...1_048_576)
        let type = try request.optionalEnumeration("type", MachineSettingsReader.types)
        let severity = try request.optionalEnumeration("severity", ["ERROR", "WARNING"])
        let limit = try request.optionalInteger("maxResults", 0...100) ?? 0
        try request.check()
        let options = CompileOptions(
            type: type == "EXPRESS" ? .express : .standard, includeWarnings: severity == "WARNING")
        let compilation = Definition.compile(definition, options: options)
        let all = compilation.diagnostics
        let shown = all.prefix(limit == 0 ? 100 : Int(limit))
        return [
            "result": compilation.machine == nil ? "FAIL" : "OK",
            "diagnostics": .array(
                shown.map { diagnostic in
                    var object: JSONObject = [
                        "severity": .string(diagnostic.severity.rawValue), "code": .string(diagnostic.code.rawValue),
                        "message": .string(diagnostic.message),
                    ]
                    object["location"] = diagnostic.location.map { .string($0) }
                    return .object(object)
                }), "truncated": .bool(shown.count < all.count),
        ]
    }
}
