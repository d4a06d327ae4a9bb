import JSON

/// The routes of an alias: one or two versions of one machine, with weights that sum up to 100. Source: surface § 1.6.
struct AliasRouting {
    let routes: [JSONValue]
    private let arns: [String]
    private let weights: [Int64]

    /// Notes constraints that are broken in `request`.
    init(_ given: [JSONValue], _ request: inout APIRequest) throws(APIError) {
        var arns: [String] = []
        var weights: [Int64] = []
        for (index, route) in given.enumerated() {
            guard let object = route.object else { throw .mistyped }
            let name = "routingConfiguration.\(index + 1).member"
            if object["stateMachineVersionArn"]?.string == nil {
                request.violate("\(name).stateMachineVersionArn", nil, "not be null")
            }
            arns.append(object["stateMachineVersionArn"]?.string ?? "")
            guard let weight = object["weight"]?.number?.int64 else {
                request.violate("\(name).weight", nil, "not be null")
                continue
            }
            if weight > 100 {
                request.violate("\(name).weight", String(weight), "have value less than or equal to 100")
            }
            if weight < 0 { request.violate("\(name).weight", String(weight), "have value greater than or equal to 0") }
            weights.append(weight)
        }
        if !(1...2).contains(given.count) {
            let shown = zip(arns, weights).map {
                "RoutingConfigurationListItem(stateMachineVersionArn=\($0), weight=\($1))"
            }
            let bound = given.isEmpty ? "greater than or equal to 1" : "less than or equal to 2"
            request.violate("routingConfiguration", "[\(shown.joined(separator: ", "))]", "have length \(bound)")
        }
        self.arns = arns
        self.weights = weights
        routes = zip(arns, weights).map { ["stateMachineVersionArn": .string($0), "weight": .integer($1)] }
    }

    /// - Returns: the ARN of the machine whose versions these are.
    func machineArn() throws(APIError) -> String {
        let received = "Received: [\(arns.joined(separator: ", "))]"
        var machines: [String] = []
        for arn in arns {
            guard let reference = try? MachineReference(arn), case .version = reference.qualifier else {
                throw invalid("Routing configuration must contain state machine version ARNs. \(received)")
            }
            machines.append(reference.machineArn)
        }
        guard Set(arns).count == arns.count else {
            throw invalid("Routing configuration must contain distinct state machine version ARNs. \(received)")
        }
        guard Set(machines).count == 1, let machine = machines.first else {
            throw invalid("Routing configuration must contain versions of one state machine. \(received)")
        }
        guard weights.reduce(0, +) == 100 else {
            let shown = weights.map(String.init).joined(separator: ", ")
            throw invalid("Sum of routing configuration weights must equal 100. Received: [\(shown)]")
        }
        return machine
    }

    private func invalid(_ message: String) -> APIError {
        .validation(message, reason: "INVALID_ROUTING_CONFIGURATION")
    }
}

/// Names of aliases; only digits would be a version.
enum AliasName {
    static let pattern = #"^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$"#

    static func isValid(_ name: String) -> Bool {
        let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-.".unicodeScalars)
        let digits = Set("0123456789".unicodeScalars)
        let scalars = name.unicodeScalars
        return scalars.contains { letters.contains($0) }
            && scalars.allSatisfy { letters.contains($0) || digits.contains($0) }
    }
}
