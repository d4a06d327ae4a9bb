extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let codeBuild = #"""
        =BatchDeleteBuilds #0 =BatchGetBuilds #2 =BatchGetReports #29 =DeleteBuildBatch #35 =RetryBuild #36
        =RetryBuildBatch #37 =StartBuild #46 =StartBuildBatch #47 =StopBuild #48 =StopBuildBatch #49 @0
        BuildsDeleted:[s1..]1..100 BuildsNotDeleted:[#1] @1 Id:s1.. StatusCode:s @2 Builds:[#3]
        BuildsNotFound:[s1..]1..100 @3 Id:s1.. Arn:s1.. BuildNumber:n StartTime:t EndTime:t CurrentPhase:s
        BuildStatus:(SUCCEEDED|FAILED|FAULT|TIMED_OUT|IN_PROGRESS|STOPPED) SourceVersion:s1.. ResolvedSourceVersion:s1..
        ProjectName:s1.. Phases:[#4] Source:#6 SecondarySources:[#6]0..12 SecondarySourceVersions:[#10]0..12
        Artifacts:#11 SecondaryArtifacts:[#11]0..12 Cache:#12 Environment:#13 ServiceRole:s1.. Logs:#20
        TimeoutInMinutes:n QueuedTimeoutInMinutes:n BuildComplete:b Initiator:s VpcConfig:#23 NetworkInterface:#24
        EncryptionKey:s1.. ExportedEnvironmentVariables:[#25] ReportArns:[s] FileSystemLocations:[#26] DebugSession:#27
        BuildBatchArn:s AutoRetryConfig:#28 @4 PhaseType:(SUBMITTED|QUEUED|PROVISIONING|DOWNLOAD_SOURCE|INSTALL|\#
        PRE_BUILD|BUILD|POST_BUILD|UPLOAD_ARTIFACTS|FINALIZING|COMPLETED)
        PhaseStatus:(SUCCEEDED|FAILED|FAULT|TIMED_OUT|IN_PROGRESS|STOPPED) StartTime:t EndTime:t DurationInSeconds:n
        Contexts:[#5] @5 StatusCode:s Message:s @6
        Type!:(CODECOMMIT|CODEPIPELINE|GITHUB|GITLAB|GITLAB_SELF_MANAGED|S3|BITBUCKET|GITHUB_ENTERPRISE|NO_SOURCE)
        Location:s GitCloneDepth:n GitSubmodulesConfig:#7 Buildspec:s Auth:#8 ReportBuildStatus:b BuildStatusConfig:#9
        InsecureSsl:b SourceIdentifier:s @7 FetchSubmodules!:b @8 Type!:(OAUTH|CODECONNECTIONS|SECRETS_MANAGER)
        Resource:s @9 Context:s TargetUrl:s @10 SourceIdentifier!:s SourceVersion!:s @11 Location:s Sha256Sum:s Md5Sum:s
        OverrideArtifactName:b EncryptionDisabled:b ArtifactIdentifier:s BucketOwnerAccess:(NONE|READ_ONLY|FULL) @12
        Type!:(NO_CACHE|S3|LOCAL) Location:s Modes:[(LOCAL_DOCKER_LAYER_CACHE|LOCAL_SOURCE_CACHE|LOCAL_CUSTOM_CACHE)]
        CacheNamespace:s @13 Type!:(WINDOWS_CONTAINER|LINUX_CONTAINER|LINUX_GPU_CONTAINER|ARM_CONTAINER|\#
        WINDOWS_SERVER_2019_CONTAINER|WINDOWS_SERVER_2022_CONTAINER|LINUX_LAMBDA_CONTAINER|ARM_LAMBDA_CONTAINER|\#
        LINUX_EC2|ARM_EC2|WINDOWS_EC2|MAC_ARM) Image!:s1.. ComputeType!:(BUILD_GENERAL1_SMALL|BUILD_GENERAL1_MEDIUM|\#
        BUILD_GENERAL1_LARGE|BUILD_GENERAL1_XLARGE|BUILD_GENERAL1_2XLARGE|BUILD_LAMBDA_1GB|BUILD_LAMBDA_2GB|\#
        BUILD_LAMBDA_4GB|BUILD_LAMBDA_8GB|BUILD_LAMBDA_10GB|ATTRIBUTE_BASED_COMPUTE|CUSTOM_INSTANCE_TYPE)
        ComputeConfiguration:#14 Fleet:#15 EnvironmentVariables:[#16] PrivilegedMode:b Certificate:s
        RegistryCredential:#17 ImagePullCredentialsType:(CODEBUILD|SERVICE_ROLE) DockerServer:#18
        HostKernel:(LINUX_KERNEL_4|LINUX_KERNEL_6|LINUX_KERNEL_LATEST) @14 VCpu:n Memory:n Disk:n
        MachineType:(GENERAL|NVME) InstanceType:s1.. @15 FleetArn:s @16 Name!:s1.. Value!:s
        Type:(PLAINTEXT|PARAMETER_STORE|SECRETS_MANAGER) @17 Credential!:s1.. CredentialProvider!:(SECRETS_MANAGER) @18
        ComputeType!:(BUILD_GENERAL1_SMALL|BUILD_GENERAL1_MEDIUM|BUILD_GENERAL1_LARGE|BUILD_GENERAL1_XLARGE|\#
        BUILD_GENERAL1_2XLARGE|BUILD_LAMBDA_1GB|BUILD_LAMBDA_2GB|BUILD_LAMBDA_4GB|BUILD_LAMBDA_8GB|BUILD_LAMBDA_10GB|\#
        ATTRIBUTE_BASED_COMPUTE|CUSTOM_INSTANCE_TYPE) SecurityGroupIds:[s1..]..5 Status:#19 @19 Status:s Message:s @20
        GroupName:s StreamName:s DeepLink:s S3DeepLink:s CloudWatchLogsArn:s S3LogsArn:s CloudWatchLogs:#21 S3Logs:#22
        @21 Status!:(ENABLED|DISABLED) GroupName:s StreamName:s @22 Status!:(ENABLED|DISABLED) Location:s
        EncryptionDisabled:b BucketOwnerAccess:(NONE|READ_ONLY|FULL) @23 VpcId:s1.. Subnets:[s1..]..16
        SecurityGroupIds:[s1..]..5 @24 SubnetId:s1.. NetworkInterfaceId:s1.. @25 Name:s1.. Value:s @26 Type:(EFS)
        Location:s MountPoint:s Identifier:s MountOptions:s @27 SessionEnabled:b SessionTarget:s1.. @28 AutoRetryLimit:n
        AutoRetryNumber:n NextAutoRetry:s PreviousAutoRetry:s @29 Reports:[#30]1..100 ReportsNotFound:[s1..]1..100 @30
        Arn:s1.. Type:(TEST|CODE_COVERAGE) Name:s ReportGroupArn:s1.. ExecutionId:s
        Status:(GENERATING|SUCCEEDED|FAILED|INCOMPLETE|DELETING) Created:t Expired:t ExportConfig:#31 Truncated:b
        TestSummary:#33 CodeCoverageSummary:#34 @31 ExportConfigType:(S3|NO_EXPORT) S3Destination:#32 @32 Bucket:s1..
        BucketOwner:s Path:s Packaging:(ZIP|NONE) EncryptionKey:s1.. EncryptionDisabled:b @33 Total!:n StatusCounts!:<n>
        DurationInNanoSeconds!:n @34 LineCoveragePercentage:n0..100 LinesCovered:n LinesMissed:n
        BranchCoveragePercentage:n0..100 BranchesCovered:n BranchesMissed:n @35 StatusCode:s BuildsDeleted:[s1..]1..100
        BuildsNotDeleted:[#1] @36 Build:#3 @37 BuildBatch:#38 @38 Id:s1.. Arn:s1.. StartTime:t EndTime:t CurrentPhase:s
        BuildBatchStatus:(SUCCEEDED|FAILED|FAULT|TIMED_OUT|IN_PROGRESS|STOPPED) SourceVersion:s1..
        ResolvedSourceVersion:s1.. ProjectName:s1.. Phases:[#39] Source:#6 SecondarySources:[#6]0..12
        SecondarySourceVersions:[#10]0..12 Artifacts:#11 SecondaryArtifacts:[#11]0..12 Cache:#12 Environment:#13
        ServiceRole:s1.. LogConfig:#40 BuildTimeoutInMinutes:n QueuedTimeoutInMinutes:n Complete:b Initiator:s
        VpcConfig:#23 EncryptionKey:s1.. BuildBatchNumber:n FileSystemLocations:[#26] BuildBatchConfig:#41
        BuildGroups:[#43] DebugSessionEnabled:b ReportArns:[s] @39
        PhaseType:(SUBMITTED|DOWNLOAD_BATCHSPEC|IN_PROGRESS|COMBINE_ARTIFACTS|SUCCEEDED|FAILED|STOPPED)
        PhaseStatus:(SUCCEEDED|FAILED|FAULT|TIMED_OUT|IN_PROGRESS|STOPPED) StartTime:t EndTime:t DurationInSeconds:n
        Contexts:[#5] @40 CloudWatchLogs:#21 S3Logs:#22 @41 ServiceRole:s1.. CombineArtifacts:b Restrictions:#42
        TimeoutInMins:n BatchReportMode:(REPORT_INDIVIDUAL_BUILDS|REPORT_AGGREGATED_BATCH) @42 MaximumBuildsAllowed:n
        ComputeTypesAllowed:[s1..] FleetsAllowed:[s1..] @43 Identifier:s DependsOn:[s1..] IgnoreFailure:b
        CurrentBuildSummary:#44 PriorBuildSummaryList:[#44] @44 Arn:s RequestedOn:t
        BuildStatus:(SUCCEEDED|FAILED|FAULT|TIMED_OUT|IN_PROGRESS|STOPPED) PrimaryArtifact:#45 SecondaryArtifacts:[#45]
        @45 Type:(CODEPIPELINE|S3|NO_ARTIFACTS) Location:s Identifier:s @46 Build:#3 @47 BuildBatch:#38 @48 Build:#3 @49
        BuildBatch:#38
        """#
}
