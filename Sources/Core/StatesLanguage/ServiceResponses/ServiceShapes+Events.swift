extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let events = #"""
        =CancelReplay #0 =CreateApiDestination #1 =CreateArchive #2 =CreateConnection #3 =CreateEndpoint #4
        =CreateEventBus #11 =CreatePartnerEventSource #14 =DeauthorizeConnection #15 =DeleteApiDestination #16
        =DeleteArchive #17 =DeleteConnection #18 =DeleteEndpoint #19 =DescribeApiDestination #20 =DescribeArchive #21
        =DescribeConnection #22 =DescribeEndpoint #34 =DescribeEventBus #35 =DescribeEventSource #36
        =DescribePartnerEventSource #37 =DescribeReplay #38 =DescribeRule #40 =ListApiDestinations #41 =ListArchives #43
        =ListConnections #45 =ListEndpoints #47 =ListEventBuses #49 =ListEventSources #51
        =ListPartnerEventSourceAccounts #53 =ListPartnerEventSources #55 =ListReplays #57 =ListRuleNamesByTarget #59
        =ListRules #60 =ListTagsForResource #62 =ListTargetsByRule #64 =PutEvents #86 =PutPartnerEvents #88 =PutRule #90
        =PutTargets #91 =RemoveTargets #93 =StartReplay #95 =TagResource #96 =TestEventPattern #97 =UntagResource #98
        =UpdateApiDestination #99 =UpdateArchive #100 =UpdateConnection #101 =UpdateEndpoint #102 =UpdateEventBus #103
        @0 ReplayArn:s1..1600 State:(STARTING|RUNNING|CANCELLING|COMPLETED|CANCELLED|FAILED) StateReason:s..512 @1
        ApiDestinationArn:s1..1600 ApiDestinationState:(ACTIVE|INACTIVE) CreationTime:t LastModifiedTime:t @2
        ArchiveArn:s1..1600 State:(ENABLED|DISABLED|CREATING|UPDATING|CREATE_FAILED|UPDATE_FAILED) StateReason:s..512
        CreationTime:t @3 ConnectionArn:s1..1600 ConnectionState:(CREATING|UPDATING|DELETING|AUTHORIZED|DEAUTHORIZED|\#
        AUTHORIZING|DEAUTHORIZING|ACTIVE|FAILED_CONNECTIVITY) CreationTime:t LastModifiedTime:t @4 Name:s1..64
        Arn:s1..1600 RoutingConfig:#5 ReplicationConfig:#9 EventBuses:[#10]2..2 RoleArn:s1..256
        State:(ACTIVE|CREATING|UPDATING|DELETING|CREATE_FAILED|UPDATE_FAILED|DELETE_FAILED) @5 FailoverConfig!:#6 @6
        Primary!:#7 Secondary!:#8 @7 HealthCheck!:s1..1600 @8 Route!:s9..20 @9 State:(ENABLED|DISABLED) @10
        EventBusArn!:s1..512 @11 EventBusArn:s Description:s..512 KmsKeyIdentifier:s..2048 DeadLetterConfig:#12
        LogConfig:#13 @12 Arn:s1..1600 @13 IncludeDetail:(NONE|FULL) Level:(OFF|ERROR|INFO|TRACE) @14 EventSourceArn:s
        @15 ConnectionArn:s1..1600 ConnectionState:(CREATING|UPDATING|DELETING|AUTHORIZED|DEAUTHORIZED|AUTHORIZING|\#
        DEAUTHORIZING|ACTIVE|FAILED_CONNECTIVITY) CreationTime:t LastModifiedTime:t LastAuthorizedTime:t @16 @17 @18
        ConnectionArn:s1..1600 ConnectionState:(CREATING|UPDATING|DELETING|AUTHORIZED|DEAUTHORIZED|AUTHORIZING|\#
        DEAUTHORIZING|ACTIVE|FAILED_CONNECTIVITY) CreationTime:t LastModifiedTime:t LastAuthorizedTime:t @19 @20
        ApiDestinationArn:s1..1600 Name:s1..64 Description:s..512 ApiDestinationState:(ACTIVE|INACTIVE)
        ConnectionArn:s1..1600 InvocationEndpoint:s1..2048 HttpMethod:(POST|GET|HEAD|OPTIONS|PUT|PATCH|DELETE)
        InvocationRateLimitPerSecond:n1.. CreationTime:t LastModifiedTime:t @21 ArchiveArn:s1..1600 ArchiveName:s1..48
        EventSourceArn:s1..1600 Description:s..512 EventPattern:s..4096
        State:(ENABLED|DISABLED|CREATING|UPDATING|CREATE_FAILED|UPDATE_FAILED) StateReason:s..512
        KmsKeyIdentifier:s..2048 RetentionDays:n SizeBytes:n EventCount:n CreationTime:t @22 ConnectionArn:s1..1600
        Name:s1..64 Description:s..512 InvocationConnectivityParameters:#23 ConnectionState:(CREATING|UPDATING|\#
        DELETING|AUTHORIZED|DEAUTHORIZED|AUTHORIZING|DEAUTHORIZING|ACTIVE|FAILED_CONNECTIVITY) StateReason:s..512
        AuthorizationType:(BASIC|OAUTH_CLIENT_CREDENTIALS|API_KEY) SecretArn:s20..2048 KmsKeyIdentifier:s..2048
        AuthParameters:#25 CreationTime:t LastModifiedTime:t LastAuthorizedTime:t @23 ResourceParameters!:#24 @24
        ResourceConfigurationArn!:s0..2048 ResourceAssociationArn!:s17..2048 @25 BasicAuthParameters:#26
        OAuthParameters:#27 ApiKeyAuthParameters:#33 InvocationHttpParameters:#29 ConnectivityParameters:#23 @26
        Username:s1..512 @27 ClientParameters:#28 AuthorizationEndpoint:s1..2048 HttpMethod:(GET|POST|PUT)
        OAuthHttpParameters:#29 @28 ClientId:s1..512 @29 HeaderParameters:[#30]0..100 QueryStringParameters:[#31]0..100
        BodyParameters:[#32]0..100 @30 Key:s..512 Value:s..512 IsValueSecret:b @31 Key:s..512 Value:s..512
        IsValueSecret:b @32 Key:s Value:s IsValueSecret:b @33 ApiKeyName:s1..512 @34 Name:s1..64 Description:s..512
        Arn:s1..1600 RoutingConfig:#5 ReplicationConfig:#9 EventBuses:[#10]2..2 RoleArn:s1..256 EndpointId:s1..50
        EndpointUrl:s1..256 State:(ACTIVE|CREATING|UPDATING|DELETING|CREATE_FAILED|UPDATE_FAILED|DELETE_FAILED)
        StateReason:s1..512 CreationTime:t LastModifiedTime:t @35 Name:s Arn:s Description:s..512
        KmsKeyIdentifier:s..2048 DeadLetterConfig:#12 Policy:s LogConfig:#13 CreationTime:t LastModifiedTime:t
        ManagedBy:s1..128 @36 Arn:s CreatedBy:s CreationTime:t ExpirationTime:t Name:s State:(PENDING|ACTIVE|DELETED)
        @37 Arn:s Name:s @38 ReplayName:s1..64 ReplayArn:s1..1600 Description:s..512
        State:(STARTING|RUNNING|CANCELLING|COMPLETED|CANCELLED|FAILED) StateReason:s..512 EventSourceArn:s1..1600
        Destination:#39 EventStartTime:t EventEndTime:t EventLastReplayedTime:t ReplayStartTime:t ReplayEndTime:t @39
        Arn!:s1..1600 FilterArns:[s1..1600] @40 Name:s1..64 Arn:s1..1600 EventPattern:s..4096 ScheduleExpression:s..256
        State:(ENABLED|DISABLED|ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS) Description:s..512 RoleArn:s1..1600
        ManagedBy:s1..128 EventBusName:s1..256 CreatedBy:s1..128 @41 ApiDestinations:[#42] NextToken:s1..2048 @42
        ApiDestinationArn:s1..1600 Name:s1..64 ApiDestinationState:(ACTIVE|INACTIVE) ConnectionArn:s1..1600
        InvocationEndpoint:s1..2048 HttpMethod:(POST|GET|HEAD|OPTIONS|PUT|PATCH|DELETE)
        InvocationRateLimitPerSecond:n1.. CreationTime:t LastModifiedTime:t @43 Archives:[#44] NextToken:s1..2048 @44
        ArchiveName:s1..48 EventSourceArn:s1..1600
        State:(ENABLED|DISABLED|CREATING|UPDATING|CREATE_FAILED|UPDATE_FAILED) StateReason:s..512 RetentionDays:n
        SizeBytes:n EventCount:n CreationTime:t @45 Connections:[#46] NextToken:s1..2048 @46 ConnectionArn:s1..1600
        Name:s1..64 ConnectionState:(CREATING|UPDATING|DELETING|AUTHORIZED|DEAUTHORIZED|AUTHORIZING|DEAUTHORIZING|\#
        ACTIVE|FAILED_CONNECTIVITY) StateReason:s..512 AuthorizationType:(BASIC|OAUTH_CLIENT_CREDENTIALS|API_KEY)
        CreationTime:t LastModifiedTime:t LastAuthorizedTime:t @47 Endpoints:[#48] NextToken:s1..2048 @48 Name:s1..64
        Description:s..512 Arn:s1..1600 RoutingConfig:#5 ReplicationConfig:#9 EventBuses:[#10]2..2 RoleArn:s1..256
        EndpointId:s1..50 EndpointUrl:s1..256
        State:(ACTIVE|CREATING|UPDATING|DELETING|CREATE_FAILED|UPDATE_FAILED|DELETE_FAILED) StateReason:s1..512
        CreationTime:t LastModifiedTime:t @49 EventBuses:[#50] NextToken:s1..2048 @50 Name:s Arn:s Description:s..512
        Policy:s CreationTime:t LastModifiedTime:t ManagedBy:s1..128 @51 EventSources:[#52] NextToken:s1..2048 @52 Arn:s
        CreatedBy:s CreationTime:t ExpirationTime:t Name:s State:(PENDING|ACTIVE|DELETED) @53
        PartnerEventSourceAccounts:[#54] NextToken:s1..2048 @54 Account:s12..12 CreationTime:t ExpirationTime:t
        State:(PENDING|ACTIVE|DELETED) @55 PartnerEventSources:[#56] NextToken:s1..2048 @56 Arn:s Name:s @57
        Replays:[#58] NextToken:s1..2048 @58 ReplayName:s1..64 EventSourceArn:s1..1600
        State:(STARTING|RUNNING|CANCELLING|COMPLETED|CANCELLED|FAILED) StateReason:s..512 EventStartTime:t
        EventEndTime:t EventLastReplayedTime:t ReplayStartTime:t ReplayEndTime:t @59 RuleNames:[s1..64]
        NextToken:s1..2048 @60 Rules:[#61] NextToken:s1..2048 @61 Name:s1..64 Arn:s1..1600 EventPattern:s..4096
        State:(ENABLED|DISABLED|ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS) Description:s..512
        ScheduleExpression:s..256 RoleArn:s1..1600 ManagedBy:s1..128 EventBusName:s1..256 @62 Tags:[#63] @63
        Key!:s1..128 Value!:s0..256 @64 Targets:[#65]1..100 NextToken:s1..2048 @65 Id!:s1..64 Arn!:s1..1600
        RoleArn:s1..1600 Input:s..8192 InputPath:s..256 InputTransformer:#66 KinesisParameters:#67
        RunCommandParameters:#68 EcsParameters:#70 BatchParameters:#76 SqsParameters:#79 HttpParameters:#80
        RedshiftDataParameters:#81 SageMakerPipelineParameters:#82 DeadLetterConfig:#12 RetryPolicy:#84
        AppSyncParameters:#85 @66 InputPathsMap:<s..256> InputTemplate!:s1..8192 @67 PartitionKeyPath!:s..256 @68
        RunCommandTargets!:[#69]1..5 @69 Key!:s1..128 Values!:[s1..256]1..50 @70 TaskDefinitionArn!:s1..1600
        TaskCount:n1.. LaunchType:(EC2|FARGATE|EXTERNAL) NetworkConfiguration:#71 PlatformVersion:s Group:s
        CapacityProviderStrategy:[#73]..6 EnableEcsManagedTags:b EnableExecuteCommand:b PlacementConstraints:[#74]..10
        PlacementStrategy:[#75]..5 PropagateTags:(TASK_DEFINITION) ReferenceId:s..1024 Tags:[#63] @71
        AwsvpcConfiguration:#72 @72 Subnets!:[s] SecurityGroups:[s] AssignPublicIp:(ENABLED|DISABLED) @73
        CapacityProvider!:s1..255 Weight:n0..1000 Base:n0..100000 @74 Type:(distinctInstance|memberOf)
        Expression:s..2000 @75 Type:(random|spread|binpack) Field:s..255 @76 JobDefinition!:s JobName!:s
        ArrayProperties:#77 RetryStrategy:#78 @77 Size:n @78 Attempts:n @79 MessageGroupId:s..100 @80
        PathParameterValues:[s] HeaderParameters:<s..512> QueryStringParameters:<s..512> @81 SecretManagerArn:s1..1600
        Database!:s1..64 DbUser:s1..128 Sql:s1..100000 StatementName:s1..500 WithEvent:b Sqls:[s1..100000]0..40 @82
        PipelineParameterList:[#83]0..200 @83 Name!:s1..256 Value!:s..1024 @84 MaximumRetryAttempts:n0..185
        MaximumEventAgeInSeconds:n60..86400 @85 GraphQlOperation:s1..1048576 @86 FailedEntryCount:n Entries:[#87] @87
        EventId:s..64 ErrorCode:s ErrorMessage:s @88 FailedEntryCount:n Entries:[#89] @89 EventId:s..64 ErrorCode:s
        ErrorMessage:s @90 RuleArn:s1..1600 @91 FailedEntryCount:n FailedEntries:[#92] @92 TargetId:s1..64 ErrorCode:s
        ErrorMessage:s @93 FailedEntryCount:n FailedEntries:[#94] @94 TargetId:s1..64 ErrorCode:s ErrorMessage:s @95
        ReplayArn:s1..1600 State:(STARTING|RUNNING|CANCELLING|COMPLETED|CANCELLED|FAILED) StateReason:s..512
        ReplayStartTime:t @96 @97 Result:b @98 @99 ApiDestinationArn:s1..1600 ApiDestinationState:(ACTIVE|INACTIVE)
        CreationTime:t LastModifiedTime:t @100 ArchiveArn:s1..1600
        State:(ENABLED|DISABLED|CREATING|UPDATING|CREATE_FAILED|UPDATE_FAILED) StateReason:s..512 CreationTime:t @101
        ConnectionArn:s1..1600 ConnectionState:(CREATING|UPDATING|DELETING|AUTHORIZED|DEAUTHORIZED|AUTHORIZING|\#
        DEAUTHORIZING|ACTIVE|FAILED_CONNECTIVITY) CreationTime:t LastModifiedTime:t LastAuthorizedTime:t @102
        Name:s1..64 Arn:s1..1600 RoutingConfig:#5 ReplicationConfig:#9 EventBuses:[#10]2..2 RoleArn:s1..256
        EndpointId:s1..50 EndpointUrl:s1..256
        State:(ACTIVE|CREATING|UPDATING|DELETING|CREATE_FAILED|UPDATE_FAILED|DELETE_FAILED) @103 Arn:s Name:s1..256
        KmsKeyIdentifier:s..2048 Description:s..512 DeadLetterConfig:#12 LogConfig:#13
        """#
}
