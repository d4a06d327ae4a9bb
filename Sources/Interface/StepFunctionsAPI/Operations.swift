import JSON

/// The operations of the service. Each stands in a file of its own under Operations/.
enum Operations {
    typealias Operation = @Sendable (inout APIRequest, APIServices) async throws -> JSONObject

    /// By the name in `X-Amz-Target: AWSStepFunctions.NAME`.
    static let all: [String: Operation] = [
        "CreateActivity": createActivity,
        "CreateStateMachine": createStateMachine,
        "CreateStateMachineAlias": createStateMachineAlias,
        "DeleteActivity": deleteActivity,
        "DeleteStateMachine": deleteStateMachine,
        "DeleteStateMachineAlias": deleteStateMachineAlias,
        "DeleteStateMachineVersion": deleteStateMachineVersion,
        "DescribeActivity": describeActivity,
        "DescribeExecution": describeExecution,
        "DescribeMapRun": describeMapRun,
        "DescribeStateMachine": describeStateMachine,
        "DescribeStateMachineAlias": describeStateMachineAlias,
        "DescribeStateMachineForExecution": describeStateMachineForExecution,
        "GetActivityTask": getActivityTask,
        "GetExecutionHistory": getExecutionHistory,
        "ListActivities": listActivities,
        "ListExecutions": listExecutions,
        "ListMapRuns": listMapRuns,
        "ListStateMachineAliases": listStateMachineAliases,
        "ListStateMachineVersions": listStateMachineVersions,
        "ListStateMachines": listStateMachines,
        "ListTagsForResource": listTagsForResource,
        "PublishStateMachineVersion": publishStateMachineVersion,
        "RedriveExecution": redriveExecution,
        "SendTaskFailure": sendTaskFailure,
        "SendTaskHeartbeat": sendTaskHeartbeat,
        "SendTaskSuccess": sendTaskSuccess,
        "StartExecution": startExecution,
        "StartSyncExecution": startSyncExecution,
        "StopExecution": stopExecution,
        "TagResource": tagResource,
        "TestState": testState,
        "UntagResource": untagResource,
        "UpdateMapRun": updateMapRun,
        "UpdateStateMachine": updateStateMachine,
        "UpdateStateMachineAlias": updateStateMachineAlias,
        "ValidateStateMachineDefinition": validateStateMachineDefinition,
    ]
}
