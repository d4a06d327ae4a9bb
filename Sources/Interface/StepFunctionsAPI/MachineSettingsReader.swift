import JSON
import StatesLanguage

/// The settings of a state machine as requests give them.
enum MachineSettingsReader {
    static let types = ["STANDARD", "EXPRESS"]

    /// `loggingConfiguration`, `tracingConfiguration` and `encryptionConfiguration`, those that are given.
    static func configurations(_ request: inout APIRequest) throws -> JSONObject {
        var result = JSONObject()
        if let logging = try request.optionalObject("loggingConfiguration") {
            result["loggingConfiguration"] = .object(try self.logging(logging))
        }
        if let tracing = try request.optionalObject("tracingConfiguration") {
            result["tracingConfiguration"] = ["enabled": .bool(tracing["enabled"]?.bool ?? false)]
        }
        if let encryption = try request.optionalObject("encryptionConfiguration") {
            result["encryptionConfiguration"] = .object(encryption)
        }
        return result
    }

    /// A level other than OFF needs exactly one destination.
    private static func logging(_ given: JSONObject) throws(APIError) -> JSONObject {
        let level = given["level"]?.string ?? "OFF"
        let destinations = given["destinations"]?.array ?? []
        guard level == "OFF" ? destinations.count <= 1 : destinations.count == 1 else {
            throw APIError(
                "InvalidLoggingConfiguration",
                "Invalid Logging Configuration: Must specify exactly one Log Destination.")
        }
        var logging: JSONObject = [
            "level": .string(level), "includeExecutionData": .bool(given["includeExecutionData"]?.bool ?? false),
        ]
        if !destinations.isEmpty { logging["destinations"] = .array(destinations) }
        return logging
    }

    /// - Throws: InvalidDefinition with all that is wrong.
    static func check(_ definition: String, type: String) throws(APIError) {
        let options = CompileOptions(type: type == "EXPRESS" ? .express : .standard, includeWarnings: false)
        let compilation = Definition.compile(definition, options: options)
        if compilation.machine == nil { throw APIError("InvalidDefinition", compilation.diagnostics.refusal) }
    }

    /// `variableReferences` of a definition; nil when it has none.
    static func variableReferences(_ definition: String) -> JSONValue? {
        let machine = Definition.compile(definition, options: CompileOptions(includeWarnings: false)).machine
        guard let references = machine?.variableReferences, !references.isEmpty else { return nil }
        var object = JSONObject()
        for reference in references {
            object[JSONString(reference.state)] = .array(reference.variables.map { .string($0) })
        }
        return .object(object)
    }
}

extension ARN {
    /// - Throws: InvalidArn for a role that is no ARN.
    static func role(_ text: String) throws(APIError) -> String {
        guard text.hasPrefix("arn:") else { throw .invalidArn("Invalid ARN prefix: \(text)") }
        return text
    }
}
