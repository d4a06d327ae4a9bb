extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let ecs = #"""
        =AssociateGatewayWithCluster #0 =ContinueServiceDeployment #1 =CreateCapacityProvider #2 =CreateCluster #25
        =CreateDaemon #36 =CreateExpressGatewayService #37 =CreateGateway #48 =CreateService #49 =CreateTaskSet #92
        =DeleteAccountSetting #93 =DeleteAttributes #95 =DeleteCapacityProvider #97 =DeleteCluster #98 =DeleteDaemon #99
        =DeleteDaemonTaskDefinition #100 =DeleteExpressGatewayService #101 =DeleteGateway #102 =DeleteService #103
        =DeleteTaskDefinitions #104 =DeleteTaskSet #141 =DeregisterContainerInstance #142 =DeregisterTaskDefinition #149
        =DescribeCapacityProviders #150 =DescribeClusters #151 =DescribeContainerInstances #152 =DescribeDaemon #153
        =DescribeDaemonDeployments #157 =DescribeDaemonRevisions #166 =DescribeDaemonTaskDefinition #169
        =DescribeExpressGatewayService #175 =DescribeGateway #176 =DescribeGatewayResources #188
        =DescribeGatewayRoute #192 =DescribeServiceDeployments #197 =DescribeServiceRevisions #204
        =DescribeServices #235 =DescribeTaskDefinition #236 =DescribeTaskSets #237 =DescribeTasks #238
        =DisassociateGatewayFromCluster #249 =DiscoverPollEndpoint #250 =ExecuteCommand #251 =GetTaskProtection #253
        =ListAccountSettings #255 =ListAttributes #256 =ListClusters #257 =ListContainerInstances #258
        =ListDaemonDeployments #259 =ListDaemonTaskDefinitions #261 =ListDaemons #263
        =ListGatewayClusterAssociations #265 =ListGatewayRoutes #267 =ListGateways #269 =ListServiceDeployments #271
        =ListServices #273 =ListServicesByNamespace #274 =ListTagsForResource #275 =ListTaskDefinitionFamilies #276
        =ListTaskDefinitions #277 =ListTasks #278 =PutAccountSetting #279 =PutAccountSettingDefault #280
        =PutAttributes #281 =PutClusterCapacityProviders #282 =RegisterContainerInstance #283
        =RegisterDaemonTaskDefinition #284 =RegisterTaskDefinition #285 =RunTask #286 =StartTask #287
        =StopServiceDeployment #288 =StopTask #289 =SubmitAttachmentStateChanges #290 =SubmitContainerStateChange #291
        =SubmitTaskStateChange #292 =TagResource #293 =UntagResource #294 =UpdateCapacityProvider #295
        =UpdateCluster #296 =UpdateClusterSettings #297 =UpdateContainerAgent #298 =UpdateContainerInstancesState #299
        =UpdateDaemon #300 =UpdateExpressGatewayService #301 =UpdateGateway #303 =UpdateService #304
        =UpdateServicePrimaryTaskSet #305 =UpdateTaskProtection #306 =UpdateTaskSet #307 @0 GatewayArn:s ClusterArn:s
        Status:(ACTIVE|DISASSOCIATING|INACTIVE) @1 ServiceDeploymentArn:s @2 CapacityProvider:#3 @3
        CapacityProviderArn:s Name:s Cluster:s Status:(PROVISIONING|ACTIVE|DEPROVISIONING|INACTIVE)
        AutoScalingGroupProvider:#4 ManagedInstancesProvider:#6 UpdateStatus:(CREATE_IN_PROGRESS|CREATE_COMPLETE|\#
        CREATE_FAILED|DELETE_IN_PROGRESS|DELETE_COMPLETE|DELETE_FAILED|UPDATE_IN_PROGRESS|UPDATE_COMPLETE|\#
        UPDATE_FAILED) UpdateStatusReason:s Tags:[#24]0..50
        Type:(EC2_AUTOSCALING|MANAGED_INSTANCES|FARGATE|FARGATE_SPOT) @4 AutoScalingGroupArn!:s ManagedScaling:#5
        ManagedTerminationProtection:(ENABLED|DISABLED) ManagedDraining:(ENABLED|DISABLED) @5 Status:(ENABLED|DISABLED)
        TargetCapacity:n1..100 MinimumScalingStepSize:n1..10000 MaximumScalingStepSize:n1..10000
        InstanceWarmupPeriod:n0..10000 @6 InfrastructureRoleArn:s InstanceLaunchTemplate:#7
        PropagateTags:(CAPACITY_PROVIDER|NONE) InfrastructureOptimization:#22 AutoRepairConfiguration:#23 @7
        Ec2InstanceProfileArn!:s NetworkConfiguration!:#8 StorageConfiguration:#9 LocalStorageConfiguration:#10
        Monitoring:(BASIC|DETAILED) CapacityOptionType:(ON_DEMAND|SPOT|RESERVED) InstanceMetadataTagsPropagation:b
        InstanceRequirements:#11 FipsEnabled:b CapacityReservations:#21 NitroEnclavesEnabled:b @8 Subnets:[s]
        SecurityGroups:[s] @9 StorageSizeGib:n1.. @10 UseLocalStorage:b @11 VCpuCount!:#12 MemoryMib!:#13
        CpuManufacturers:[(intel|amd|amazon-web-services)] MemoryGiBPerVCpu:#14 ExcludedInstanceTypes:[s1..30]0..400
        InstanceGenerations:[(current|previous)] SpotMaxPricePercentageOverLowestPrice:n
        OnDemandMaxPricePercentageOverLowestPrice:n BareMetal:(included|required|excluded)
        BurstablePerformance:(included|required|excluded) RequireHibernateSupport:b NetworkInterfaceCount:#15
        LocalStorage:(included|required|excluded) LocalStorageTypes:[(hdd|ssd)] TotalLocalStorageGb:#16
        BaselineEbsBandwidthMbps:#17 AcceleratorTypes:[(gpu|fpga|inference)] AcceleratorCount:#18
        AcceleratorManufacturers:[(amazon-web-services|amd|nvidia|xilinx|habana)]
        AcceleratorNames:[(a100|inferentia|k520|k80|m60|radeon-pro-v520|t4|vu9p|v100|a10g|h100|t4g|l40s|l4)]
        AcceleratorTotalMemoryMib:#19 NetworkBandwidthGbps:#20 AllowedInstanceTypes:[s1..30]0..400
        MaxSpotPriceAsPercentageOfOptimalOnDemandPrice:n @12 Min!:n Max:n @13 Min!:n Max:n @14 Min:n Max:n @15 Min:n
        Max:n @16 Min:n Max:n @17 Min:n Max:n @18 Min:n Max:n @19 Min:n Max:n @20 Min:n Max:n @21 ReservationGroupArn:s
        ReservationPreference:(RESERVATIONS_ONLY|RESERVATIONS_FIRST|RESERVATIONS_EXCLUDED) @22 ScaleInAfter:n @23
        ActionsStatus:(ENABLED|DISABLED) @24 Key:s1..128 Value:s0..256 @25 Cluster:#26 @26 ClusterArn:s ClusterName:s
        Configuration:#27 Status:s RegisteredContainerInstancesCount:n RunningTasksCount:n PendingTasksCount:n
        ActiveServicesCount:n Statistics:[#31] Tags:[#24]0..50 Settings:[#32] CapacityProviders:[s]
        DefaultCapacityProviderStrategy:[#33] Attachments:[#34] AttachmentsStatus:s ServiceConnectDefaults:#35 @27
        ExecuteCommandConfiguration:#28 ManagedStorageConfiguration:#30 @28 KmsKeyId:s Logging:(NONE|DEFAULT|OVERRIDE)
        LogConfiguration:#29 @29 CloudWatchLogGroupName:s CloudWatchEncryptionEnabled:b S3BucketName:s
        S3EncryptionEnabled:b S3KeyPrefix:s @30 KmsKeyId:s FargateEphemeralStorageKmsKeyId:s @31 Name:s Value:s @32
        Name:(containerInsights) Value:s @33 CapacityProvider!:s Weight:n0..1000 Base:n0..100000 @34 Id:s Type:s
        Status:s Details:[#31] @35 Namespace:s @36 DaemonArn:s Status:(ACTIVE|DELETE_IN_PROGRESS) CreatedAt:t
        DeploymentArn:s @37 Service:#38 @38 Cluster:s ServiceName:s ServiceArn:s InfrastructureRoleArn:s Status:#39
        CurrentDeployment:s ActiveConfigurations:[#40] Tags:[#24]0..50 CreatedAt:t UpdatedAt:t @39
        StatusCode:(ACTIVE|DRAINING|INACTIVE) StatusReason:s @40 ServiceRevisionArn:s ExecutionRoleArn:s TaskRoleArn:s
        TaskDefinitionArn:s Cpu:s Memory:s CpuArchitecture:(X86_64|ARM64) NetworkConfiguration:#41 HealthCheckPath:s
        PrimaryContainer:#42 ScalingTarget:#46 IngressPaths:[#47] CreatedAt:t @41 SecurityGroups:[s] Subnets:[s] @42
        Image!:s ContainerPort:n AwsLogsConfiguration:#43 RepositoryCredentials:#44 Command:[s] Environment:[#31]
        Secrets:[#45] @43 LogGroup!:s LogStreamPrefix!:s @44 CredentialsParameter:s @45 Name!:s ValueFrom!:s @46
        MinTaskCount:n MaxTaskCount:n AutoScalingMetric:(AVERAGE_CPU|AVERAGE_MEMORY|REQUEST_COUNT_PER_TARGET)
        AutoScalingTargetValue:n @47 AccessType!:(PUBLIC|PRIVATE) Endpoint!:s @48 GatewayArn:s Name:s
        Status:(ACTIVE|UPDATE_IN_PROGRESS|UPDATE_COMPLETE|UPDATE_FAILED|DELETED) @49 Service:#50 @50 ServiceArn:s
        ServiceName:s ClusterArn:s LoadBalancers:[#51] ServiceRegistries:[#53] Status:s DesiredCount:n RunningCount:n
        PendingCount:n LaunchType:(EC2|FARGATE|EXTERNAL|MANAGED_INSTANCES) CapacityProviderStrategy:[#33]
        PlatformVersion:s PlatformFamily:s TaskDefinition:s DeploymentConfiguration:#54 TaskSets:[#63] Deployments:[#68]
        RoleArn:s Events:[#87] CreatedAt:t CurrentServiceDeployment:s CurrentServiceRevisions:[#88]
        PlacementConstraints:[#89] PlacementStrategy:[#90] NetworkConfiguration:#64 HealthCheckGracePeriodSeconds:n
        SchedulingStrategy:(REPLICA|DAEMON) DeploymentController:#91 Tags:[#24]0..50 CreatedBy:s EnableEcsManagedTags:b
        PropagateTags:(TASK_DEFINITION|SERVICE|NONE) EnableExecuteCommand:b
        AvailabilityZoneRebalancing:(ENABLED|DISABLED) ResourceManagementType:(CUSTOMER|ECS) @51 TargetGroupArn:s
        LoadBalancerName:s ContainerName:s ContainerPort:n AdvancedConfiguration:#52 @52 AlternateTargetGroupArn:s
        ProductionListenerRule:s TestListenerRule:s RoleArn:s @53 RegistryArn:s Port:n ContainerName:s ContainerPort:n
        @54 DeploymentCircuitBreaker:#55 MaximumPercent:n MinimumHealthyPercent:n Alarms:#57
        Strategy:(ROLLING|BLUE_GREEN|LINEAR|CANARY) BakeTimeInMinutes:n LifecycleHooks:[#58] LinearConfiguration:#60
        CanaryConfiguration:#61 EarlySuccessCriteria:#62 @55 Enable!:b Rollback!:b ResetOnHealthyTask:b
        ThresholdConfiguration:#56 @56 Type!:(COUNT|BOUNDED_PERCENT|UNBOUNDED_PERCENT) Value!:n @57 AlarmNames!:[s]
        Rollback!:b Enable!:b @58 TargetType:(AWS_LAMBDA|PAUSE) HookTargetArn:s RoleArn:s
        LifecycleStages:[(RECONCILE_SERVICE|PRE_SCALE_UP|POST_SCALE_UP|TEST_TRAFFIC_SHIFT|POST_TEST_TRAFFIC_SHIFT|\#
        PRE_PRODUCTION_TRAFFIC_SHIFT|PRODUCTION_TRAFFIC_SHIFT|POST_PRODUCTION_TRAFFIC_SHIFT)] HookDetails:a
        TimeoutConfiguration:#59 @59 TimeoutInMinutes:n1..20160 Action:(ROLLBACK|CONTINUE) @60 StepPercent:n
        StepBakeTimeInMinutes:n @61 CanaryPercent:n CanaryBakeTimeInMinutes:n @62 Enable!:b HealthyPercent:n0..100
        SourceServiceRevisionCleanup:(BLOCKING|DEFERRED) @63 Id:s TaskSetArn:s ServiceArn:s ClusterArn:s StartedBy:s
        ExternalId:s Status:s TaskDefinition:s ComputedDesiredCount:n PendingCount:n RunningCount:n CreatedAt:t
        UpdatedAt:t LaunchType:(EC2|FARGATE|EXTERNAL|MANAGED_INSTANCES) CapacityProviderStrategy:[#33] PlatformVersion:s
        PlatformFamily:s NetworkConfiguration:#64 LoadBalancers:[#51] ServiceRegistries:[#53] Scale:#66
        StabilityStatus:(STEADY_STATE|STABILIZING) StabilityStatusAt:t Tags:[#24]0..50 FargateEphemeralStorage:#67 @64
        AwsvpcConfiguration:#65 @65 Subnets!:[s] SecurityGroups:[s] AssignPublicIp:(ENABLED|DISABLED) @66 Value:n
        Unit:(PERCENT) @67 KmsKeyId:s @68 Id:s Status:s TaskDefinition:s DesiredCount:n PendingCount:n RunningCount:n
        FailedTasks:n CreatedAt:t UpdatedAt:t CapacityProviderStrategy:[#33]
        LaunchType:(EC2|FARGATE|EXTERNAL|MANAGED_INSTANCES) PlatformVersion:s PlatformFamily:s NetworkConfiguration:#64
        RolloutState:(COMPLETED|FAILED|IN_PROGRESS) RolloutStateReason:s ServiceConnectConfiguration:#69
        ServiceConnectResources:[#81] VolumeConfigurations:[#82] FargateEphemeralStorage:#67
        VpcLatticeConfigurations:[#85] @69 Enabled!:b Namespace:s Services:[#70] LogConfiguration:#78
        AccessLogConfiguration:#79 ContainerConfigurations:[#80]0..10 @70 PortName!:s DiscoveryName:s
        ClientAliases:[#71] IngressPortOverride:n0..65535 Timeout:#75 Tls:#76 @71 Port!:n0..65535 DnsName:s
        TestTrafficRules:#72 @72 Header!:#73 @73 Name!:s Value:#74 @74 Exact!:s @75 IdleTimeoutSeconds:n0..2147483647
        PerRequestTimeoutSeconds:n0..2147483647 @76 IssuerCertificateAuthority!:#77 KmsKey:s RoleArn:s @77
        AwsPcaAuthorityArn:s @78 LogDriver!:(json-file|syslog|journald|gelf|fluentd|awslogs|splunk|awsfirelens)
        Options:<s> SecretOptions:[#45] @79 Format!:(TEXT|JSON) IncludeQueryParameters:(DISABLED|ENABLED) @80
        LogLevel:(debug|info) @81 DiscoveryName:s DiscoveryArn:s @82 Name!:s ManagedEbsVolume:#83 @83 Encrypted:b
        KmsKeyId:s VolumeType:s SizeInGib:n SnapshotId:s VolumeInitializationRate:n Iops:n Throughput:n
        TagSpecifications:[#84] RoleArn!:s FilesystemType:(ext3|ext4|xfs|ntfs) @84 ResourceType!:(volume)
        Tags:[#24]0..50 PropagateTags:(TASK_DEFINITION|SERVICE|NONE) @85 RoleArn!:s TargetGroupArn!:s PortName!:s
        AdvancedConfiguration:#86 @86 AlternateTargetGroupArn:s ProductionListenerRule:s TestListenerRule:s @87 Id:s
        CreatedAt:t Message:s @88 Arn:s RequestedTaskCount:n RunningTaskCount:n PendingTaskCount:n @89
        Type:(distinctInstance|memberOf) Expression:s @90 Type:(random|spread|binpack) Field:s @91
        Type!:(ECS|CODE_DEPLOY|EXTERNAL) @92 TaskSet:#63 @93 Setting:#94 @94 Name:(serviceLongArnFormat|\#
        taskLongArnFormat|containerInstanceLongArnFormat|awsvpcTrunking|containerInsights|fargateFIPSMode|\#
        tagResourceAuthorization|fargateTaskRetirementWaitPeriod|guardDutyActivate|defaultLogDriverMode|\#
        fargateEventWindows) Value:s PrincipalArn:s Type:(user|aws_managed) @95 Attributes:[#96] @96 Name!:s Value:s
        TargetType:(container-instance) TargetId:s @97 CapacityProvider:#3 @98 Cluster:#26 @99 DaemonArn:s
        Status:(ACTIVE|DELETE_IN_PROGRESS) CreatedAt:t UpdatedAt:t DeploymentArn:s @100 DaemonTaskDefinitionArn:s @101
        Service:#38 @102 GatewayArn:s Name:s Status:(ACTIVE|UPDATE_IN_PROGRESS|UPDATE_COMPLETE|UPDATE_FAILED|DELETED)
        @103 Service:#50 @104 TaskDefinitions:[#105] Failures:[#140] @105 TaskDefinitionArn:s
        ContainerDefinitions:[#106] Family:s TaskRoleArn:s ExecutionRoleArn:s NetworkMode:(bridge|host|awsvpc|none)
        Revision:n Volumes:[#126] Status:(ACTIVE|INACTIVE|DELETE_IN_PROGRESS) RequiresAttributes:[#96]
        PlacementConstraints:[#134] Compatibilities:[(EC2|FARGATE|EXTERNAL|MANAGED_INSTANCES)] RuntimePlatform:#135
        RequiresCompatibilities:[(EC2|FARGATE|EXTERNAL|MANAGED_INSTANCES)] Cpu:s Memory:s InferenceAccelerators:[#136]
        PidMode:(host|task) IpcMode:(host|task|none) ProxyConfiguration:#137 RegisteredAt:t DeregisteredAt:t
        DeleteRequestedAt:t RegisteredBy:s EphemeralStorage:#138 EnableFaultInjection:b
        TrustedExecutionConfiguration:#139 @106 Name:s Image:s RepositoryCredentials:#107 Cpu:n Memory:n
        MemoryReservation:n Links:[s] PortMappings:[#108] Essential:b RestartPolicy:#109 EntryPoint:[s] Command:[s]
        Environment:[#31] EnvironmentFiles:[#110] MountPoints:[#111] VolumesFrom:[#112] LinuxParameters:#113
        Secrets:[#45] DependsOn:[#117] StartTimeout:n StopTimeout:n VersionConsistency:(enabled|disabled) Hostname:s
        User:s WorkingDirectory:s DisableNetworking:b Privileged:b ReadonlyRootFilesystem:b DnsServers:[s]
        DnsSearchDomains:[s] ExtraHosts:[#118] DockerSecurityOptions:[s] Interactive:b PseudoTerminal:b DockerLabels:<s>
        Ulimits:[#119] LogConfiguration:#78 HealthCheck:#120 SystemControls:[#121] ResourceRequirements:[#122]
        FirelensConfiguration:#125 CredentialSpecs:[s] @107 CredentialsParameter!:s @108 ContainerPort:n HostPort:n
        Protocol:(tcp|udp) Name:s AppProtocol:(http|http2|grpc) ContainerPortRange:s @109 Enabled!:b
        IgnoredExitCodes:[n] RestartAttemptPeriod:n @110 Value!:s Type!:(s3) @111 SourceVolume:s ContainerPath:s
        ReadOnly:b @112 SourceContainer:s ReadOnly:b @113 Capabilities:#114 Devices:[#115] InitProcessEnabled:b
        SharedMemorySize:n Tmpfs:[#116] MaxSwap:n Swappiness:n @114 Add:[s] Drop:[s] @115 HostPath!:s ContainerPath:s
        Permissions:[(read|write|mknod)] @116 ContainerPath!:s Size!:n MountOptions:[s] @117 ContainerName!:s
        Condition!:(START|COMPLETE|SUCCESS|HEALTHY) @118 Hostname!:s IpAddress!:s @119
        Name!:(core|cpu|data|fsize|locks|memlock|msgqueue|nice|nofile|nproc|rss|rtprio|rttime|sigpending|stack)
        SoftLimit!:n HardLimit!:n @120 Command!:[s] Interval:n Timeout:n Retries:n StartPeriod:n @121 Namespace:s
        Value:s @122 Value:s Type!:(GPU|InferenceAccelerator|NeuronDevice) SharingStrategy:#123 @123 NvidiaMps:#124 @124
        Memory!:n1.. MaxComputePercent:n1..100 @125 Type!:(fluentd|fluentbit) Options:<s> @126 Name:s Host:#127
        DockerVolumeConfiguration:#128 EfsVolumeConfiguration:#129 S3FilesVolumeConfiguration:#131
        FsxWindowsFileServerVolumeConfiguration:#132 ConfiguredAtLaunch:b @127 SourcePath:s @128 Scope:(task|shared)
        Autoprovision:b Driver:s DriverOpts:<s> Labels:<s> @129 FileSystemId!:s RootDirectory:s
        TransitEncryption:(ENABLED|DISABLED) TransitEncryptionPort:n AuthorizationConfig:#130 @130 AccessPointId:s
        Iam:(ENABLED|DISABLED) @131 FileSystemArn!:s RootDirectory:s TransitEncryptionPort:n AccessPointArn:s @132
        FileSystemId!:s RootDirectory!:s AuthorizationConfig!:#133 @133 CredentialsParameter!:s Domain!:s @134
        Type:(memberOf) Expression:s @135 CpuArchitecture:(X86_64|ARM64)
        OperatingSystemFamily:(WINDOWS_SERVER_2019_FULL|WINDOWS_SERVER_2019_CORE|WINDOWS_SERVER_2016_FULL|\#
        WINDOWS_SERVER_2004_CORE|WINDOWS_SERVER_2022_CORE|WINDOWS_SERVER_2022_FULL|WINDOWS_SERVER_2025_CORE|\#
        WINDOWS_SERVER_2025_FULL|WINDOWS_SERVER_20H2_CORE|LINUX) @136 DeviceName!:s DeviceType!:s @137 Type:(APPMESH)
        ContainerName!:s Properties:[#31] @138 SizeInGib!:n @139
        IsolationMode!:(SHARED|ISOLATED_SANDBOX|CONFIDENTIAL_SANDBOX) AttestationPolicy:s @140 Arn:s Reason:s Detail:s
        @141 TaskSet:#63 @142 ContainerInstance:#143 @143 ContainerInstanceArn:s Ec2InstanceId:s CapacityProviderName:s
        Version:n VersionInfo:#144 RemainingResources:[#145] RegisteredResources:[#145] Status:s StatusReason:s
        AgentConnected:b RunningTasksCount:n PendingTasksCount:n
        AgentUpdateStatus:(PENDING|STAGING|STAGED|UPDATING|UPDATED|FAILED) Attributes:[#96] RegisteredAt:t
        Attachments:[#34] Tags:[#24]0..50 HealthStatus:#146 GpuDevices:[#148] @144 AgentVersion:s AgentHash:s
        DockerVersion:s @145 Name:s Type:s DoubleValue:n LongValue:n IntegerValue:n StringSetValue:[s] @146
        OverallStatus:(OK|IMPAIRED|INSUFFICIENT_DATA|INITIALIZING) Details:[#147] @147
        Type:(CONTAINER_RUNTIME|ACCELERATED_COMPUTE|DAEMON|AGENT_CONNECTIVITY)
        Status:(OK|IMPAIRED|INSUFFICIENT_DATA|INITIALIZING) StatusReason:s LastUpdated:t LastStatusChange:t @148 GpuId:s
        SharingMode:(IDLE|NVIDIA_MPS|DEDICATED) TotalMemoryInMib:n RemainingMemoryInMib:n ContainerCount:n @149
        TaskDefinition:#105 @150 CapacityProviders:[#3] Failures:[#140] NextToken:s @151 Clusters:[#26] Failures:[#140]
        @152 ContainerInstances:[#143] Failures:[#140] @153 Daemon:#154 @154 DaemonArn:s ClusterArn:s
        Status:(ACTIVE|DELETE_IN_PROGRESS) CurrentRevisions:[#155] DeploymentArn:s CreatedAt:t UpdatedAt:t @155 Arn:s
        CapacityProviders:[#156] TotalRunningCount:n TotalWithoutDaemonCount:n @156 Arn:s RunningCount:n
        WithoutDaemonCount:n @157 Failures:[#140] DaemonDeployments:[#158] @158 DaemonDeploymentArn:s ClusterArn:s
        Status:(PENDING|SUCCESSFUL|STOPPED|STOP_REQUESTED|IN_PROGRESS|ROLLBACK_IN_PROGRESS|ROLLBACK_SUCCESSFUL|\#
        ROLLBACK_FAILED) StatusReason:s TargetDaemonRevision:#159 SourceDaemonRevisions:[#159] CircuitBreaker:#161
        Alarms:#162 Rollback:#163 DeploymentConfiguration:#164 CreatedAt:t StartedAt:t StoppedAt:t FinishedAt:t @159
        Arn:s CapacityProviders:[#160] TotalRunningInstanceCount:n TotalWithoutDaemonInstanceCount:n
        TotalDrainingInstanceCount:n @160 Arn:s RunningInstanceCount:n WithoutDaemonInstanceCount:n
        DrainingInstanceCount:n @161 FailureCount:n Status:(TRIGGERED|MONITORING|MONITORING_COMPLETE|DISABLED)
        Threshold:n @162 Status:(TRIGGERED|MONITORING|MONITORING_COMPLETE|DISABLED) AlarmNames:[s]
        TriggeredAlarmNames:[s] @163 Reason:s StartedAt:t RollbackTargetDaemonRevisionArn:s
        RollbackCapacityProviders:[s] @164 DrainPercent:n0..100 Alarms:#165 BakeTimeInMinutes:n @165 AlarmNames:[s]
        Enable:b @166 DaemonRevisions:[#167] Failures:[#140] @167 DaemonRevisionArn:s ClusterArn:s DaemonArn:s
        DaemonTaskDefinitionArn:s CreatedAt:t ContainerImages:[#168] PropagateTags:(DAEMON|NONE) EnableEcsManagedTags:b
        EnableExecuteCommand:b Critical:b @168 ContainerName:s ImageDigest:s Image:s @169 DaemonTaskDefinition:#170 @170
        DaemonTaskDefinitionArn:s Family:s Revision:n TaskRoleArn:s ExecutionRoleArn:s ContainerDefinitions:[#171]
        Volumes:[#173] Cpu:s Memory:s Status:(ACTIVE|DELETE_IN_PROGRESS|DELETED) RegisteredAt:t DeleteRequestedAt:t
        RegisteredBy:s PidMode:(none|shared) IpcMode:(none|shared) @171 Name:s Image!:s Memory:n MemoryReservation:n
        RepositoryCredentials:#107 HealthCheck:#120 Cpu:n Essential:b EntryPoint:[s] Command:[s] WorkingDirectory:s
        EnvironmentFiles:[#110] Environment:[#31] Secrets:[#45] ReadonlyRootFilesystem:b MountPoints:[#111]
        LogConfiguration:#78 FirelensConfiguration:#125 Privileged:b User:s Ulimits:[#119] LinuxParameters:#172
        DependsOn:[#117] StartTimeout:n StopTimeout:n SystemControls:[#121] Interactive:b PseudoTerminal:b
        RestartPolicy:#109 @172 Capabilities:#114 Devices:[#115] InitProcessEnabled:b Tmpfs:[#116] @173 Name:s Host:#127
        LogDriverVolumeConfiguration:#174 @174
        Driver!:(json-file|syslog|journald|gelf|fluentd|awslogs|splunk|awsfirelens) @175 Service:#38 @176 Gateway:#177
        @177 GatewayArn:s Name:s Status:(ACTIVE|UPDATE_IN_PROGRESS|UPDATE_COMPLETE|UPDATE_FAILED|DELETED) StatusReason:s
        Failures:[#178]0..200 InfrastructureRoleArn:s DeletionProtection:b Configuration:#180
        AccessType:(PUBLIC|PRIVATE) PropagateTags:(NONE|GATEWAY) Tags:[#24]0..50 CreatedAt:t UpdatedAt:t @178 Arn:s
        Errors:[#179]0..5 @179 Operation:s Code:s Message:s @180 HostSharedAlb:#181 @181 NetworkConfiguration:#182
        Scheme:(internet-facing|internal) AccessLogs:#183 WebAclArn:s Port:n Protocol:(HTTP|HTTPS) MaxAlbCount:n
        CurrentAlbCount:n HttpDesync:(monitor|defensive|strictest) TestTrafficRules:#186 @182 InboundSecurityGroup:s
        Subnets:[s] IpAddressType:(ipv4|dualstack|dualstack-without-public-ipv4) @183 Destination:#184 @184 S3:#185 @185
        Bucket!:s Prefix:s @186 Header:#187 @187 Name!:s Values!:[s] @188 GatewayResources:#189 NextToken:s @189
        GatewayArn:s Resources:#190 @190 HostSharedAlb:[#191]0..20 @191 LoadBalancerArn:s ListenerArn:s SecurityGroup:s
        GatewayRouteArns:[s] @192 GatewayRoute:#193 @193 GatewayRouteArn:s ServiceArn:s ServiceContainerPortName:s
        Status:(ACTIVE|CREATE_IN_PROGRESS|CREATE_FAILED|UPDATE_IN_PROGRESS|UPDATE_FAILED|DELETE_IN_PROGRESS|\#
        DELETE_FAILED) ServiceUrl:s Resources:#194 @194 HostSharedAlb:[#195] @195 AcmCertificateArn:s LoadBalancerArn:s
        ListenerArn:s ListenerRuleArn:s TestListenerRuleArns:[s] LoadBalancerSecurityGroups:[#196]
        ServiceSecurityGroupArn:s @196 Arn:s RuleArns:[s] @197 ServiceDeployments:[#198] Failures:[#140] @198
        ServiceDeploymentArn:s ServiceArn:s ClusterArn:s CreatedAt:t StartedAt:t FinishedAt:t StoppedAt:t UpdatedAt:t
        SourceServiceRevisions:[#199] TargetServiceRevision:#199 Status:(PENDING|SUCCESSFUL|STOPPED|STOP_REQUESTED|\#
        IN_PROGRESS|ROLLBACK_REQUESTED|ROLLBACK_IN_PROGRESS|ROLLBACK_SUCCESSFUL|ROLLBACK_FAILED) StatusReason:s
        LifecycleStage:(RECONCILE_SERVICE|PRE_SCALE_UP|SCALE_UP|POST_SCALE_UP|TEST_TRAFFIC_SHIFT|\#
        POST_TEST_TRAFFIC_SHIFT|PRODUCTION_TRAFFIC_SHIFT|POST_PRODUCTION_TRAFFIC_SHIFT|BAKE_TIME|CLEAN_UP)
        LifecycleHookDetails:[#200] DeploymentConfiguration:#54 Rollback:#201 DeploymentCircuitBreaker:#202 Alarms:#203
        @199 Arn:s RequestedTaskCount:n RunningTaskCount:n PendingTaskCount:n RequestedTestTrafficWeight:n
        RequestedProductionTrafficWeight:n @200 HookId:s TargetType:(AWS_LAMBDA|PAUSE) TargetArn:s
        Status:(AWAITING_ACTION|IN_PROGRESS|SUCCEEDED|FAILED|TIMED_OUT) ExpiresAt:t TimeoutAction:(ROLLBACK|CONTINUE)
        @201 Reason:s StartedAt:t ServiceRevisionArn:s @202 Status:(TRIGGERED|MONITORING|MONITORING_COMPLETE|DISABLED)
        FailureCount:n Threshold:n @203 Status:(TRIGGERED|MONITORING|MONITORING_COMPLETE|DISABLED) AlarmNames:[s]
        TriggeredAlarmNames:[s] @204 ServiceRevisions:[#205] Failures:[#140] @205 ServiceRevisionArn:s ServiceArn:s
        ClusterArn:s TaskDefinition:s CapacityProviderStrategy:[#33] LaunchType:(EC2|FARGATE|EXTERNAL|MANAGED_INSTANCES)
        PlatformVersion:s PlatformFamily:s LoadBalancers:[#51] ServiceRegistries:[#53] NetworkConfiguration:#64
        ContainerImages:[#206] GuardDutyEnabled:b ServiceConnectConfiguration:#69 VolumeConfigurations:[#82]
        FargateEphemeralStorage:#67 CreatedAt:t VpcLatticeConfigurations:[#85] ResolvedConfiguration:#207
        EcsManagedResources:#210 Overrides:#226 GatewayConnectors:[#228]0..1 Monitoring:#233 @206 ContainerName:s
        ImageDigest:s Image:s @207 LoadBalancers:[#208] VpcLatticeConfigurations:[#209] @208 TargetGroupArn:s
        ProductionListenerRule:s @209 TargetGroupArn:s ProductionListenerRule:s @210 IngressPaths:[#211]
        AutoScaling:#218 MetricAlarms:[#221] ServiceSecurityGroups:[#213] LogGroups:[#222] GatewayConnections:[#223]0..5
        @211 AccessType!:(PUBLIC|PRIVATE) Endpoint!:s LoadBalancer:#212 LoadBalancerSecurityGroups:[#213]
        Certificate:#214 Listener:#215 Rule:#216 TargetGroups:[#217] @212 Arn:s
        Status!:(PROVISIONING|ACTIVE|DEPROVISIONING|DELETED|FAILED) StatusReason:s UpdatedAt!:t Scheme!:s SubnetIds:[s]
        SecurityGroupIds:[s] @213 Arn:s Status!:(PROVISIONING|ACTIVE|DEPROVISIONING|DELETED|FAILED) StatusReason:s
        UpdatedAt!:t @214 Arn:s Status!:(PROVISIONING|ACTIVE|DEPROVISIONING|DELETED|FAILED) StatusReason:s UpdatedAt!:t
        DomainName!:s @215 Arn:s Status!:(PROVISIONING|ACTIVE|DEPROVISIONING|DELETED|FAILED) StatusReason:s UpdatedAt!:t
        @216 Arn:s Status!:(PROVISIONING|ACTIVE|DEPROVISIONING|DELETED|FAILED) StatusReason:s UpdatedAt!:t @217 Arn:s
        Status!:(PROVISIONING|ACTIVE|DEPROVISIONING|DELETED|FAILED) StatusReason:s UpdatedAt!:t HealthCheckPath!:s
        HealthCheckPort!:n Port!:n @218 ScalableTarget:#219 ApplicationAutoScalingPolicies:[#220] @219 Arn:s
        Status!:(PROVISIONING|ACTIVE|DEPROVISIONING|DELETED|FAILED) StatusReason:s UpdatedAt!:t MinCapacity!:n
        MaxCapacity!:n @220 Arn:s Status!:(PROVISIONING|ACTIVE|DEPROVISIONING|DELETED|FAILED) StatusReason:s
        UpdatedAt!:t PolicyType!:s TargetValue!:n Metric!:s @221 Arn:s
        Status!:(PROVISIONING|ACTIVE|DEPROVISIONING|DELETED|FAILED) StatusReason:s UpdatedAt!:t @222 Arn:s
        Status!:(PROVISIONING|ACTIVE|DEPROVISIONING|DELETED|FAILED) StatusReason:s UpdatedAt!:t LogGroupName!:s @223
        GatewayArn:s GatewayRouteArn:s PortName:s ServiceUrl:s AccessType:(PUBLIC|PRIVATE) Status:(ACTIVE|\#
        CREATE_IN_PROGRESS|CREATE_FAILED|UPDATE_IN_PROGRESS|UPDATE_FAILED|DELETE_IN_PROGRESS|DELETE_FAILED)
        Resources:#224 @224 HostSharedAlb:[#225]0..1 @225 AcmCertificateArn:s LoadBalancerArn:s
        LoadBalancerSecurityGroupArns:[s] ListenerArn:s ListenerRuleArn:s TestListenerRuleArn:s TargetGroupArn:s
        AlternateTargetGroupArn:s @226 RuntimePlatform:#227 @227 CpuArchitecture:s @228 PortName!:s HealthCheck:#229
        Filters:#231 DeregistrationDelay:#232 @229 HealthCheckProtocol:(HTTP|HTTPS) HealthCheckPort:n HealthCheckPath:s
        HealthCheckTimeoutSeconds:n HealthCheckIntervalSeconds:n HealthyThresholdCount:n UnhealthyThresholdCount:n
        Matcher:#230 @230 HttpCode:s GrpcCode:s @231 AccessTypes:[(PUBLIC|PRIVATE)]0..2 @232 TimeoutSeconds:n0..3600
        @233 MetricConfigurations:[#234]0..5 @234 MetricNames!:[s1..255]1..5 ResolutionSeconds!:n20..60 @235
        Services:[#50] Failures:[#140] @236 TaskDefinition:#105 Tags:[#24]0..50 @237 TaskSets:[#63] Failures:[#140] @238
        Tasks:[#239] Failures:[#140] @239 Attachments:[#34] Attributes:[#96] AvailabilityZone:s CapacityProviderName:s
        ClusterArn:s Connectivity:(CONNECTED|DISCONNECTED) ConnectivityAt:t ContainerInstanceArn:s Containers:[#240]
        Cpu:s CreatedAt:t DesiredStatus:s EnableExecuteCommand:b ExecutionStoppedAt:t Group:s
        HealthStatus:(HEALTHY|UNHEALTHY|UNKNOWN) InferenceAccelerators:[#136] LastStatus:s
        LaunchType:(EC2|FARGATE|EXTERNAL|MANAGED_INSTANCES) Memory:s Overrides:#244 PlatformVersion:s PlatformFamily:s
        PullStartedAt:t PullStoppedAt:t StartedAt:t StartedBy:s StopCode:(TaskFailedToStart|EssentialContainerExited|\#
        UserInitiated|ServiceSchedulerInitiated|SpotInterruption|TerminationNotice|InfrastructureHealth) StoppedAt:t
        StoppedReason:s StoppingAt:t Tags:[#24]0..50 TaskArn:s TaskDefinitionArn:s Version:n EphemeralStorage:#138
        FargateEphemeralStorage:#247 TrustedExecutionSummary:#248 @240 ContainerArn:s TaskArn:s Name:s Image:s
        ImageDigest:s RuntimeId:s LastStatus:s ExitCode:n Reason:s NetworkBindings:[#241] NetworkInterfaces:[#242]
        HealthStatus:(HEALTHY|UNHEALTHY|UNKNOWN) ManagedAgents:[#243] Cpu:s Memory:s MemoryReservation:s GpuIds:[s]
        NeuronDeviceIds:[s] GpuSharingStrategy:#123 @241 BindIp:s ContainerPort:n HostPort:n Protocol:(tcp|udp)
        ContainerPortRange:s HostPortRange:s @242 AttachmentId:s PrivateIpv4Address:s Ipv6Address:s @243 LastStartedAt:t
        Name:(ExecuteCommandAgent) Reason:s LastStatus:s @244 ContainerOverrides:[#245] Cpu:s
        InferenceAcceleratorOverrides:[#246] ExecutionRoleArn:s Memory:s TaskRoleArn:s EphemeralStorage:#138 @245 Name:s
        Command:[s] Environment:[#31] EnvironmentFiles:[#110] Cpu:n Memory:n MemoryReservation:n
        ResourceRequirements:[#122] @246 DeviceName:s DeviceType:s @247 SizeInGib:n KmsKeyId:s @248
        IsolationMode!:(SHARED|ISOLATED_SANDBOX|CONFIDENTIAL_SANDBOX) AttestationPolicyStatus:(CONFIGURED) @249
        GatewayArn:s ClusterArn:s Status:(ACTIVE|DISASSOCIATING|INACTIVE) @250 Endpoint:s TelemetryEndpoint:s
        ServiceConnectEndpoint:s @251 ClusterArn:s ContainerArn:s ContainerName:s Interactive:b Session:#252 TaskArn:s
        @252 SessionId:s StreamUrl:s TokenValue:s @253 ProtectedTasks:[#254] Failures:[#140] @254 TaskArn:s
        ProtectionEnabled:b ExpirationDate:t @255 Settings:[#94] NextToken:s @256 Attributes:[#96] NextToken:s @257
        ClusterArns:[s] NextToken:s @258 ContainerInstanceArns:[s] NextToken:s @259 NextToken:s DaemonDeployments:[#260]
        @260 DaemonDeploymentArn:s DaemonArn:s ClusterArn:s Status:(PENDING|SUCCESSFUL|STOPPED|STOP_REQUESTED|\#
        IN_PROGRESS|ROLLBACK_IN_PROGRESS|ROLLBACK_SUCCESSFUL|ROLLBACK_FAILED) StatusReason:s TargetDaemonRevisionArn:s
        CreatedAt:t StartedAt:t StoppedAt:t FinishedAt:t @261 DaemonTaskDefinitions:[#262] NextToken:s @262 Arn:s
        RegisteredAt:t RegisteredBy:s DeleteRequestedAt:t Status:(ACTIVE|DELETE_IN_PROGRESS|DELETED) @263
        DaemonSummariesList:[#264] NextToken:s @264 DaemonArn:s Status:(ACTIVE|DELETE_IN_PROGRESS) CreatedAt:t
        UpdatedAt:t @265 GatewayClusterAssociations:[#266] NextToken:s @266 GatewayArn:s ClusterArn:s
        Status:(ACTIVE|DISASSOCIATING|INACTIVE) @267 GatewayRoutes:[#268] NextToken:s @268 GatewayRouteArn:s
        GatewayArn:s ClusterArn:s ServiceArn:s ServiceContainerPortName:s Status:(ACTIVE|CREATE_IN_PROGRESS|\#
        CREATE_FAILED|UPDATE_IN_PROGRESS|UPDATE_FAILED|DELETE_IN_PROGRESS|DELETE_FAILED) @269 Gateways:[#270]
        NextToken:s @270 GatewayArn:s Name:s Status:(ACTIVE|UPDATE_IN_PROGRESS|UPDATE_COMPLETE|UPDATE_FAILED|DELETED)
        CreatedAt:t @271 ServiceDeployments:[#272] NextToken:s @272 ServiceDeploymentArn:s ServiceArn:s ClusterArn:s
        StartedAt:t CreatedAt:t FinishedAt:t TargetServiceRevisionArn:s Status:(PENDING|SUCCESSFUL|STOPPED|\#
        STOP_REQUESTED|IN_PROGRESS|ROLLBACK_REQUESTED|ROLLBACK_IN_PROGRESS|ROLLBACK_SUCCESSFUL|ROLLBACK_FAILED)
        StatusReason:s @273 ServiceArns:[s] NextToken:s @274 ServiceArns:[s] NextToken:s @275 Tags:[#24]0..50 @276
        Families:[s] NextToken:s @277 TaskDefinitionArns:[s] NextToken:s @278 TaskArns:[s] NextToken:s @279 Setting:#94
        @280 Setting:#94 @281 Attributes:[#96] @282 Cluster:#26 @283 ContainerInstance:#143 @284
        DaemonTaskDefinitionArn:s @285 TaskDefinition:#105 Tags:[#24]0..50 @286 Tasks:[#239] Failures:[#140] @287
        Tasks:[#239] Failures:[#140] @288 ServiceDeploymentArn:s @289 Task:#239 @290 Acknowledgment:s @291
        Acknowledgment:s @292 Acknowledgment:s @293 @294 @295 CapacityProvider:#3 @296 Cluster:#26 @297 Cluster:#26 @298
        ContainerInstance:#143 @299 ContainerInstances:[#143] Failures:[#140] @300 DaemonArn:s
        Status:(ACTIVE|DELETE_IN_PROGRESS) CreatedAt:t UpdatedAt:t DeploymentArn:s @301 Service:#302 @302 ServiceArn:s
        Cluster:s ServiceName:s Status:#39 TargetConfiguration:#40 CreatedAt:t UpdatedAt:t @303 GatewayArn:s Name:s
        Status:(ACTIVE|UPDATE_IN_PROGRESS|UPDATE_COMPLETE|UPDATE_FAILED|DELETED) @304 Service:#50 @305 TaskSet:#63 @306
        ProtectedTasks:[#254] Failures:[#140] @307 TaskSet:#63
        """#
}
