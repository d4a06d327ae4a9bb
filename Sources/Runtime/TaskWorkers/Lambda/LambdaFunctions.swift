/// The functions that the configuration names.
struct LambdaFunctions: Sendable {
    private let configuration: LocalTaskConfiguration

    init(_ configuration: LocalTaskConfiguration) { self.configuration = configuration }

    /// What stands for a function: the entry that has its very ARN, else `name:qualifier`, else its name.
    /// - Throws: `Lambda.ResourceNotFoundException`, with what to write where.
    func target(_ function: LambdaFunctionName) throws(ServiceError) -> LambdaTarget {
        let functions = configuration.functions
        let keys = [function.text, "\(function.name):\(function.qualifier ?? "$LATEST")", function.name]
        for key in keys {
            if let target = functions[key] { return target }
        }
        let sameName = functions.keys.sorted().first {
            $0.hasPrefix("arn:") && LambdaFunctionName($0).name == function.name
        }
        if let sameName, let target = functions[sameName] { return target }
        let arn = function.arn(region: configuration.region, accountID: configuration.accountID)
        throw .lambda(
            "ResourceNotFoundException",
            "Function not found: \(arn): write it to \(configuration.configurationFile), "
                + "as functions.\(function.name).command (a program) or functions.\(function.name).url",
            statusCode: 404)
    }
}
