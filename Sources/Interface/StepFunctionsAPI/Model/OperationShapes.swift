/// The members of each operation's request with their constraints. Source: the service's API model, version 2016-11-23 (surface § 1.7).
enum OperationShapes {
    private typealias Member = MemberShape.Member

    /// - Parameter payloadMax: of inputs and outputs, which AWS limits to 262,144.
    static func members(of operation: String, payloadMax: Int) -> [MemberShape.Member] {
        let payload = MemberShape.string(0...payloadMax, isSensitive: true)
        let error = Member.optional("error", .string(0...256, isSensitive: true))
        let cause = Member.optional("cause", .string(0...32_768, isSensitive: true))
        switch operation {
        case "CreateActivity":
            return [.required("name", name), .optional("tags", tags), .optional("encryptionConfiguration", encryption)]
        case "DeleteActivity", "DescribeActivity": return [.required("activityArn", arn)]
        case "GetActivityTask": return [.required("activityArn", arn), .optional("workerName", name)]
        case "CreateStateMachine":
            return [
                .required("name", name), .required("definition", definition), .required("roleArn", arn),
                .optional("type", machineType), .optional("loggingConfiguration", logging), .optional("tags", tags),
                .optional("tracingConfiguration", tracing), .optional("publish", .boolean),
                .optional("versionDescription", description), .optional("encryptionConfiguration", encryption),
            ]
        case "UpdateStateMachine":
            return [
                .required("stateMachineArn", arn), .optional("definition", definition), .optional("roleArn", arn),
                .optional("loggingConfiguration", logging), .optional("tracingConfiguration", tracing),
                .optional("publish", .boolean), .optional("versionDescription", description),
                .optional("encryptionConfiguration", encryption),
            ]
        case "DeleteStateMachine": return [.required("stateMachineArn", arn)]
        case "DescribeStateMachine": return [.required("stateMachineArn", arn), includedData]
        case "ValidateStateMachineDefinition":
            return [
                .required("definition", definition), .optional("type", machineType),
                .optional("severity", .enumeration(["ERROR", "WARNING"])), .optional("maxResults", .integer(0...100)),
            ]
        case "PublishStateMachineVersion":
            return [
                .required("stateMachineArn", arn), .optional("revisionId", .string()),
                .optional("description", description),
            ]
        case "DeleteStateMachineVersion": return [.required("stateMachineVersionArn", longArn)]
        case "CreateStateMachineAlias":
            return [
                .optional("description", description),
                .required("name", .string(1...80, pattern: .aliasName)), .required("routingConfiguration", routing),
            ]
        case "UpdateStateMachineAlias":
            return [
                .required("stateMachineAliasArn", arn), .optional("description", description),
                .optional("routingConfiguration", routing),
            ]
        case "DescribeStateMachineAlias", "DeleteStateMachineAlias": return [.required("stateMachineAliasArn", arn)]
        case "ListStateMachineAliases", "ListStateMachineVersions": return [.required("stateMachineArn", arn)] + page()
        case "ListStateMachines", "ListActivities": return page()
        case "ListExecutions":
            return [
                .optional("stateMachineArn", arn),
                .optional(
                    "statusFilter",
                    .enumeration(["SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING"])),
            ] + page(tokenMax: 3_096) + [
                .optional("mapRunArn", longArn),
                .optional("redriveFilter", .enumeration(["REDRIVEN", "NOT_REDRIVEN"])),
            ]
        case "StartExecution": return start(payload)
        case "StartSyncExecution": return start(payload) + [includedData]
        case "DescribeExecution", "DescribeStateMachineForExecution":
            return [.required("executionArn", arn), includedData]
        case "GetExecutionHistory":
            return [.required("executionArn", arn)] + page() + [
                .optional("reverseOrder", .boolean), .optional("includeExecutionData", .boolean),
            ]
        case "StopExecution": return [.required("executionArn", arn), error, cause]
        case "RedriveExecution":
            return [
                .required("executionArn", arn), .optional("clientToken", .string(1...64, pattern: .visibleASCII)),
            ]
        case "SendTaskSuccess": return [.required("taskToken", taskToken), .required("output", payload)]
        case "SendTaskFailure": return [.required("taskToken", taskToken), error, cause]
        case "SendTaskHeartbeat": return [.required("taskToken", taskToken)]
        case "TagResource": return [.required("resourceArn", arn), .required("tags", tags)]
        case "UntagResource":
            return [.required("resourceArn", arn), .required("tagKeys", .list(.string(1...128)))]
        case "ListTagsForResource": return [.required("resourceArn", arn)]
        case "DescribeMapRun": return [.required("mapRunArn", longArn)]
        case "ListMapRuns": return [.required("executionArn", arn)] + page()
        case "UpdateMapRun":
            return [
                .required("mapRunArn", longArn), .optional("maxConcurrency", .integer(0 ... .max)),
                .optional("toleratedFailurePercentage", .decimal(0...100)),
                .optional("toleratedFailureCount", .integer(0 ... .max)),
            ]
        case "TestState": return testState(payload, [error, cause])
        default: return []
        }
    }

    private static let arn = MemberShape.string(1...256)
    private static let longArn = MemberShape.string(1...2_000)
    private static let name = MemberShape.string(1...80)
    private static let definition = MemberShape.string(1...1_048_576, isSensitive: true)
    private static let description = MemberShape.string(0...256, isSensitive: true)
    private static let taskToken = MemberShape.string(1...2_048, isSensitive: true)
    private static let machineType = MemberShape.enumeration(["STANDARD", "EXPRESS"])
    private static let includedData = Member.optional("includedData", .enumeration(["ALL_DATA", "METADATA_ONLY"]))
    private static let tags = MemberShape.list(
        .structure("Tag", [.optional("key", .string(1...128)), .optional("value", .string(0...256))]))
    private static let tracing = MemberShape.structure("TracingConfiguration", [.optional("enabled", .boolean)])
    private static let encryption = MemberShape.structure(
        "EncryptionConfiguration",
        [
            .optional("kmsKeyId", .string(1...2_048)), .optional("kmsDataKeyReusePeriodSeconds", .integer(60...900)),
            .required("type", .enumeration(["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"])),
        ])
    private static let logging = MemberShape.structure(
        "LoggingConfiguration",
        [
            .optional("level", .enumeration(["ALL", "ERROR", "FATAL", "OFF"])),
            .optional("includeExecutionData", .boolean),
            .optional(
                "destinations",
                .list(
                    .structure(
                        "LogDestination",
                        [
                            .optional(
                                "cloudWatchLogsLogGroup",
                                .structure("CloudWatchLogsLogGroup", [.optional("logGroupArn", .string(1...256))]))
                        ]))),
        ])
    private static let routing = MemberShape.list(
        .structure(
            "RoutingConfigurationListItem",
            [.required("stateMachineVersionArn", arn), .required("weight", .integer(0...100))]), 1...2)

    private static func page(tokenMax: Int = 1_024) -> [MemberShape.Member] {
        [.optional("maxResults", .integer(0...1_000)), .optional("nextToken", .string(1...tokenMax))]
    }

    private static func start(_ payload: MemberShape) -> [MemberShape.Member] {
        [
            .required("stateMachineArn", arn), .optional("name", name), .optional("input", payload),
            .optional("traceHeader", .string(0...256, pattern: .ascii)),
        ]
    }

    private static func testState(
        _ payload: MemberShape, _ failure: [MemberShape.Member]
    ) -> [MemberShape.Member] {
        let stateName = MemberShape.string(1...80, isSensitive: true)
        return [
            .required("definition", definition), .optional("roleArn", arn), .optional("input", payload),
            .optional("inspectionLevel", .enumeration(["INFO", "DEBUG", "TRACE"])),
            .optional("revealSecrets", .boolean), .optional("variables", payload), .optional("stateName", stateName),
            .optional(
                "mock",
                .structure(
                    "MockInput",
                    [
                        .optional("result", payload), .optional("errorOutput", .structure("MockErrorOutput", failure)),
                        .optional("fieldValidationMode", .enumeration(["STRICT", "PRESENT", "NONE"])),
                    ])),
            .optional("context", payload),
            .optional(
                "stateConfiguration",
                .structure(
                    "TestStateConfiguration",
                    [
                        .optional("retrierRetryCount", .integer(0 ... .max)),
                        .optional("errorCausedByState", stateName),
                        .optional("mapIterationFailureCount", .integer(0 ... .max)),
                        .optional("mapItemReaderData", payload),
                    ])),
        ]
    }
}
