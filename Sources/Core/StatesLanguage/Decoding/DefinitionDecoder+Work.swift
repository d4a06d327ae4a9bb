import JSON

/// Decoding of Task and Parallel states, and of what they and Map have in common.
extension DefinitionDecoder {
    mutating func decodeTask(_ fields: Fields, place: Place, in graph: inout TransitionGraph) -> TaskState? {
        let resource = text("Resource", of: fields)
        let target = resource.flatMap { checkResource($0, at: fields.path("Resource")) }
        if let target { refuseReservedParameters(of: fields, for: target) }
        let processing = processing(of: fields, parameters: "Parameters", place: place, in: &graph)
        let timeout = numberField("TimeoutSeconds", of: fields, in: 1...Double(Self.secondsMax))
        let heartbeat = numberField("HeartbeatSeconds", of: fields, in: 1...Double(Self.secondsMax))
        if case .value(let limit)? = timeout, case .value(let beat)? = heartbeat, beat >= limit {
            report(
                "HeartbeatSeconds must be smaller than TimeoutSeconds", at: fields.path,
                exactly: fields.path("HeartbeatSeconds"))
        }
        let role = credentialsRole(of: fields)
        let transition = transition(of: fields, place: place, in: &graph)
        guard let resource, let target, let transition else { return nil }
        return TaskState(
            resource: resource, target: target, processing: processing, timeoutSeconds: timeout,
            heartbeatSeconds: heartbeat,
            credentialsRoleArn: role, transition: transition)
    }

    private mutating func credentialsRole(of fields: Fields) -> TextField? {
        guard let object = object("Credentials", of: fields) else { return nil }
        let credentials = Fields(object: object, path: fields.path("Credentials"), in: fields)
        let dynamic = "RoleArn.$"
        if fields.language == .jsonPath, let value = credentials[dynamic] {
            allowOne(of: ["RoleArn", dynamic], in: credentials)
            if let text = value.string, Self.isPathOrIntrinsic(text) {
                if text.hasPrefix("$") { return path(dynamic, of: credentials).map { .path($0, field: dynamic) } }
                return (try? IntrinsicCall(parsing: text)).map { .intrinsic($0, field: dynamic) }
            }
            if !holdsPlaceholder(value) {
                report(Self.invalidTemplateMember(dynamic), at: credentials.path, exactly: credentials.path(dynamic))
            }
            return nil
        }
        guard credentials.has("RoleArn") else {
            missingRole(at: credentials)
            return nil
        }
        if let expression = expression(credentials["RoleArn"], "RoleArn", of: credentials) { return .query(expression) }
        return text("RoleArn", of: credentials).map { .value($0) }
    }

    /// AWS insists on `RoleArn`; the States Language leaves the members of Credentials to the interpreter, so a draft
    /// may go
    /// without.
    private mutating func missingRole(at credentials: Fields) {
        let message = "The field 'RoleArn' is required but was missing"
        guard options.allowPlaceholders else { return report(message, at: credentials.path) }
        _ = template(.object(credentials.object), "Credentials", of: credentials)
        warn(.schema, message, at: credentials.path)
    }

    /// What Step Functions itself says to ECS when it waits for a task. Source: recorded on AWS.
    private mutating func refuseReservedParameters(of fields: Fields, for target: TaskResource) {
        guard case .service("ecs", "runTask", .sync) = target else { return }
        let name = fields.language == .jsonPath ? "Parameters" : "Arguments"
        guard let members = fields[name]?.object?.members else { return }
        for member in members {
            let written = member.key.text
            let plain = fields.language == .jsonPath && written.hasSuffix(".$") ? String(written.dropLast(2)) : written
            guard plain == "StartedBy" || plain == "Count" else { continue }
            report(
                "The field '\(plain)' is not supported by Step Functions", at: fields.path(name),
                exactly: fields.path(name).appending(written))
        }
    }

    mutating func decodeParallel(_ fields: Fields, place: Place, in graph: inout TransitionGraph) -> ParallelState? {
        let processing = processing(of: fields, parameters: "Parameters", place: place, in: &graph)
        let transition = transition(of: fields, place: place, in: &graph)
        guard let elements = array("Branches", of: fields) else { return nil }
        if elements.isEmpty {
            report("Value cannot be empty", at: fields.path("Branches"))
            return nil
        }
        var branches: [StateID] = []
        for (index, element) in elements.enumerated() {
            let path = fields.path("Branches").appending(index)
            if let start = decodeMachine(element, at: path, depth: place.depth + 1, isProcessor: false) {
                branches.append(start)
            }
        }
        guard let transition, branches.count == elements.count else { return nil }
        return ParallelState(branches: branches, processing: processing, transition: transition)
    }

    /// - Parameter parameters: the JSONPath field that makes the arguments; nil for Map, whose `Parameters` is
    ///   something else.
    mutating func processing(
        of fields: Fields, parameters: String?, place: Place, in graph: inout TransitionGraph
    ) -> WorkProcessing {
        let isJSONPath = fields.language == .jsonPath
        let argumentsField = isJSONPath ? parameters : (parameters == nil ? nil : "Arguments")
        return WorkProcessing(
            inputPath: pathField("InputPath", of: fields),
            parameters: argumentsField.flatMap { template($0, of: fields) },
            resultSelector: isJSONPath ? template("ResultSelector", of: fields) : nil,
            resultPath: resultPath(of: fields),
            outputPath: pathField("OutputPath", of: fields),
            output: isJSONPath ? nil : template("Output", of: fields),
            assign: assign(of: fields),
            retriers: retriers(of: fields),
            catchers: catchers(of: fields, place: place, in: &graph))
    }
}
