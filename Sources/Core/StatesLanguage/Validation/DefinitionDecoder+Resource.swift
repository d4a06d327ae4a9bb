import JSON

/// Judging a Task state's `Resource`.
extension DefinitionDecoder {
    /// - Returns: what the resource stands for. In a draft, a resource that is not known yet passes for a function:
    ///   those are
    ///   configured by their whole text.
    mutating func checkResource(_ text: String, at path: DefinitionPath) -> TaskResource? {
        if let resource = TaskResource(arn: text) { return check(resource, text: text, at: path) }
        if holdsPlaceholder(.string(text)) {
            if let resource = TaskResource(arn: PlaceholderCheck.replaced(in: text)), case .service = resource {
                return check(resource, text: text, at: path)
            }
            return .lambdaFunction(arn: text)
        }
        if options.allowPlaceholders {
            warn(.unknownResource, Self.unrecognized(text), at: path)
            return .lambdaFunction(arn: text)
        }
        report(Self.unrecognized(text), at: path, hint: Self.placeholderHint(for: .string(text)))
        return nil
    }

    private mutating func check(_ resource: TaskResource, text: String, at path: DefinitionPath) -> TaskResource? {
        let isExpress = options.type == .express
        switch resource {
        case .lambdaFunction:
            return resource
        case .activity:
            if isExpress { report("Express state machine does not support Activity ARN", at: path) }
            return resource
        case .service(let type, let action, let pattern):
            guard ServiceCatalog.has(type: type, action: action, pattern: pattern) else {
                if holdsPlaceholder(.string(text)) { return .lambdaFunction(arn: text) }
                report(Self.unrecognized(text), at: path, hint: ServiceCatalog.hint(type: type, action: action))
                return nil
            }
            if isExpress { refuseOnExpress(pattern, at: path) }
            return resource
        }
    }

    /// AWS's words, the blank at the end of the second included.
    private mutating func refuseOnExpress(_ pattern: TaskResource.Pattern, at path: DefinitionPath) {
        switch pattern {
        case .requestResponse: break
        case .sync, .sync2: report("Express state machine does not support '.sync' service integration", at: path)
        case .waitForTaskToken:
            report("Express state machine does not support '.waitForTaskToken' service integration ", at: path)
        }
    }

    private static func unrecognized(_ text: String) -> String {
        "The resource provided \(text) is not recognized. The value is not a valid resource ARN, or the resource is not "
            + "available in this region."
    }
}
