/// The integrations that AWS has made for Step Functions (`arn:aws:states:::ecs:runTask.sync`); what else stands behind
/// `arn:aws:states:::` is refused. Calls of `aws-sdk:*` are not listed: there are thousands.
///
/// Source: Step Functions Developer Guide § Integrating optimized services.
enum ServiceCatalog {
    struct Service: Sendable {
        let name: String
        let actions: [String]
        /// Actions that also exist as `.sync`.
        let syncActions: [String]
        let hasTaskToken: Bool

        init(_ name: String, _ actions: [String], sync: [String] = [], taskToken: Bool = false) {
            self.name = name
            self.actions = actions + sync
            syncActions = sync
            hasTaskToken = taskToken
        }
    }

    static let services: [Service] = [
        Service("apigateway", ["invoke"], taskToken: true),
        Service(
            "athena", ["stopQueryExecution", "getQueryExecution", "getQueryResults"], sync: ["startQueryExecution"]),
        Service("batch", [], sync: ["submitJob"]),
        Service("bedrock", ["invokeModel"], sync: ["createModelCustomizationJob"], taskToken: true),
        Service(
            "codebuild", ["stopBuild", "batchDeleteBuilds", "batchGetReports", "stopBuildBatch", "deleteBuildBatch"],
            sync: ["startBuild", "startBuildBatch", "retryBuildBatch"]),
        Service("databrew", [], sync: ["startJobRun"]),
        Service("dynamodb", ["getItem", "putItem", "deleteItem", "updateItem"]),
        Service("ecs", [], sync: ["runTask"], taskToken: true),
        Service(
            "eks", ["call"],
            sync: [
                "runJob", "createCluster", "deleteCluster", "createNodegroup", "deleteNodegroup",
                "createFargateProfile",
                "deleteFargateProfile",
            ], taskToken: true),
        Service(
            "elasticmapreduce",
            [
                "cancelStep", "setClusterTerminationProtection", "modifyInstanceFleetByName",
                "modifyInstanceGroupByName",
            ], sync: ["createCluster", "terminateCluster", "addStep"]),
        Service("emr-containers", ["createVirtualCluster"], sync: ["deleteVirtualCluster", "startJobRun"]),
        Service(
            "emr-serverless", [],
            sync: [
                "createApplication", "deleteApplication", "startApplication", "stopApplication", "startJobRun",
                "cancelJobRun",
            ]),
        Service("events", ["putEvents"], taskToken: true),
        Service("glue", [], sync: ["startJobRun"]),
        Service("http", ["invoke"]),
        Service("lambda", ["invoke"], taskToken: true),
        Service("mediaconvert", [], sync: ["createJob"]),
        Service(
            "sagemaker", ["createModel", "createEndpointConfig", "createEndpoint", "updateEndpoint"],
            sync: [
                "createTrainingJob", "createTransformJob", "createHyperParameterTuningJob", "createLabelingJob",
                "createProcessingJob",
            ]),
        Service("sns", ["publish"], taskToken: true),
        Service("sqs", ["sendMessage"], taskToken: true),
        Service("states", [], sync: ["startExecution"], taskToken: true),
    ]

    /// Whether there is such an integration.
    static func has(type: String, action: String, pattern: TaskResource.Pattern) -> Bool {
        if type.hasPrefix("aws-sdk:") {
            return type.utf8.count > "aws-sdk:".utf8.count && !action.isEmpty
                && (pattern == .requestResponse || pattern == .waitForTaskToken)
        }
        guard let service = services.first(where: { $0.name == type }), service.actions.contains(action) else {
            return false
        }
        switch pattern {
        case .requestResponse: return true
        case .sync: return service.syncActions.contains(action)
        case .sync2: return type == "states"
        case .waitForTaskToken: return service.hasTaskToken
        }
    }

    /// The resources that `type` and `action` may be a misspelling of.
    static func hint(type: String, action: String) -> String? {
        if type.hasPrefix("aws-sdk:") { return nil }
        guard let service = services.first(where: { $0.name == type }) else {
            return SpellingSuggestion.hint(for: type, among: services.map(\.name))
        }
        if let near = SpellingSuggestion.hint(for: action, among: service.actions) { return near }
        let isAction = service.actions.contains(action)
        return isAction ? nil : "arn:aws:states:::aws-sdk:\(type):\(action) calls the service's API itself"
    }
}
