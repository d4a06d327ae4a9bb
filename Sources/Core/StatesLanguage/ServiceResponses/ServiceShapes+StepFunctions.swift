extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let stepFunctions = #"""
        =CreateActivity #0 =CreateStateMachine #1 =CreateStateMachineAlias #2 =DeleteActivity #3 =DeleteStateMachine #4
        =DeleteStateMachineAlias #5 =DeleteStateMachineVersion #6 =DescribeActivity #7 =DescribeExecution #9
        =DescribeMapRun #11 =DescribeStateMachine #14 =DescribeStateMachineAlias #19
        =DescribeStateMachineForExecution #21 =GetActivityTask #22 =GetExecutionHistory #23 =ListActivities #62
        =ListExecutions #64 =ListMapRuns #66 =ListStateMachineAliases #68 =ListStateMachineVersions #70
        =ListStateMachines #72 =ListTagsForResource #74 =PublishStateMachineVersion #76 =RedriveExecution #77
        =SendTaskFailure #78 =SendTaskHeartbeat #79 =SendTaskSuccess #80 =StartExecution #81 =StartSyncExecution #82
        =StopExecution #84 =TagResource #85 =TestState #86 =UntagResource #91 =UpdateMapRun #92 =UpdateStateMachine #93
        =UpdateStateMachineAlias #94 =ValidateStateMachineDefinition #95 @0 ActivityArn!:s1..256 CreationDate!:t @1
        StateMachineArn!:s1..256 CreationDate!:t StateMachineVersionArn:s1..256 @2 StateMachineAliasArn!:s1..256
        CreationDate!:t @3 @4 @5 @6 @7 ActivityArn!:s1..256 Name!:s1..80 CreationDate!:t EncryptionConfiguration:#8 @8
        KmsKeyId:s1..2048 KmsDataKeyReusePeriodSeconds:n60..900 Type!:(AWS_OWNED_KEY|CUSTOMER_MANAGED_KMS_KEY) @9
        ExecutionArn!:s1..256 StateMachineArn!:s1..256 Name:s1..80
        Status!:(RUNNING|SUCCEEDED|FAILED|TIMED_OUT|ABORTED|PENDING_REDRIVE) StartDate!:t StopDate:t Input:s..262144
        InputDetails:#10 Output:s..262144 OutputDetails:#10 TraceHeader:s0..256 MapRunArn:s1..2000 Error:s0..256
        Cause:s0..32768 StateMachineVersionArn:s1..256 StateMachineAliasArn:s1..256 RedriveCount:n RedriveDate:t
        RedriveStatus:(REDRIVABLE|NOT_REDRIVABLE|REDRIVABLE_BY_MAP_RUN) RedriveStatusReason:s..262144 @10 Included:b @11
        MapRunArn!:s1..2000 ExecutionArn!:s1..256 Status!:(RUNNING|SUCCEEDED|FAILED|ABORTED) StartDate!:t StopDate:t
        MaxConcurrency!:n ToleratedFailurePercentage!:n0..100 ToleratedFailureCount!:n ItemCounts!:#12
        ExecutionCounts!:#13 RedriveCount:n RedriveDate:t @12 Pending!:n Running!:n Succeeded!:n Failed!:n TimedOut!:n
        Aborted!:n Total!:n ResultsWritten!:n FailuresNotRedrivable:n PendingRedrive:n @13 Pending!:n Running!:n
        Succeeded!:n Failed!:n TimedOut!:n Aborted!:n Total!:n ResultsWritten!:n FailuresNotRedrivable:n
        PendingRedrive:n @14 StateMachineArn!:s1..256 Name!:s1..80 Status:(ACTIVE|DELETING) Definition!:s1..1048576
        RoleArn!:s1..256 Type!:(STANDARD|EXPRESS) CreationDate!:t LoggingConfiguration:#15 TracingConfiguration:#18
        Label:s RevisionId:s Description:s..256 EncryptionConfiguration:#8 VariableReferences:<[s]> @15
        Level:(ALL|ERROR|FATAL|OFF) IncludeExecutionData:b Destinations:[#16] @16 CloudWatchLogsLogGroup:#17 @17
        LogGroupArn:s1..256 @18 Enabled:b @19 StateMachineAliasArn:s1..256 Name:s1..80 Description:s..256
        RoutingConfiguration:[#20]1..2 CreationDate:t UpdateDate:t @20 StateMachineVersionArn!:s1..256 Weight!:n0..100
        @21 StateMachineArn!:s1..256 Name!:s1..80 Definition!:s1..1048576 RoleArn!:s1..256 UpdateDate!:t
        LoggingConfiguration:#15 TracingConfiguration:#18 MapRunArn:s1..2000 Label:s RevisionId:s
        EncryptionConfiguration:#8 VariableReferences:<[s]> @22 TaskToken:s1..2048 Input:s..1048576 @23 Events!:[#24]
        NextToken:s1..1024 @24 Timestamp!:t Type!:(ActivityFailed|ActivityScheduled|ActivityScheduleFailed|\#
        ActivityStarted|ActivitySucceeded|ActivityTimedOut|ChoiceStateEntered|ChoiceStateExited|ExecutionAborted|\#
        ExecutionFailed|ExecutionStarted|ExecutionSucceeded|ExecutionTimedOut|FailStateEntered|LambdaFunctionFailed|\#
        LambdaFunctionScheduled|LambdaFunctionScheduleFailed|LambdaFunctionStarted|LambdaFunctionStartFailed|\#
        LambdaFunctionSucceeded|LambdaFunctionTimedOut|MapIterationAborted|MapIterationFailed|MapIterationStarted|\#
        MapIterationSucceeded|MapStateAborted|MapStateEntered|MapStateExited|MapStateFailed|MapStateStarted|\#
        MapStateSucceeded|ParallelStateAborted|ParallelStateEntered|ParallelStateExited|ParallelStateFailed|\#
        ParallelStateStarted|ParallelStateSucceeded|PassStateEntered|PassStateExited|SucceedStateEntered|\#
        SucceedStateExited|TaskFailed|TaskScheduled|TaskStarted|TaskStartFailed|TaskStateAborted|TaskStateEntered|\#
        TaskStateExited|TaskSubmitFailed|TaskSubmitted|TaskSucceeded|TaskTimedOut|WaitStateAborted|WaitStateEntered|\#
        WaitStateExited|MapRunAborted|MapRunFailed|MapRunStarted|MapRunSucceeded|ExecutionRedriven|MapRunRedriven|\#
        EvaluationFailed) Id!:n PreviousEventId:n ActivityFailedEventDetails:#25 ActivityScheduleFailedEventDetails:#26
        ActivityScheduledEventDetails:#27 ActivityStartedEventDetails:#29 ActivitySucceededEventDetails:#30
        ActivityTimedOutEventDetails:#31 TaskFailedEventDetails:#32 TaskScheduledEventDetails:#33
        TaskStartFailedEventDetails:#35 TaskStartedEventDetails:#36 TaskSubmitFailedEventDetails:#37
        TaskSubmittedEventDetails:#38 TaskSucceededEventDetails:#39 TaskTimedOutEventDetails:#40
        ExecutionFailedEventDetails:#41 ExecutionStartedEventDetails:#42 ExecutionSucceededEventDetails:#43
        ExecutionAbortedEventDetails:#44 ExecutionTimedOutEventDetails:#45 ExecutionRedrivenEventDetails:#46
        MapStateStartedEventDetails:#47 MapIterationStartedEventDetails:#48 MapIterationSucceededEventDetails:#48
        MapIterationFailedEventDetails:#48 MapIterationAbortedEventDetails:#48 LambdaFunctionFailedEventDetails:#49
        LambdaFunctionScheduleFailedEventDetails:#50 LambdaFunctionScheduledEventDetails:#51
        LambdaFunctionStartFailedEventDetails:#52 LambdaFunctionSucceededEventDetails:#53
        LambdaFunctionTimedOutEventDetails:#54 StateEnteredEventDetails:#55 StateExitedEventDetails:#56
        MapRunStartedEventDetails:#58 MapRunFailedEventDetails:#59 MapRunRedrivenEventDetails:#60
        EvaluationFailedEventDetails:#61 @25 Error:s0..256 Cause:s0..32768 @26 Error:s0..256 Cause:s0..32768 @27
        Resource!:s1..256 Input:s..262144 InputDetails:#28 TimeoutInSeconds:n HeartbeatInSeconds:n @28 Truncated:b @29
        WorkerName:s..256 @30 Output:s..262144 OutputDetails:#28 @31 Error:s0..256 Cause:s0..32768 @32
        ResourceType!:s1..80 Resource!:s1..80 Error:s0..256 Cause:s0..32768 @33 ResourceType!:s1..80 Resource!:s1..80
        Region!:s1..80 Parameters!:s0..262144 TimeoutInSeconds:n HeartbeatInSeconds:n TaskCredentials:#34 @34
        RoleArn:s1..2000 @35 ResourceType!:s1..80 Resource!:s1..80 Error:s0..256 Cause:s0..32768 @36
        ResourceType!:s1..80 Resource!:s1..80 @37 ResourceType!:s1..80 Resource!:s1..80 Error:s0..256 Cause:s0..32768
        @38 ResourceType!:s1..80 Resource!:s1..80 Output:s..262144 OutputDetails:#28 @39 ResourceType!:s1..80
        Resource!:s1..80 Output:s..262144 OutputDetails:#28 @40 ResourceType!:s1..80 Resource!:s1..80 Error:s0..256
        Cause:s0..32768 @41 Error:s0..256 Cause:s0..32768 @42 Input:s..262144 InputDetails:#28 RoleArn:s1..256
        StateMachineAliasArn:s1..256 StateMachineVersionArn:s1..256 @43 Output:s..262144 OutputDetails:#28 @44
        Error:s0..256 Cause:s0..32768 @45 Error:s0..256 Cause:s0..32768 @46 RedriveCount:n @47 Length:n @48 Name:s1..80
        Index:n @49 Error:s0..256 Cause:s0..32768 @50 Error:s0..256 Cause:s0..32768 @51 Resource!:s1..256
        Input:s..262144 InputDetails:#28 TimeoutInSeconds:n TaskCredentials:#34 @52 Error:s0..256 Cause:s0..32768 @53
        Output:s..262144 OutputDetails:#28 @54 Error:s0..256 Cause:s0..32768 @55 Name!:s1..80 Input:s..262144
        InputDetails:#28 @56 Name!:s1..80 Output:s..262144 OutputDetails:#28 AssignedVariables:<s>
        AssignedVariablesDetails:#57 @57 Truncated:b @58 MapRunArn:s1..2000 @59 Error:s0..256 Cause:s0..32768 @60
        MapRunArn:s1..2000 RedriveCount:n @61 Error:s0..256 Cause:s0..32768 Location:s0..256 State!:s1..80 @62
        Activities!:[#63] NextToken:s1..1024 @63 ActivityArn!:s1..256 Name!:s1..80 CreationDate!:t @64 Executions!:[#65]
        NextToken:s1..3096 @65 ExecutionArn!:s1..256 StateMachineArn!:s1..256 Name!:s1..80
        Status!:(RUNNING|SUCCEEDED|FAILED|TIMED_OUT|ABORTED|PENDING_REDRIVE) StartDate!:t StopDate:t MapRunArn:s1..2000
        ItemCount:n StateMachineVersionArn:s1..256 StateMachineAliasArn:s1..256 RedriveCount:n RedriveDate:t @66
        MapRuns!:[#67] NextToken:s1..1024 @67 ExecutionArn!:s1..256 MapRunArn!:s1..2000 StateMachineArn!:s1..256
        StartDate!:t StopDate:t @68 StateMachineAliases!:[#69] NextToken:s1..1024 @69 StateMachineAliasArn!:s1..2000
        CreationDate!:t @70 StateMachineVersions!:[#71] NextToken:s1..1024 @71 StateMachineVersionArn!:s1..2000
        CreationDate!:t @72 StateMachines!:[#73] NextToken:s1..1024 @73 StateMachineArn!:s1..256 Name!:s1..80
        Type!:(STANDARD|EXPRESS) CreationDate!:t @74 Tags:[#75] @75 Key:s1..128 Value:s0..256 @76 CreationDate!:t
        StateMachineVersionArn!:s1..256 @77 RedriveDate!:t @78 @79 @80 @81 ExecutionArn!:s1..256 StartDate!:t @82
        ExecutionArn!:s1..256 StateMachineArn:s1..256 Name:s1..80 StartDate!:t StopDate!:t
        Status!:(SUCCEEDED|FAILED|TIMED_OUT) Error:s0..256 Cause:s0..32768 Input:s..262144 InputDetails:#10
        Output:s..262144 OutputDetails:#10 TraceHeader:s0..256 BillingDetails:#83 @83 BilledMemoryUsedInMb:n
        BilledDurationInMilliseconds:n @84 StopDate!:t @85 @86 Output:s..262144 Error:s0..256 Cause:s0..32768
        InspectionData:#87 NextState:s1..80 Status:(SUCCEEDED|FAILED|RETRIABLE|CAUGHT_ERROR) @87 Input:s..262144
        AfterArguments:s..262144 AfterInputPath:s..262144 AfterParameters:s..262144 Result:s..262144
        AfterResultSelector:s..262144 AfterResultPath:s..262144 Request:#88 Response:#89 Variables:s..262144
        ErrorDetails:#90 AfterItemsPath:s..262144 AfterItemSelector:s..262144 AfterItemBatcher:s..262144
        AfterItemsPointer:s..262144 ToleratedFailureCount:n ToleratedFailurePercentage:n0..100 MaxConcurrency:n @88
        Protocol:s Method:s Url:s Headers:s Body:s @89 Protocol:s StatusCode:s StatusMessage:s Headers:s Body:s @90
        CatchIndex:n RetryIndex:n RetryBackoffIntervalSeconds:n @91 @92 @93 UpdateDate!:t RevisionId:s
        StateMachineVersionArn:s1..256 @94 UpdateDate!:t @95 Result!:(OK|FAIL) Diagnostics!:[#96] Truncated:b @96
        Severity!:(ERROR|WARNING) Code!:s Message!:s Location:s
        """#
}
