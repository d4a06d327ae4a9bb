extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let ssm = #"""
        =DeleteParameter #0 =DeleteParameters #1 =DescribeParameters #2 =GetCommandInvocation #5 =GetParameter #7
        =GetParameterHistory #9 =GetParameters #11 =GetParametersByPath #12 =PutParameter #13 =SendCommand #14
        =StartAutomationExecution #21 @0 @1 DeletedParameters:[s1..2048]1..10 InvalidParameters:[s1..2048]1..10 @2
        Parameters:[#3] NextToken:s @3 Name:s1..2048 Arn:s Type:(String|StringList|SecureString) KeyId:s1..256
        LastModifiedDate:t LastModifiedUser:s Description:s0..1024 AllowedPattern:s0..1024 Version:n
        Tier:(Standard|Advanced|Intelligent-Tiering) Policies:[#4] DataType:s0..128 @4 PolicyText:s PolicyType:s
        PolicyStatus:s @5 CommandId:s36..36 InstanceId:s Comment:s..100 DocumentName:s DocumentVersion:s PluginName:s4..
        ResponseCode:n ExecutionStartDateTime:s ExecutionElapsedTime:s ExecutionEndDateTime:s
        Status:(Pending|InProgress|Delayed|Success|Cancelled|TimedOut|Failed|Cancelling) StatusDetails:s0..100
        StandardOutputContent:s..24000 StandardOutputUrl:s StandardErrorContent:s..8000 StandardErrorUrl:s
        CloudWatchOutputConfig:#6 @6 CloudWatchLogGroupName:s1..512 CloudWatchOutputEnabled:b @7 Parameter:#8 @8
        Name:s1..2048 Type:(String|StringList|SecureString) Value:s Version:n Selector:s0..128 SourceResult:s
        LastModifiedDate:t Arn:s DataType:s0..128 @9 Parameters:[#10] NextToken:s @10 Name:s1..2048
        Type:(String|StringList|SecureString) KeyId:s1..256 LastModifiedDate:t LastModifiedUser:s Description:s0..1024
        Value:s AllowedPattern:s0..1024 Version:n Labels:[s1..100]1..10 Tier:(Standard|Advanced|Intelligent-Tiering)
        Policies:[#4] DataType:s0..128 @11 Parameters:[#8] InvalidParameters:[s1..2048]1..10 @12 Parameters:[#8]
        NextToken:s @13 Version:n Tier:(Standard|Advanced|Intelligent-Tiering) @14 Command:#15 @15 CommandId:s36..36
        DocumentName:s DocumentVersion:s Comment:s..100 ExpiresAfter:t Parameters:<[s]> InstanceIds:[s]0..50
        Targets:[#16]0..5 RequestedDateTime:t Status:(Pending|InProgress|Success|Cancelled|Failed|TimedOut|Cancelling)
        StatusDetails:s0..100 OutputS3Region:s3..20 OutputS3BucketName:s3..63 OutputS3KeyPrefix:s..500
        MaxConcurrency:s1..7 MaxErrors:s1..7 TargetCount:n CompletedCount:n ErrorCount:n DeliveryTimedOutCount:n
        ServiceRole:s NotificationConfig:#17 CloudWatchOutputConfig:#6 TimeoutSeconds:n30..2592000
        AlarmConfiguration:#18 TriggeredAlarms:[#20]1..1 @16 Key:s1..163 Values:[s]0..50 @17 NotificationArn:s
        NotificationEvents:[(All|InProgress|Success|TimedOut|Cancelled|Failed)] NotificationType:(Command|Invocation)
        @18 IgnorePollAlarmFailure:b Alarms!:[#19]1..1 @19 Name!:s1..255 @20 Name!:s1..255 State!:(UNKNOWN|ALARM) @21
        AutomationExecutionId:s36..36
        """#
}
