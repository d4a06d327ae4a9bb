public import JSON

/// How strictly a mocked result is held against the response of the API that it stands for.
public enum MockValidationMode: String, Sendable, CaseIterable {
    /// Required members must be there, and what is there must fit.
    case strict = "STRICT"
    /// What is there must fit.
    case present = "PRESENT"
    case none = "NONE"
}

/// Whether a mocked result could be the answer of the service that a Task state calls.
///
/// The responses of the services that are most used are known; any answer goes for the others. A `.sync` result is held against
/// what describes the job, a `.waitForTaskToken` result is whatever its sender sends.
/// Source: Step Functions Developer Guide § Testing with TestState, field validation; texts as recorded, those about the length of
/// arrays and unexpected nulls are ours.
public enum ServiceResponses {
    /// - Returns: AWS's sentence about the first member that does not fit; nil when all do.
    public static func problem(in result: JSONValue, of target: TaskResource, mode: MockValidationMode) -> String? {
        guard mode != .none, case .service(let type, let action, let pattern) = target,
            let (shapes, kind) = shape(type: type, action: action, pattern: pattern)
        else { return nil }
        let check = ResponseCheck(shapes: shapes, isStrict: mode == .strict, parsedMembers: parsed(type, pattern))
        return check.problem(in: result, named: nil, kind)
    }

    /// Members that the integration gives parsed, where the API's are text.
    private static func parsed(_ type: String, _ pattern: TaskResource.Pattern) -> [String] {
        switch (type, pattern) {
        case ("lambda", _): ["Payload"]
        case ("states", .sync2): ["Input", "Output"]
        default: []
        }
    }

    private static func shape(
        type: String, action: String, pattern: TaskResource.Pattern
    ) -> (ServiceShapes, ServiceShapes.Kind)? {
        guard let notation = notation(of: type) else { return nil }
        let shapes = ServiceShapes(notation)
        switch pattern {
        case .waitForTaskToken: return nil
        case .requestResponse:
            let name = type == "elasticmapreduce" ? clusterActions[action] ?? action : action
            return shapes.response(of: name).map { (shapes, $0) }
        case .sync, .sync2:
            guard let (operation, path) = describers["\(type):\(action)"], let whole = shapes.response(of: operation)
            else { return nil }
            return shapes.kind(at: path, from: whole).map { (shapes, $0) }
        }
    }

    /// What a job's result is read from: an operation, and the way to the job in its response.
    private static let describers: [String: (operation: String, path: [String])] = [
        "athena:startQueryExecution": ("getQueryExecution", []), "batch:submitJob": ("describeJobs", ["Jobs"]),
        "codebuild:startBuild": ("startBuild", []), "codebuild:startBuildBatch": ("startBuildBatch", []),
        "ecs:runTask": ("describeTasks", ["Tasks"]), "glue:startJobRun": ("getJobRun", ["JobRun"]),
        "states:startExecution": ("describeExecution", []),
    ]

    /// Actions of `elasticmapreduce` that the API calls otherwise.
    private static let clusterActions = [
        "createCluster": "runJobFlow", "terminateCluster": "terminateJobFlows", "addStep": "addJobFlowSteps",
        "cancelStep": "cancelSteps", "setClusterTerminationProtection": "setTerminationProtection",
        "modifyInstanceFleetByName": "modifyInstanceFleet", "modifyInstanceGroupByName": "modifyInstanceGroups",
    ]

    private static func notation(of type: String) -> String? {
        switch type.hasPrefix("aws-sdk:") ? String(type.dropFirst("aws-sdk:".count)) : type {
        case "athena": ServiceShapes.athena
        case "batch": ServiceShapes.batch
        case "codebuild": ServiceShapes.codeBuild
        case "dynamodb": ServiceShapes.dynamoDB
        case "ecs": ServiceShapes.ecs
        case "elasticmapreduce", "emr": ServiceShapes.emr
        case "events", "eventbridge", "cloudwatchevents": ServiceShapes.events
        case "glue": ServiceShapes.glue
        case "kms": ServiceShapes.kms
        case "lambda": ServiceShapes.lambda
        case "s3": ServiceShapes.s3
        case "secretsmanager": ServiceShapes.secretsManager
        case "sns": ServiceShapes.sns
        case "sqs": ServiceShapes.sqs
        case "ssm": ServiceShapes.ssm
        case "states", "sfn": ServiceShapes.stepFunctions
        case "sts": ServiceShapes.sts
        default: nil
        }
    }
}
