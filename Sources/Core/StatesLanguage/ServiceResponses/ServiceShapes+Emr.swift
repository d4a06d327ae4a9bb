extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let emr = #"""
        =AddJobFlowSteps #0 =CancelSteps #1 =DescribeCluster #3 =DescribeStep #18 =RunJobFlow #26 @0 StepIds:[s0..256]
        @1 CancelStepsInfoList:[#2] @2 StepId:s Status:(SUBMITTED|FAILED) Reason:s @3 Cluster:#4 @4 Id:s..256 Name:s
        Status:#5 Ec2InstanceAttributes:#9 InstanceCollectionType:(INSTANCE_FLEET|INSTANCE_GROUP) LogUri:s
        LogEncryptionKmsKeyId:s RequestedAmiVersion:s RunningAmiVersion:s ReleaseLabel:s AutoTerminate:b
        TerminationProtected:b UnhealthyNodeReplacement:b VisibleToAllUsers:b Applications:[#10] Tags:[#11]
        ServiceRole:s NormalizedInstanceHours:n MasterPublicDnsName:s Configurations:[#12]
        SecurityConfiguration:s0..10280 AutoScalingRole:s0..10280
        ScaleDownBehavior:(TERMINATE_AT_INSTANCE_HOUR|TERMINATE_AT_TASK_COMPLETION) CustomAmiId:s0..256
        EbsRootVolumeSize:n RepoUpgradeOnBoot:(SECURITY|NONE) KerberosAttributes:#13 ClusterArn:s20..2048
        OutpostArn:s0..2048 StepConcurrencyLevel:n PlacementGroups:[#14] OsReleaseLabel:s EbsRootVolumeIops:n
        EbsRootVolumeThroughput:n ExtendedSupport:b MonitoringConfiguration:#15 SessionEnabled:b @5
        State:(STARTING|BOOTSTRAPPING|RUNNING|WAITING|TERMINATING|TERMINATED|TERMINATED_WITH_ERRORS)
        StateChangeReason:#6 Timeline:#7 ErrorDetails:[#8] @6 Code:(INTERNAL_ERROR|VALIDATION_ERROR|INSTANCE_FAILURE|\#
        INSTANCE_FLEET_TIMEOUT|BOOTSTRAP_FAILURE|USER_REQUEST|STEP_FAILURE|ALL_STEPS_COMPLETED) Message:s @7
        CreationDateTime:t ReadyDateTime:t EndDateTime:t @8 ErrorCode:s ErrorData:[<s>] ErrorMessage:s @9 Ec2KeyName:s
        Ec2SubnetId:s RequestedEc2SubnetIds:[s0..256] Ec2AvailabilityZone:s RequestedEc2AvailabilityZones:[s0..256]
        IamInstanceProfile:s EmrManagedMasterSecurityGroup:s EmrManagedSlaveSecurityGroup:s ServiceAccessSecurityGroup:s
        AdditionalMasterSecurityGroups:[s] AdditionalSlaveSecurityGroups:[s] @10 Name:s Version:s Args:[s]
        AdditionalInfo:<s> @11 Key:s Value:s @12 Classification:s Configurations:[#12] Properties:<s> @13 Realm!:s0..256
        KdcAdminPassword!:s0..256 CrossRealmTrustPrincipalPassword:s0..256 AdDomainJoinUser:s0..256
        AdDomainJoinPassword:s0..256 @14 InstanceRole!:(MASTER|CORE|TASK)
        PlacementStrategy:(SPREAD|PARTITION|CLUSTER|NONE) @15 CloudWatchLogConfiguration:#16 S3LoggingConfiguration:#17
        @16 Enabled!:b LogGroupName:s0..10280 LogStreamNamePrefix:s0..10280 EncryptionKeyArn:s0..10280
        LogTypes:<[s0..10280]> @17 LogTypeUploadPolicy:<(emr-managed|on-customer-s3only|disabled)> @18 Step:#19 @19 Id:s
        Name:s Config:#20 ActionOnFailure:(TERMINATE_JOB_FLOW|TERMINATE_CLUSTER|CANCEL_AND_WAIT|CONTINUE) Status:#21
        ExecutionRoleArn:s0..2048 LogUri:s EncryptionKeyArn:s AdditionalInfo:#25 @20 Jar:s Properties:<s> MainClass:s
        Args:[s] @21 State:(PENDING|CANCEL_PENDING|RUNNING|COMPLETED|CANCELLED|FAILED|INTERRUPTED) StateChangeReason:#22
        FailureDetails:#23 Timeline:#24 @22 Code:(NONE) Message:s @23 Reason:s Message:s LogFile:s @24
        CreationDateTime:t StartDateTime:t EndDateTime:t @25 ResourceManagerApplicationIds:[s] ResourceManager:s @26
        JobFlowId:s0..256 ClusterArn:s20..2048
        """#
}
