extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let batch = #"""
        =DescribeJobs #0 =SubmitJob #68 @0 Jobs:[#1] @1 JobArn:s JobName!:s JobId!:s JobQueue!:s
        Status!:(SUBMITTED|PENDING|RUNNABLE|STARTING|RUNNING|SUCCEEDED|FAILED) ShareIdentifier:s SchedulingPriority:n
        Attempts:[#2] StatusReason:s CreatedAt:n RetryStrategy:#7 StartedAt!:n StoppedAt:n DependsOn:[#9]
        JobDefinition!:s Parameters:<s> Container:#10 NodeDetails:#30 NodeProperties:#31 ArrayProperties:#58 Timeout:#59
        Tags:<s..256> PropagateTags:b PlatformCapabilities:[(EC2|FARGATE|MANAGED_INSTANCES)] EksProperties:#60
        EksAttempts:[#63] EcsProperties:#65 IsCancelled:b IsTerminated:b ConsumableResourceProperties:#56 @2
        Container:#3 StartedAt:n StoppedAt:n StatusReason:s TaskProperties:[#5] @3 ContainerInstanceArn:s TaskArn:s
        ExitCode:n Reason:s LogStreamName:s NetworkInterfaces:[#4] @4 AttachmentId:s Ipv6Address:s PrivateIpv4Address:s
        @5 ContainerInstanceArn:s TaskArn:s Containers:[#6] @6 ExitCode:n Name:s Reason:s LogStreamName:s
        NetworkInterfaces:[#4] @7 Attempts:n EvaluateOnExit:[#8] @8 OnStatusReason:s OnReason:s OnExitCode:s
        Action!:(RETRY|EXIT) @9 JobId:s Type:(N_TO_N|SEQUENTIAL) @10 Image:s Vcpus:n Memory:n Command:[s] JobRoleArn:s
        ExecutionRoleArn:s Volumes:[#11] Environment:[#16] MountPoints:[#17] ReadonlyRootFilesystem:b Ulimits:[#18]
        Privileged:b User:s ExitCode:n Reason:s ContainerInstanceArn:s TaskArn:s LogStreamName:s InstanceType:s
        NetworkInterfaces:[#4] ResourceRequirements:[#19] LinuxParameters:#20 LogConfiguration:#23 Secrets:[#24]
        NetworkConfiguration:#25 FargatePlatformConfiguration:#26 EphemeralStorage:#27 RuntimePlatform:#28
        RepositoryCredentials:#29 EnableExecuteCommand:b @11 Host:#12 Name:s EfsVolumeConfiguration:#13
        S3FilesVolumeConfiguration:#15 @12 SourcePath:s @13 FileSystemId!:s RootDirectory:s
        TransitEncryption:(ENABLED|DISABLED) TransitEncryptionPort:n AuthorizationConfig:#14 @14 AccessPointId:s
        Iam:(ENABLED|DISABLED) @15 FileSystemArn!:s RootDirectory:s TransitEncryptionPort:n AccessPointArn:s @16 Name:s
        Value:s @17 ContainerPath:s ReadOnly:b SourceVolume:s @18 HardLimit!:n Name!:s SoftLimit!:n @19 Value!:s
        Type!:(GPU|VCPU|MEMORY) @20 Devices:[#21] InitProcessEnabled:b SharedMemorySize:n Tmpfs:[#22] MaxSwap:n
        Swappiness:n @21 HostPath!:s ContainerPath:s Permissions:[(READ|WRITE|MKNOD)] @22 ContainerPath!:s Size!:n
        MountOptions:[s] @23 LogDriver!:(json-file|syslog|journald|gelf|fluentd|awslogs|splunk|awsfirelens) Options:<s>
        SecretOptions:[#24] @24 Name!:s ValueFrom!:s @25 AssignPublicIp:(ENABLED|DISABLED) @26 PlatformVersion:s @27
        SizeInGib!:n @28 OperatingSystemFamily:s CpuArchitecture:s @29 CredentialsParameter!:s @30 NodeIndex:n
        IsMainNode:b @31 NumNodes!:n MainNode!:n NodeRangeProperties!:[#32] @32 TargetNodes!:s Container:#33
        InstanceTypes:[s] EcsProperties:#34 EksProperties:#39 ConsumableResourceProperties:#56 @33 Image:s Vcpus:n
        Memory:n Command:[s] JobRoleArn:s ExecutionRoleArn:s Volumes:[#11] Environment:[#16] MountPoints:[#17]
        ReadonlyRootFilesystem:b Privileged:b Ulimits:[#18] User:s InstanceType:s ResourceRequirements:[#19]
        LinuxParameters:#20 LogConfiguration:#23 Secrets:[#24] NetworkConfiguration:#25 FargatePlatformConfiguration:#26
        EnableExecuteCommand:b EphemeralStorage:#27 RuntimePlatform:#28 RepositoryCredentials:#29 @34
        TaskProperties!:[#35] @35 Containers!:[#36] EphemeralStorage:#27 ExecutionRoleArn:s PlatformVersion:s IpcMode:s
        TaskRoleArn:s PidMode:s NetworkConfiguration:#25 RuntimePlatform:#28 Volumes:[#11] EnableExecuteCommand:b
        NetworkMode:s @36 Command:[s] DependsOn:[#37] Environment:[#16] Essential:b FirelensConfiguration:#38 Image!:s
        LinuxParameters:#20 LogConfiguration:#23 MountPoints:[#17] Name:s Privileged:b ReadonlyRootFilesystem:b
        RepositoryCredentials:#29 ResourceRequirements:[#19] Secrets:[#24] Ulimits:[#18] User:s StartTimeout:n
        StopTimeout:n @37 ContainerName:s Condition:s @38 Type!:(fluentd|fluentbit) Options:<s> @39 PodProperties:#40
        @40 ServiceAccountName:s HostNetwork:b DnsPolicy:s ImagePullSecrets:[#41] Containers:[#42] InitContainers:[#42]
        Volumes:[#49] Metadata:#54 ShareProcessNamespace:b SecurityContext:#55 @41 Name!:s @42 Name:s Image!:s
        ImagePullPolicy:s Command:[s] Args:[s] Env:[#43] Resources:#44 VolumeMounts:[#45] SecurityContext:#46 @43
        Name!:s Value:s @44 Limits:<s1..256> Requests:<s1..256> @45 Name:s MountPath:s SubPath:s ReadOnly:b @46
        RunAsUser:n RunAsGroup:n Privileged:b AllowPrivilegeEscalation:b ReadOnlyRootFilesystem:b RunAsNonRoot:b
        Capabilities:#47 SeccompProfile:#48 @47 Add:[s1..128]0..64 Drop:[s1..128]0..64 @48
        Type!:(RuntimeDefault|Localhost|Unconfined) LocalhostProfile:s1..4095 @49 Name!:s HostPath:#50 EmptyDir:#51
        Secret:#52 PersistentVolumeClaim:#53 @50 Path:s @51 Medium:s SizeLimit:s1..256 @52 SecretName!:s Optional:b @53
        ClaimName!:s ReadOnly:b @54 Labels:<s> Annotations:<s> Namespace:s @55 RunAsUser:n RunAsGroup:n RunAsNonRoot:b
        SeccompProfile:#48 FsGroup:n @56 ConsumableResourceList:[#57] @57 ConsumableResource:s Quantity:n @58
        StatusSummary:<n> StatusSummaryLastUpdatedAt:n Size:n Index:n @59 AttemptDurationSeconds:n @60 PodProperties:#61
        @61 ServiceAccountName:s HostNetwork:b DnsPolicy:s ImagePullSecrets:[#41] Containers:[#62] InitContainers:[#62]
        Volumes:[#49] PodName:s NodeName:s Metadata:#54 ShareProcessNamespace:b SecurityContext:#55 @62 Name:s Image:s
        ImagePullPolicy:s Command:[s] Args:[s] Env:[#43] Resources:#44 ExitCode:n Reason:s VolumeMounts:[#45]
        SecurityContext:#46 @63 Containers:[#64] InitContainers:[#64] EksClusterArn:s PodName:s PodNamespace:s
        NodeName:s StartedAt:n StoppedAt:n StatusReason:s @64 Name:s ContainerId:s ExitCode:n Reason:s @65
        TaskProperties:[#66] @66 Containers:[#67] ContainerInstanceArn:s TaskArn:s EphemeralStorage:#27
        ExecutionRoleArn:s PlatformVersion:s IpcMode:s TaskRoleArn:s PidMode:s NetworkConfiguration:#25
        RuntimePlatform:#28 Volumes:[#11] EnableExecuteCommand:b NetworkMode:s @67 Command:[s] DependsOn:[#37]
        Environment:[#16] Essential:b FirelensConfiguration:#38 Image:s LinuxParameters:#20 LogConfiguration:#23
        MountPoints:[#17] Name:s Privileged:b ReadonlyRootFilesystem:b RepositoryCredentials:#29
        ResourceRequirements:[#19] Secrets:[#24] Ulimits:[#18] User:s StartTimeout:n StopTimeout:n ExitCode:n Reason:s
        LogStreamName:s NetworkInterfaces:[#4] @68 JobArn:s JobName!:s JobId!:s
        """#
}
