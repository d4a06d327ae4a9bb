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
    /// An operation that writes the JSON of its answer itself.
    typealias WritingOperation = @Sendable (inout APIRequest, APIServices) async throws -> [UInt8]

    /// Those whose answers are long.
    static let writing: [String: WritingOperation] = ["GetExecutionHistory": getExecutionHistory]

    /// The JSON of an operation's answer; nil for an unknown operation.
    static func named(_ name: String) -> WritingOperation? {
        if let operation = all[name] {
            return { request, services in JSONWriter.bytes(.object(try await operation(&request, services))) }
        }
        return writing[name]
    }
}
