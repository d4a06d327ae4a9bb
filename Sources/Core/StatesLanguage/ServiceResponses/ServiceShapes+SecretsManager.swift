extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let secretsManager = #"""
        =AssociateCrossAccountReplica #0 =BatchGetSecretValue #1 =CancelRotateSecret #4 =CreateSecret #5
        =DeleteResourcePolicy #7 =DeleteSecret #8 =DescribeSecret #9 =DisassociateCrossAccountReplica #15
        =GetRandomPassword #16 =GetResourcePolicy #17 =GetSecretValue #18 =ListResourcePolicies #19
        =ListSecretVersionIds #21 =ListSecrets #23 =PutResourcePolicy #25 =PutSecretValue #26
        =RemoveRegionsFromReplication #27 =ReplicateSecretToRegions #28 =RestoreSecret #29 =RotateSecret #30
        =StopReplicationToReplica #31 =UpdateSecret #32 =UpdateSecretVersionStage #33 =ValidateResourcePolicy #34 @0
        Arn:s20..2048 CrossAccountReplicaArn:s20..2048 ReplicationStatus:(InSync|Failed|InProgress|Pending|Detached) @1
        SecretValues:[#2] NextToken:s1..4096 Errors:[#3] @2 Arn:s20..2048 Name:s1..256 VersionId:s32..64
        SecretBinary:s1..65536 SecretString:s1..65536 VersionStages:[s1..256]1..20 CreatedDate:t @3 SecretId:s1..2048
        ErrorCode:s Message:s @4 Arn:s20..2048 Name:s1..256 VersionId:s32..64 @5 Arn:s20..2048 Name:s1..256
        VersionId:s32..64 ReplicationStatus:[#6] @6 Region:s1..128 KmsKeyId:s0..2048
        Status:(InSync|Failed|InProgress|Pending|Detached) StatusMessage:s1..4096 LastAccessedDate:t @7 Arn:s20..2048
        Name:s1..512 PolicyName:s1..64 @8 Arn:s20..2048 Name:s1..256 DeletionDate:t @9 Arn:s20..2048 Name:s1..256
        Type:s0..256 Description:s..2048 KmsKeyId:s0..2048 RotationEnabled:b RotationLambdaArn:s0..2048
        RotationRules:#10 ExternalSecretRotationMetadata:[#11] ExternalSecretRotationRoleArn:s20..2048 LastRotatedDate:t
        LastChangedDate:t LastAccessedDate:t DeletedDate:t NextRotationDate:t Tags:[#12]
        VersionIdsToStages:<[s1..256]1..20> OwningService:s1..128 CreatedDate:t PrimaryRegion:s1..128
        ReplicationStatus:[#6] CrossAccountPrimary:#13 CrossAccountReplicas:[#14]1..100 @10
        AutomaticallyAfterDays:n1..1000 Duration:s2..3 ScheduleExpression:s1..256 @11 Key:s1..256 Value:s1..2048 @12
        Key:s1..128 Value:s0..256 @13 PrimarySecretArn:s20..2048
        ReplicationStatus:(InSync|Failed|InProgress|Pending|Detached) StatusMessage:s1..4096 @14
        ReplicaSecretArn:s20..2048 ReplicationRoleArn:s20..2048
        ReplicationStatus:(InSync|Failed|InProgress|Pending|Detached) StatusMessage:s1..4096 @15 Arn:s20..2048
        CrossAccountReplicaArn:s20..2048 @16 RandomPassword:s0..4096 @17 Arn:s20..2048 Name:s1..512
        ResourcePolicy:s1..20480 PolicyName:s1..64 @18 Arn:s20..2048 Name:s1..256 VersionId:s32..64
        SecretBinary:s1..65536 SecretString:s1..65536 VersionStages:[s1..256]1..20 CreatedDate:t @19
        ResourcePolicies!:[#20]0..100 NextToken:s1..4096 @20 PolicyName:s1..64 @21 Versions:[#22] NextToken:s1..4096
        Arn:s20..2048 Name:s1..256 @22 VersionId:s32..64 VersionStages:[s1..256]1..20 LastAccessedDate:t CreatedDate:t
        KmsKeyIds:[s0..2048] @23 SecretList:[#24] NextToken:s1..4096 @24 Arn:s20..2048 Name:s1..256 Type:s0..256
        Description:s..2048 KmsKeyId:s0..2048 RotationEnabled:b RotationLambdaArn:s0..2048 RotationRules:#10
        ExternalSecretRotationMetadata:[#11] ExternalSecretRotationRoleArn:s20..2048 LastRotatedDate:t LastChangedDate:t
        LastAccessedDate:t DeletedDate:t NextRotationDate:t Tags:[#12] SecretVersionsToStages:<[s1..256]1..20>
        OwningService:s1..128 CreatedDate:t PrimaryRegion:s1..128 @25 Arn:s20..2048 Name:s1..512 PolicyName:s1..64 @26
        Arn:s20..2048 Name:s1..256 VersionId:s32..64 VersionStages:[s1..256]1..20 @27 Arn:s20..2048
        ReplicationStatus:[#6] @28 Arn:s20..2048 ReplicationStatus:[#6] @29 Arn:s20..2048 Name:s1..256 @30 Arn:s20..2048
        Name:s1..256 VersionId:s32..64 @31 Arn:s20..2048 @32 Arn:s20..2048 Name:s1..256 VersionId:s32..64 @33
        Arn:s20..2048 Name:s1..256 @34 PolicyValidationPassed:b ValidationErrors:[#35] @35 CheckName:s1..512
        ErrorMessage:s
        """#
}
