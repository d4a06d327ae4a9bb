/// An ARN of Step Functions, taken apart: `arn:PARTITION:states:REGION:ACCOUNT:TYPE:NAME[:QUALIFIER…]`. Source: surface § 1.2.
struct ARN {
    let text: String
    /// `stateMachine`, `execution`, `express`, `activity`, `mapRun`.
    let type: String
    /// Behind the type.
    let path: [String]

    /// - Throws: InvalidArn for what is no ARN of the service.
    init(_ text: String) throws(APIError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts[0] == "arn" else { throw .invalidArn("Invalid ARN prefix: \(text)") }
        guard parts.count >= 6, parts[2] == "states" else { throw .invalidArn("Invalid ARN: \(text)") }
        self.text = text
        type = parts[5]
        path = Array(parts.dropFirst(6))
    }

    /// - Throws: InvalidArn when the ARN names another type of resource.
    func require(_ types: String...) throws(APIError) {
        guard types.contains(type) else { throw .invalidArn("Resource type not valid in this context: \(type)") }
    }
}

/// A state machine's ARN with what may stand behind its name.
struct MachineReference {
    enum Qualifier: Equatable {
        case version(Int)
        case alias(String)
    }

    /// As given.
    let text: String
    /// Of the machine itself.
    let machineArn: String
    let qualifier: Qualifier?

    /// - Throws: InvalidArn; ValidationException for the ARN of a Map's label.
    init(_ text: String) throws(APIError) {
        let arn = try ARN(text)
        try arn.require("stateMachine")
        guard let name = arn.path.first, arn.path.count <= 2 else { throw .invalidArn("Invalid ARN: \(text)") }
        if name.contains("/") {
            throw .validation(
                "The state machine ARN must not have a label: '\(text)'", reason: "API_DOES_NOT_SUPPORT_LABELED_ARNS")
        }
        self.text = text
        guard arn.path.count == 2 else {
            machineArn = text
            qualifier = nil
            return
        }
        let last = arn.path[1]
        machineArn = String(text.dropLast(last.count + 1))
        qualifier = Int(last).map(Qualifier.version) ?? .alias(last)
    }
}
