extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let lambda = #"""
        =AddLayerVersionPermission #0 =AddPermission #1 =CheckpointDurableExecution #2 =CreateAlias #12
        =CreateCapacityProvider #14 =CreateCodeSigningConfig #24 =CreateEventSourceMapping #28 =CreateFunction #47
        =CreateFunctionUrlConfig #70 =DeleteCapacityProvider #72 =DeleteCodeSigningConfig #73
        =DeleteDurableExecution #74 =DeleteEventSourceMapping #28 =DeleteFunction #75 =GetAccountSettings #76
        =GetAlias #12 =GetCapacityProvider #79 =GetCodeSigningConfig #80 =GetDurableExecution #81
        =GetDurableExecutionHistory #84 =GetDurableExecutionState #118 =GetEventSourceMapping #28 =GetFunction #119
        =GetFunctionCodeSigningConfig #125 =GetFunctionConcurrency #126 =GetFunctionConfiguration #47
        =GetFunctionEventInvokeConfig #127 =GetFunctionRecursionConfig #128 =GetFunctionScalingConfig #129
        =GetFunctionUrlConfig #131 =GetLayerVersion #132 =GetLayerVersionByArn #132 =GetLayerVersionPolicy #134
        =GetPolicy #135 =GetProvisionedConcurrencyConfig #136 =GetResourcePolicy #137 =GetRuntimeManagementConfig #138
        =Invoke #139 =InvokeAsync #140 =InvokeWithResponseStream #141 =ListAliases #142 =ListCapacityProviders #143
        =ListCodeSigningConfigs #144 =ListDurableExecutionsByFunction #145 =ListEventSourceMappings #147
        =ListFunctionEventInvokeConfigs #148 =ListFunctionUrlConfigs #149 =ListFunctionVersionsByCapacityProvider #151
        =ListFunctions #153 =ListFunctionsByCodeSigningConfig #154 =ListLayerVersions #155 =ListLayers #157
        =ListProvisionedConcurrencyConfigs #159 =ListTags #161 =ListVersionsByFunction #162 =PauseDurableExecution #163
        =PublishLayerVersion #164 =PublishVersion #47 =PutFunctionCodeSigningConfig #165 =PutFunctionConcurrency #124
        =PutFunctionEventInvokeConfig #127 =PutFunctionRecursionConfig #166 =PutFunctionScalingConfig #167
        =PutProvisionedConcurrencyConfig #168 =PutResourcePolicy #169 =PutRuntimeManagementConfig #170
        =ResumeDurableExecution #171 =SendDurableExecutionCallbackFailure #172
        =SendDurableExecutionCallbackHeartbeat #173 =SendDurableExecutionCallbackSuccess #174 =StopDurableExecution #175
        =UpdateAlias #12 =UpdateCapacityProvider #176 =UpdateCodeSigningConfig #177 =UpdateEventSourceMapping #28
        =UpdateFunctionCode #47 =UpdateFunctionConfiguration #47 =UpdateFunctionEventInvokeConfig #127
        =UpdateFunctionUrlConfig #178 @0 Statement:s RevisionId:s @1 Statement:s @2 CheckpointToken:s1..2048
        NewExecutionState!:#3 @3 Operations:[#4] NextMarker:s @4 Id!:s1..64 ParentId:s1..64 Name:s1..256
        Type!:(EXECUTION|CONTEXT|STEP|WAIT|CALLBACK|CHAINED_INVOKE) SubType:s1..32 StartTimestamp!:t EndTimestamp:t
        Status!:(STARTED|PENDING|READY|SUCCEEDED|FAILED|CANCELLED|TIMED_OUT|STOPPED) ExecutionDetails:#5
        ContextDetails:#6 StepDetails:#8 WaitDetails:#9 CallbackDetails:#10 ChainedInvokeDetails:#11 @5
        InputPayload:s0..6291456 @6 ReplayChildren:b Result:s0..6291456 Error:#7 @7 ErrorMessage:s ErrorType:s
        ErrorData:s StackTrace:[s] @8 Attempt:n NextAttemptTimestamp:t Result:s0..6291456 Error:#7 @9
        ScheduledEndTimestamp:t @10 CallbackId:s1..1024 Result:s0..6291456 Error:#7 @11 Result:s0..6291456 Error:#7 @12
        AliasArn:s0..10000 Name:s1..128 FunctionVersion:s1..1024 Description:s0..256 RoutingConfig:#13 RevisionId:s @13
        AdditionalVersionWeights:<n0..1> @14 CapacityProvider!:#15 @15 CapacityProviderArn!:s1..140
        State!:(Pending|Active|Failed|Deleting) VpcConfig!:#16 PermissionsConfig!:#17 InstanceRequirements:#18
        CapacityProviderScalingConfig:#19 KmsKeyArn:s0..10000 LastModified:s0..100 PropagateTags:#21 TelemetryConfig:#22
        @16 SubnetIds!:[s0..1024]1..16 SecurityGroupIds!:[s0..1024]0..5 @17 CapacityProviderOperatorRoleArn!:s0..10000
        @18 Architectures:[(x86_64|arm64)]1..1 AllowedInstanceTypes:[s1..30]0..400 ExcludedInstanceTypes:[s1..30]0..400
        @19 MaxVCpuCount:n2..15000 ScalingMode:(Auto|Manual) ScalingPolicies:[#20]1..10 @20
        PredefinedMetricType!:(LambdaCapacityProviderAverageCPUUtilization|LambdaCapacityProviderAverageGPUUtilization)
        TargetValue!:n0..100 @21 Mode:(None|Explicit) ExplicitTags:<s0..256> @22 LoggingConfig:#23 @23
        SystemLogLevel:(DEBUG|INFO|WARN) LogGroup:s1..512 @24 CodeSigningConfig!:#25 @25 CodeSigningConfigId!:s
        CodeSigningConfigArn!:s0..200 Description:s0..256 AllowedPublishers!:#26 CodeSigningPolicies!:#27
        LastModified!:s0..100 @26 SigningProfileVersionArns!:[s0..10000]1..20 @27
        UntrustedArtifactOnDeployment:(Warn|Enforce) @28 Uuid:s36..36
        StartingPosition:(TRIM_HORIZON|LATEST|AT_TIMESTAMP) StartingPositionTimestamp:t BatchSize:n1..10000
        MaximumBatchingWindowInSeconds:n0..300 ParallelizationFactor:n1..10 EventSourceArn:s0..10000 FilterCriteria:#29
        FilterCriteriaError:#31 KmsKeyArn:s0..10000 MetricsConfig:#32 LoggingConfig:#33 ScalingConfig:#34
        FunctionArn:s0..10000 LastModified:t LastProcessingResult:s State:s StateTransitionReason:s
        DestinationConfig:#35 Topics:[s1..249]1..1 Queues:[s1..1000]1..1 SourceAccessConfigurations:[#38]0..23
        SelfManagedEventSource:#39 MaximumRecordAgeInSeconds:n-1..604800 BisectBatchOnFunctionError:b
        MaximumRetryAttempts:n-1..10000 TumblingWindowInSeconds:n0..900
        FunctionResponseTypes:[(ReportBatchItemFailures)]0..1 AmazonManagedKafkaEventSourceConfig:#40
        SelfManagedKafkaEventSourceConfig:#44 DocumentDbEventSourceConfig:#45 EventSourceMappingArn:s85..120
        ProvisionedPollerConfig:#46 @29 Filters:[#30] @30 Pattern:s0..4096 @31 ErrorCode:s10..50 Message:s10..2048 @32
        Metrics:[(EventCount|ErrorCount|KafkaMetrics)]0..3 @33 SystemLogLevel:(DEBUG|INFO|WARN) @34
        MaximumConcurrency:n2..1000 @35 OnSuccess:#36 OnFailure:#37 @36 Destination:s0..350 @37 Destination:s0..350 @38
        Type:(BASIC_AUTH|VPC_SUBNET|VPC_SECURITY_GROUP|SASL_SCRAM_512_AUTH|SASL_SCRAM_256_AUTH|VIRTUAL_HOST|\#
        CLIENT_CERTIFICATE_TLS_AUTH|SERVER_ROOT_CA_CERTIFICATE|OAUTHBEARER_AUTH|OAUTHBEARER_SCOPE|OAUTHBEARER_AUDIENCE|\#
        OAUTHBEARER_LOGICAL_CLUSTER|OAUTHBEARER_IDENTITY_POOL|IAM_AUTH|IAM_OAUTHBEARER_AUTH) Uri:s1..200 @39
        Endpoints:<[s1..300]1..10> @40 ConsumerGroupId:s1..200 SchemaRegistryConfig:#41 @41 SchemaRegistryUri:s1..10000
        EventRecordFormat:(JSON|SOURCE) AccessConfigs:[#42] SchemaValidationConfigs:[#43] @42
        Type:(BASIC_AUTH|CLIENT_CERTIFICATE_TLS_AUTH|SERVER_ROOT_CA_CERTIFICATE|OAUTHBEARER_AUTH) Uri:s0..10000 @43
        Attribute:(KEY|VALUE) @44 ConsumerGroupId:s1..200 SchemaRegistryConfig:#41 ConsumptionMode:(Stream|Queue) @45
        DatabaseName:s1..63 CollectionName:s1..57 FullDocument:(UpdateLookup|Default) @46 MinimumPollers:n1..200
        MaximumPollers:n1..10000 PollerGroupName:s0..128 @47 FunctionName:s1..256 FunctionArn:s0..10000 Runtime:(nodejs|\#
        nodejs4.3|nodejs6.10|nodejs8.10|nodejs10.x|nodejs12.x|nodejs14.x|nodejs16.x|nodejs18.x|nodejs20.x|nodejs22.x|\#
        nodejs24.x|java8|java8.al2|java11|java17|java21|java25|python2.7|python3.6|python3.7|python3.8|python3.9|\#
        python3.10|python3.11|python3.12|python3.13|python3.14|dotnetcore1.0|dotnetcore2.0|dotnetcore2.1|dotnetcore3.1|\#
        dotnet6|dotnet8|dotnet10|nodejs4.3-edge|go1.x|ruby2.5|ruby2.7|ruby3.2|ruby3.3|ruby3.4|ruby4.0|provided|\#
        provided.al2|provided.al2023|nodejs26.x|python3.15|java8.al2023|java11.al2023|java17.al2023|custom)
        Role:s0..10000 Handler:s0..128 CodeSize:n Description:s0..256 Timeout:n1..5400 MemorySize:n128..10240
        LastModified:s0..100 CodeSha256:s Version:s1..1024 VpcConfig:#48 DeadLetterConfig:#49 Environment:#50
        KmsKeyArn:s0..10000 TracingConfig:#52 MasterArn:s0..10000 RevisionId:s Layers:[#53]
        State:(Pending|Active|Inactive|Failed|Deactivating|Deactivated|ActiveNonInvocable|Deleting) StateReason:s
        StateReasonCode:(Idle|Creating|Restoring|EniLimitExceeded|InsufficientRolePermissions|InvalidConfiguration|\#
        InternalError|SubnetOutOfIPAddresses|InvalidSubnet|InvalidSecurityGroup|ImageDeleted|ImageAccessDenied|\#
        InvalidImage|KMSKeyAccessDenied|KMSKeyNotFound|InvalidStateKMSKey|DisabledKMSKey|EFSIOError|\#
        EFSMountConnectivityError|EFSMountFailure|EFSMountTimeout|InvalidRuntime|InvalidZipFileException|FunctionError|\#
        ServiceQuotaExceededException|VcpuLimitExceeded|CapacityProviderScalingLimitExceeded|InsufficientCapacity|\#
        EC2RequestLimitExceeded|FunctionError.InitTimeout|FunctionError.RuntimeInitError|\#
        FunctionError.ExtensionInitError|FunctionError.InvalidEntryPoint|FunctionError.InvalidWorkingDirectory|\#
        FunctionError.PermissionDenied|FunctionError.TooManyExtensions|FunctionError.InitResourceExhausted|\#
        DisallowedByVpcEncryptionControl|DrainingDurableExecutions|IncompatibleAcceleratorInstanceTypes|\#
        DependencyError) LastUpdateStatus:(Successful|Failed|InProgress) LastUpdateStatusReason:s
        LastUpdateStatusReasonCode:(EniLimitExceeded|InsufficientRolePermissions|InvalidConfiguration|InternalError|\#
        SubnetOutOfIPAddresses|InvalidSubnet|InvalidSecurityGroup|ImageDeleted|ImageAccessDenied|InvalidImage|\#
        KMSKeyAccessDenied|KMSKeyNotFound|InvalidStateKMSKey|DisabledKMSKey|EFSIOError|EFSMountConnectivityError|\#
        EFSMountFailure|EFSMountTimeout|InvalidRuntime|InvalidZipFileException|FunctionError|\#
        ServiceQuotaExceededException|VcpuLimitExceeded|CapacityProviderScalingLimitExceeded|InsufficientCapacity|\#
        EC2RequestLimitExceeded|FunctionError.InitTimeout|FunctionError.RuntimeInitError|\#
        FunctionError.ExtensionInitError|FunctionError.InvalidEntryPoint|FunctionError.InvalidWorkingDirectory|\#
        FunctionError.PermissionDenied|FunctionError.TooManyExtensions|FunctionError.InitResourceExhausted|\#
        DisallowedByVpcEncryptionControl|IncompatibleAcceleratorInstanceTypes|DependencyError)
        FileSystemConfigs:[#54]0..1 SigningProfileVersionArn:s0..10000 SigningJobArn:s0..10000 PackageType:(Zip|Image)
        ImageConfigResponse:#56 Architectures:[(x86_64|arm64)]1..1 EphemeralStorage:#59 SnapStart:#60
        RuntimeVersionConfig:#61 LoggingConfig:#63 TenancyConfig:#64 CapacityProviderConfig:#65 ConfigSha256:s
        DurableConfig:#67 RuntimeConfig:#68 AcceleratorConfig:#69 @48 SubnetIds:[s0..1024]0..16
        SecurityGroupIds:[s0..1024]0..5 VpcId:s Ipv6AllowedForDualStack:b @49 TargetArn:s0..10000 @50 Variables:<s>
        Error:#51 @51 ErrorCode:s Message:s @52 Mode:(Active|PassThrough) @53 Arn:s1..2048 CodeSize:n
        SigningProfileVersionArn:s0..10000 SigningJobArn:s0..10000 @54 Arn!:s0..256 LocalMountPath!:s0..160
        S3FilesConfig:#55 @55 DirectS3Read:(ENABLED|DISABLED|AUTO) @56 ImageConfig:#57 Error:#58 @57
        EntryPoint:[s]0..1500 Command:[s]0..1500 WorkingDirectory:s0..1000 @58 ErrorCode:s Message:s @59
        Size!:n512..32768 @60 ApplyOn:(PublishedVersions|None) OptimizationStatus:(On|Off) @61
        RuntimeVersionArn:s26..2048 Error:#62 @62 ErrorCode:s Message:s @63 LogFormat:(JSON|Text)
        ApplicationLogLevel:(TRACE|DEBUG|INFO|WARN|ERROR|FATAL) SystemLogLevel:(DEBUG|INFO|WARN) LogGroup:s1..512 @64
        TenantIsolationMode!:(PER_TENANT) @65 LambdaManagedInstancesCapacityProviderConfig!:#66 @66
        CapacityProviderArn!:s1..140 PerExecutionEnvironmentMaxConcurrency:n1..1600
        ExecutionEnvironmentMemoryGiBPerVCpu:n2..8 @67 KmsKeyArn:s0..10000 RetentionPeriodInDays:n1..90
        ExecutionTimeout:n1..31622400 @68 RuntimeArn!:s48..2048 RuntimeAlias!:s1..128 @69 AcceleratorMemorySize!:n @70
        FunctionUrl!:s40..100 FunctionArn!:s0..10000 AuthType!:(NONE|AWS_IAM) Cors:#71 CreationTime!:s0..100
        InvokeMode:(BUFFERED|RESPONSE_STREAM) @71 AllowCredentials:b AllowHeaders:[s0..1024]0..100
        AllowMethods:[s0..6]0..6 AllowOrigins:[s1..253]0..100 ExposeHeaders:[s0..1024]0..100 MaxAge:n0..86400 @72
        CapacityProvider!:#15 @73 @74 DeletionRequestTimestamp!:t @75 StatusCode:n @76 AccountLimit:#77 AccountUsage:#78
        @77 TotalCodeSize:n CodeSizeUnzipped:n CodeSizeZipped:n ConcurrentExecutions:n UnreservedConcurrentExecutions:n
        @78 TotalCodeSize:n FunctionCount:n @79 CapacityProvider!:#15 @80 CodeSigningConfig!:#25 @81
        DurableExecutionArn!:s1..1024 DurableExecutionName!:s1..64 FunctionArn!:s0..10000 InputPayload:s0..6291456
        Result:s0..6291456 Error:#7 StartTimestamp!:t
        Status!:(RUNNING|SUCCEEDED|FAILED|TIMED_OUT|STOPPED|DELETING|PAUSING|PAUSED) EndTimestamp:t Version:s1..1024
        TraceHeader:#82 ExecutionDataIncluded:b DurableConfig:#67 PauseDetails:#83 ExpectedExecutionTimeoutTimestamp:t
        @82 XAmznTraceId:s0..8192 @83 PauseRequestTimestamp!:t Reason:s0..1024 ExecutionTimeoutPaused!:b @84
        Events!:[#85] NextMarker:s @85 EventType:(ExecutionStarted|ExecutionSucceeded|ExecutionFailed|\#
        ExecutionTimedOut|ExecutionStopped|ContextStarted|ContextSucceeded|ContextFailed|WaitStarted|WaitSucceeded|\#
        WaitCancelled|StepStarted|StepSucceeded|StepFailed|ChainedInvokeStarted|ChainedInvokeSucceeded|\#
        ChainedInvokeFailed|ChainedInvokeTimedOut|ChainedInvokeStopped|CallbackStarted|CallbackSucceeded|\#
        CallbackFailed|CallbackTimedOut|InvocationCompleted|ExecutionPaused|ExecutionResumed) SubType:s1..32
        EventId:n1.. Id:s1..64 Name:s1..256 EventTimestamp:t ParentId:s1..64 ExecutionStartedDetails:#86
        ExecutionSucceededDetails:#88 ExecutionFailedDetails:#90 ExecutionTimedOutDetails:#92
        ExecutionStoppedDetails:#93 ContextStartedDetails:#94 ContextSucceededDetails:#95 ContextFailedDetails:#96
        WaitStartedDetails:#97 WaitSucceededDetails:#98 WaitCancelledDetails:#99 StepStartedDetails:#100
        StepSucceededDetails:#101 StepFailedDetails:#103 ChainedInvokeStartedDetails:#104
        ChainedInvokeSucceededDetails:#105 ChainedInvokeFailedDetails:#106 ChainedInvokeTimedOutDetails:#107
        ChainedInvokeStoppedDetails:#108 CallbackStartedDetails:#109 CallbackSucceededDetails:#110
        CallbackFailedDetails:#111 CallbackTimedOutDetails:#112 InvocationCompletedDetails:#113
        ExecutionPausedDetails:#114 ExecutionResumedDetails:#116 @86 Input!:#87 ExecutionTimeout!:n @87
        Payload:s0..6291456 Truncated:b @88 Result!:#89 @89 Payload:s0..6291456 Truncated:b @90 Error!:#91 @91
        Payload:#7 Truncated:b @92 Error:#91 @93 Error!:#91 @94 @95 Result!:#89 @96 Error!:#91 @97 Duration!:n
        ScheduledEndTimestamp!:t @98 Duration:n @99 Error:#91 @100 @101 Result!:#89 RetryDetails!:#102 @102
        CurrentAttempt:n NextAttemptDelaySeconds:n @103 Error!:#91 RetryDetails!:#102 @104 FunctionName!:s1..256
        TenantId:s1..256 Input:#87 ExecutedVersion:s1..1024 DurableExecutionArn:s1..1024 @105 Result!:#89 @106
        Error!:#91 @107 Error!:#91 @108 Error!:#91 @109 CallbackId!:s1..1024 HeartbeatTimeout:n Timeout:n @110
        Result!:#89 @111 Error!:#91 @112 Error!:#91 @113 StartTimestamp!:t EndTimestamp!:t RequestId!:s Error:#91 @114
        PauseRequestTimestamp!:t Reason:#115 ExecutionTimeoutPaused!:b @115 Payload:s0..1024 Truncated:b @116
        ResumeRequestTimestamp!:t Reason:#117 @117 Payload:s0..1024 Truncated:b @118 Operations!:[#4] NextMarker:s @119
        Configuration:#47 Code:#120 Tags:<s0..256> TagsError:#123 Concurrency:#124 @120 RepositoryType:s
        Location:s0..10000 ImageUri:s ResolvedImageUri:s ResolvedS3Object:#121 SourceKmsKeyArn:s0..10000 Error:#122 @121
        S3Bucket:s3..63 S3Key:s1..1024 S3ObjectVersion:s1..1024 @122 ErrorCode:s Message:s @123 ErrorCode!:s10..21
        Message!:s84..1000 @124 ReservedConcurrentExecutions:n @125 CodeSigningConfigArn!:s0..200 FunctionName!:s1..140
        @126 ReservedConcurrentExecutions:n @127 LastModified:t FunctionArn:s0..10000 MaximumRetryAttempts:n0..2
        MaximumEventAgeInSeconds:n60..21600 DestinationConfig:#35 @128 RecursiveLoop:(Allow|Terminate) @129
        FunctionArn:s0..10000 AppliedFunctionScalingConfig:#130 RequestedFunctionScalingConfig:#130 @130
        MinExecutionEnvironments:n0..15000 MaxExecutionEnvironments:n0..15000 @131 FunctionUrl!:s40..100
        FunctionArn!:s0..10000 AuthType!:(NONE|AWS_IAM) Cors:#71 CreationTime!:s0..100 LastModifiedTime!:s0..100
        InvokeMode:(BUFFERED|RESPONSE_STREAM) @132 Content:#133 LayerArn:s1..2048 LayerVersionArn:s1..2048
        Description:s0..256 CreatedDate:s0..100 Version:n CompatibleArchitectures:[(x86_64|arm64)]0..2
        CompatibleRuntimes:[(nodejs|nodejs4.3|nodejs6.10|nodejs8.10|nodejs10.x|nodejs12.x|nodejs14.x|nodejs16.x|\#
        nodejs18.x|nodejs20.x|nodejs22.x|nodejs24.x|java8|java8.al2|java11|java17|java21|java25|python2.7|python3.6|\#
        python3.7|python3.8|python3.9|python3.10|python3.11|python3.12|python3.13|python3.14|dotnetcore1.0|\#
        dotnetcore2.0|dotnetcore2.1|dotnetcore3.1|dotnet6|dotnet8|dotnet10|nodejs4.3-edge|go1.x|ruby2.5|ruby2.7|\#
        ruby3.2|ruby3.3|ruby3.4|ruby4.0|provided|provided.al2|provided.al2023|nodejs26.x|python3.15|java8.al2023|\#
        java11.al2023|java17.al2023|custom)]0..15 LicenseInfo:s0..512 @133 Location:s0..10000 CodeSha256:s CodeSize:n
        SigningProfileVersionArn:s0..10000 SigningJobArn:s0..10000 ResolvedS3Object:#121 @134 Policy:s RevisionId:s @135
        Policy:s RevisionId:s @136 RequestedProvisionedConcurrentExecutions:n1..
        AvailableProvisionedConcurrentExecutions:n AllocatedProvisionedConcurrentExecutions:n
        Status:(IN_PROGRESS|READY|FAILED) StatusReason:s LastModified:s0..100 @137 Policy:s1..20480 RevisionId:s36..36
        @138 UpdateRuntimeOn:(Auto|Manual|FunctionUpdate) FunctionArn:s0..10000 RuntimeVersionArn:s26..2048 @139
        StatusCode:n FunctionError:s LogResult:s Payload:s ExecutedVersion:s1..1024 DurableExecutionArn:s1..1024 @140
        Status:n @141 StatusCode:n ExecutedVersion:s1..1024 EventStream:a ResponseStreamContentType:s @142 NextMarker:s
        Aliases:[#12] @143 CapacityProviders!:[#15]0..50 NextMarker:s @144 NextMarker:s CodeSigningConfigs:[#25] @145
        DurableExecutions:[#146] NextMarker:s @146 DurableExecutionArn!:s1..1024 DurableExecutionName!:s1..64
        FunctionArn!:s0..10000 Status!:(RUNNING|SUCCEEDED|FAILED|TIMED_OUT|STOPPED|DELETING|PAUSING|PAUSED)
        StartTimestamp!:t EndTimestamp:t KmsKeyArn:s0..10000 @147 NextMarker:s EventSourceMappings:[#28] @148
        FunctionEventInvokeConfigs:[#127] NextMarker:s @149 FunctionUrlConfigs!:[#150] NextMarker:s @150
        FunctionUrl!:s40..100 FunctionArn!:s0..10000 CreationTime!:s0..100 LastModifiedTime!:s0..100 Cors:#71
        AuthType!:(NONE|AWS_IAM) InvokeMode:(BUFFERED|RESPONSE_STREAM) @151 CapacityProviderArn!:s1..140
        FunctionVersions!:[#152]0..50 NextMarker:s @152 FunctionArn!:s0..10000
        State!:(Pending|Active|Inactive|Failed|Deactivating|Deactivated|ActiveNonInvocable|Deleting) @153 NextMarker:s
        Functions:[#47] @154 NextMarker:s FunctionArns:[s0..10000] @155 NextMarker:s LayerVersions:[#156] @156
        LayerVersionArn:s1..2048 Version:n Description:s0..256 CreatedDate:s0..100
        CompatibleArchitectures:[(x86_64|arm64)]0..2 CompatibleRuntimes:[(nodejs|nodejs4.3|nodejs6.10|nodejs8.10|\#
        nodejs10.x|nodejs12.x|nodejs14.x|nodejs16.x|nodejs18.x|nodejs20.x|nodejs22.x|nodejs24.x|java8|java8.al2|java11|\#
        java17|java21|java25|python2.7|python3.6|python3.7|python3.8|python3.9|python3.10|python3.11|python3.12|\#
        python3.13|python3.14|dotnetcore1.0|dotnetcore2.0|dotnetcore2.1|dotnetcore3.1|dotnet6|dotnet8|dotnet10|\#
        nodejs4.3-edge|go1.x|ruby2.5|ruby2.7|ruby3.2|ruby3.3|ruby3.4|ruby4.0|provided|provided.al2|provided.al2023|\#
        nodejs26.x|python3.15|java8.al2023|java11.al2023|java17.al2023|custom)]0..15 LicenseInfo:s0..512 @157
        NextMarker:s Layers:[#158] @158 LayerName:s1..140 LayerArn:s1..2048 LatestMatchingVersion:#156 @159
        ProvisionedConcurrencyConfigs:[#160] NextMarker:s @160 FunctionArn:s0..10000
        RequestedProvisionedConcurrentExecutions:n1.. AvailableProvisionedConcurrentExecutions:n
        AllocatedProvisionedConcurrentExecutions:n Status:(IN_PROGRESS|READY|FAILED) StatusReason:s LastModified:s0..100
        @161 Tags:<s0..256> @162 NextMarker:s Versions:[#47] @163 @164 Content:#133 LayerArn:s1..2048
        LayerVersionArn:s1..2048 Description:s0..256 CreatedDate:s0..100 Version:n
        CompatibleArchitectures:[(x86_64|arm64)]0..2 CompatibleRuntimes:[(nodejs|nodejs4.3|nodejs6.10|nodejs8.10|\#
        nodejs10.x|nodejs12.x|nodejs14.x|nodejs16.x|nodejs18.x|nodejs20.x|nodejs22.x|nodejs24.x|java8|java8.al2|java11|\#
        java17|java21|java25|python2.7|python3.6|python3.7|python3.8|python3.9|python3.10|python3.11|python3.12|\#
        python3.13|python3.14|dotnetcore1.0|dotnetcore2.0|dotnetcore2.1|dotnetcore3.1|dotnet6|dotnet8|dotnet10|\#
        nodejs4.3-edge|go1.x|ruby2.5|ruby2.7|ruby3.2|ruby3.3|ruby3.4|ruby4.0|provided|provided.al2|provided.al2023|\#
        nodejs26.x|python3.15|java8.al2023|java11.al2023|java17.al2023|custom)]0..15 LicenseInfo:s0..512 @165
        CodeSigningConfigArn!:s0..200 FunctionName!:s1..140 @166 RecursiveLoop:(Allow|Terminate) @167
        FunctionState:(Pending|Active|Inactive|Failed|Deactivating|Deactivated|ActiveNonInvocable|Deleting) @168
        RequestedProvisionedConcurrentExecutions:n1.. AllocatedProvisionedConcurrentExecutions:n
        AvailableProvisionedConcurrentExecutions:n Status:(IN_PROGRESS|READY|FAILED) StatusReason:s LastModified:s0..100
        @169 Policy:s1..20480 RevisionId:s36..36 @170 UpdateRuntimeOn!:(Auto|Manual|FunctionUpdate)
        FunctionArn!:s0..10000 RuntimeVersionArn:s26..2048 @171 @172 @173 @174 @175 StopTimestamp!:t @176
        CapacityProvider!:#15 @177 CodeSigningConfig!:#25 @178 FunctionUrl!:s40..100 FunctionArn!:s0..10000
        AuthType!:(NONE|AWS_IAM) Cors:#71 CreationTime!:s0..100 LastModifiedTime!:s0..100
        InvokeMode:(BUFFERED|RESPONSE_STREAM)
        """#
}
