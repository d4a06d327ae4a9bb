extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let s3 = #"""
        =AbortMultipartUpload #0 =CompleteMultipartUpload #1 =CopyObject #2 =CreateBucket #4 =CreateMultipartUpload #5
        =CreateSession #6 =DeleteObject #8 =DeleteObjectAnnotation #9 =DeleteObjectTagging #10 =DeleteObjects #11
        =GetBucketAbac #14 =GetBucketAccelerateConfiguration #16 =GetBucketAcl #17 =GetBucketAnalyticsConfiguration #21
        =GetBucketCors #30 =GetBucketEncryption #32 =GetBucketIntelligentTieringConfiguration #37
        =GetBucketInventoryConfiguration #42 =GetBucketLifecycle #51 =GetBucketLifecycleConfiguration #58
        =GetBucketLocation #62 =GetBucketLogging #63 =GetBucketMetadataConfiguration #69
        =GetBucketMetadataTableConfiguration #78 =GetBucketMetricsConfiguration #82 =GetBucketNotification #86
        =GetBucketNotificationConfiguration #90 =GetBucketOwnershipControls #98 =GetBucketPolicy #101
        =GetBucketPolicyStatus #102 =GetBucketReplication #104 =GetBucketRequestPayment #120 =GetBucketTagging #121
        =GetBucketVersioning #122 =GetBucketWebsite #123 =GetObject #130 =GetObjectAcl #131 =GetObjectAnnotation #132
        =GetObjectAttributes #133 =GetObjectLegalHold #137 =GetObjectLockConfiguration #139 =GetObjectRetention #144
        =GetObjectTagging #146 =GetObjectTorrent #147 =GetPublicAccessBlock #148 =HeadBucket #150 =HeadObject #151
        =ListBucketAnalyticsConfigurations #152 =ListBucketIntelligentTieringConfigurations #153
        =ListBucketInventoryConfigurations #154 =ListBucketMetricsConfigurations #155 =ListBuckets #156
        =ListDirectoryBuckets #158 =ListMultipartUploads #159 =ListObjectAnnotations #163 =ListObjectVersions #165
        =ListObjects #169 =ListObjectsV2 #171 =ListParts #172 =PutBucketLifecycleConfiguration #174 =PutObject #175
        =PutObjectAcl #176 =PutObjectAnnotation #177 =PutObjectLegalHold #178 =PutObjectLockConfiguration #179
        =PutObjectRetention #180 =PutObjectTagging #181 =RenameObject #182 =RestoreObject #183 =SelectObjectContent #184
        =UpdateObjectEncryption #185 =UploadPart #186 =UploadPartCopy #187 @0 RequestCharged:(requester) VersionId:s @1
        Location:s Bucket:s Key:s1.. Expiration:s ETag:s ChecksumCrc32:s ChecksumCrc32C:s ChecksumCrc64Nvme:s
        ChecksumSha1:s ChecksumSha256:s ChecksumSha512:s ChecksumMd5:s ChecksumXxhash64:s ChecksumXxhash3:s
        ChecksumXxhash128:s ChecksumType:(COMPOSITE|FULL_OBJECT)
        ServerSideEncryption:(AES256|aws:fsx|aws:backup|aws:kms|aws:kms:dsse) VersionId:s SsekmsKeyId:s
        BucketKeyEnabled:b RequestCharged:(requester) @2 CopyObjectResult:#3 Expiration:s CopySourceVersionId:s
        VersionId:s ServerSideEncryption:(AES256|aws:fsx|aws:backup|aws:kms|aws:kms:dsse) SseCustomerAlgorithm:s
        SseCustomerKeyMd5:s SsekmsKeyId:s SsekmsEncryptionContext:s BucketKeyEnabled:b RequestCharged:(requester) @3
        ETag:s LastModified:t ChecksumType:(COMPOSITE|FULL_OBJECT) ChecksumCrc32:s ChecksumCrc32C:s ChecksumCrc64Nvme:s
        ChecksumSha1:s ChecksumSha256:s ChecksumSha512:s ChecksumMd5:s ChecksumXxhash64:s ChecksumXxhash3:s
        ChecksumXxhash128:s @4 Location:s BucketArn:s1..128 @5 AbortDate:t AbortRuleId:s Bucket:s Key:s1.. UploadId:s
        ServerSideEncryption:(AES256|aws:fsx|aws:backup|aws:kms|aws:kms:dsse) SseCustomerAlgorithm:s SseCustomerKeyMd5:s
        SsekmsKeyId:s SsekmsEncryptionContext:s BucketKeyEnabled:b RequestCharged:(requester)
        ChecksumAlgorithm:(CRC32|CRC32C|SHA1|SHA256|CRC64NVME|SHA512|MD5|XXHASH64|XXHASH3|XXHASH128)
        ChecksumType:(COMPOSITE|FULL_OBJECT) VersionId:s @6
        ServerSideEncryption:(AES256|aws:fsx|aws:backup|aws:kms|aws:kms:dsse) SsekmsKeyId:s SsekmsEncryptionContext:s
        BucketKeyEnabled:b Credentials!:#7 @7 AccessKeyId!:s SecretAccessKey!:s SessionToken!:s Expiration!:t @8
        DeleteMarker:b VersionId:s RequestCharged:(requester) @9 ObjectVersionId:s RequestCharged:(requester) @10
        VersionId:s @11 Deleted:[#12] RequestCharged:(requester) Errors:[#13] @12 Key:s1.. VersionId:s DeleteMarker:b
        DeleteMarkerVersionId:s @13 Key:s1.. VersionId:s Code:s Message:s @14 AbacStatus:#15 @15
        Status:(Enabled|Disabled) @16 Status:(Enabled|Suspended) RequestCharged:(requester) @17 Owner:#18 Grants:[#19]
        @18 DisplayName:s Id:s @19 Grantee:#20 Permission:(FULL_CONTROL|WRITE|WRITE_ACP|READ|READ_ACP) @20 DisplayName:s
        EmailAddress:s Id:s Type!:(CanonicalUser|AmazonCustomerByEmail|Group) Uri:s @21 AnalyticsConfiguration:#22 @22
        Id!:s Filter:#23 StorageClassAnalysis!:#26 @23 Prefix:s Tag:#24 And:#25 @24 Key!:s1.. Value!:s @25 Prefix:s
        Tags:[#24] @26 DataExport:#27 @27 OutputSchemaVersion!:(V_1) Destination!:#28 @28 S3BucketDestination!:#29 @29
        Format!:(CSV) BucketAccountId:s Bucket!:s Prefix:s @30 CorsRules:[#31] @31 Id:s AllowedHeaders:[s]
        AllowedMethods!:[s] AllowedOrigins!:[s] ExposeHeaders:[s] MaxAgeSeconds:n @32
        ServerSideEncryptionConfiguration:#33 @33 Rules!:[#34] @34 ApplyServerSideEncryptionByDefault:#35
        BucketKeyEnabled:b BlockedEncryptionTypes:#36 @35 SseAlgorithm!:(AES256|aws:fsx|aws:backup|aws:kms|aws:kms:dsse)
        KmsMasterKeyId:s @36 EncryptionType:[(NONE|SSE-C)] @37 IntelligentTieringConfiguration:#38 @38 Id!:s Filter:#39
        Status!:(Enabled|Disabled) Tierings!:[#41] @39 Prefix:s Tag:#24 And:#40 @40 Prefix:s Tags:[#24] @41 Days!:n
        AccessTier!:(ARCHIVE_ACCESS|DEEP_ARCHIVE_ACCESS) @42 InventoryConfiguration:#43 @43 Destination!:#44
        IsEnabled!:b Filter:#49 Id!:s IncludedObjectVersions!:(All|Current) OptionalFields:[(Size|LastModifiedDate|\#
        StorageClass|ETag|IsMultipartUploaded|ReplicationStatus|EncryptionStatus|ObjectLockRetainUntilDate|\#
        ObjectLockMode|ObjectLockLegalHoldStatus|ObjectLockEventHoldStatus|ObjectLockEventHoldDuration|\#
        IntelligentTieringAccessTier|BucketKeyStatus|ChecksumAlgorithm|ObjectAccessControlList|ObjectOwner|\#
        LifecycleExpirationDate|IntelligentTieringReferenceDate)] Schedule!:#50 @44 S3BucketDestination!:#45 @45
        AccountId:s Bucket!:s Format!:(CSV|ORC|Parquet) Prefix:s Encryption:#46 @46 Sses3:#47 Ssekms:#48 @47 @48
        KeyId!:s @49 Prefix!:s @50 Frequency!:(Daily|Weekly) @51 Rules:[#52] @52 Expiration:#53 Id:s Prefix!:s
        Status!:(Enabled|Disabled) Transition:#54 NoncurrentVersionTransition:#55 NoncurrentVersionExpiration:#56
        AbortIncompleteMultipartUpload:#57 @53 Date:t Days:n ExpiredObjectDeleteMarker:b @54 Date:t Days:n
        StorageClass:(GLACIER|STANDARD_IA|ONEZONE_IA|INTELLIGENT_TIERING|DEEP_ARCHIVE|GLACIER_IR) @55 NoncurrentDays:n
        StorageClass:(GLACIER|STANDARD_IA|ONEZONE_IA|INTELLIGENT_TIERING|DEEP_ARCHIVE|GLACIER_IR)
        NewerNoncurrentVersions:n @56 NoncurrentDays:n NewerNoncurrentVersions:n @57 DaysAfterInitiation:n @58
        Rules:[#59] TransitionDefaultMinimumObjectSize:(varies_by_storage_class|all_storage_classes_128K) @59
        Expiration:#53 Id:s Prefix:s Filter:#60 Status!:(Enabled|Disabled) Transitions:[#54]
        NoncurrentVersionTransitions:[#55] NoncurrentVersionExpiration:#56 AbortIncompleteMultipartUpload:#57 @60
        Prefix:s Tag:#24 ObjectSizeGreaterThan:n ObjectSizeLessThan:n And:#61 @61 Prefix:s Tags:[#24]
        ObjectSizeGreaterThan:n ObjectSizeLessThan:n @62 LocationConstraint:(af-south-1|ap-east-1|ap-east-2|\#
        ap-northeast-1|ap-northeast-2|ap-northeast-3|ap-south-1|ap-south-2|ap-southeast-1|ap-southeast-2|\#
        ap-southeast-3|ap-southeast-4|ap-southeast-5|ap-southeast-6|ap-southeast-7|ca-central-1|ca-west-1|cn-north-1|\#
        cn-northwest-1|EU|eu-central-1|eu-central-2|eu-north-1|eu-south-1|eu-south-2|eu-west-1|eu-west-2|eu-west-3|\#
        il-central-1|me-central-1|me-south-1|mx-central-1|sa-east-1|us-east-2|us-gov-east-1|us-gov-west-1|us-west-1|\#
        us-west-2) @63 LoggingEnabled:#64 @64 TargetBucket!:s TargetGrants:[#65] TargetPrefix!:s
        TargetObjectKeyFormat:#66 @65 Grantee:#20 Permission:(FULL_CONTROL|READ|WRITE) @66 SimplePrefix:#67
        PartitionedPrefix:#68 @67 @68 PartitionDateSource:(EventTime|DeliveryTime) @69
        GetBucketMetadataConfigurationResult:#70 @70 MetadataConfigurationResult!:#71 @71 DestinationResult!:#72
        JournalTableConfigurationResult:#73 InventoryTableConfigurationResult:#76 AnnotationTableConfigurationResult:#77
        @72 TableBucketType:(aws|customer) TableBucketArn:s TableNamespace:s @73 TableStatus!:s Error:#74 TableName!:s
        TableArn:s RecordExpiration!:#75 @74 ErrorCode:s ErrorMessage:s @75 Expiration!:(ENABLED|DISABLED) Days:n @76
        ConfigurationState!:(ENABLED|DISABLED) TableStatus:s Error:#74 TableName:s TableArn:s @77
        ConfigurationState!:(ENABLED|DISABLED) TableStatus:s Error:#74 TableName:s TableArn:s Role:s @78
        GetBucketMetadataTableConfigurationResult:#79 @79 MetadataTableConfigurationResult!:#80 Status!:s Error:#74 @80
        S3TablesDestinationResult!:#81 @81 TableBucketArn!:s TableName!:s TableArn!:s TableNamespace!:s @82
        MetricsConfiguration:#83 @83 Id!:s Filter:#84 @84 Prefix:s Tag:#24 AccessPointArn:s And:#85 @85 Prefix:s
        Tags:[#24] AccessPointArn:s @86 TopicConfiguration:#87 QueueConfiguration:#88 CloudFunctionConfiguration:#89 @87
        Id:s Events:[(s3:ReducedRedundancyLostObject|s3:ObjectCreated:*|s3:ObjectCreated:Put|s3:ObjectCreated:Post|\#
        s3:ObjectCreated:Copy|s3:ObjectCreated:CompleteMultipartUpload|s3:ObjectRemoved:*|s3:ObjectRemoved:Delete|\#
        s3:ObjectRemoved:DeleteMarkerCreated|s3:ObjectRestore:*|s3:ObjectRestore:Post|s3:ObjectRestore:Completed|\#
        s3:Replication:*|s3:Replication:OperationFailedReplication|s3:Replication:OperationNotTracked|\#
        s3:Replication:OperationMissedThreshold|s3:Replication:OperationReplicatedAfterThreshold|\#
        s3:ObjectRestore:Delete|s3:LifecycleTransition|s3:IntelligentTiering|s3:ObjectAcl:Put|s3:LifecycleExpiration:*|\#
        s3:LifecycleExpiration:Delete|s3:LifecycleExpiration:DeleteMarkerCreated|s3:ObjectTagging:*|\#
        s3:ObjectTagging:Put|s3:ObjectTagging:Delete|s3:ObjectAnnotation:*|s3:ObjectAnnotation:Put|\#
        s3:ObjectAnnotation:Delete|s3:ObjectRetention:Put)] Event:(s3:ReducedRedundancyLostObject|s3:ObjectCreated:*|\#
        s3:ObjectCreated:Put|s3:ObjectCreated:Post|s3:ObjectCreated:Copy|s3:ObjectCreated:CompleteMultipartUpload|\#
        s3:ObjectRemoved:*|s3:ObjectRemoved:Delete|s3:ObjectRemoved:DeleteMarkerCreated|s3:ObjectRestore:*|\#
        s3:ObjectRestore:Post|s3:ObjectRestore:Completed|s3:Replication:*|s3:Replication:OperationFailedReplication|\#
        s3:Replication:OperationNotTracked|s3:Replication:OperationMissedThreshold|\#
        s3:Replication:OperationReplicatedAfterThreshold|s3:ObjectRestore:Delete|s3:LifecycleTransition|\#
        s3:IntelligentTiering|s3:ObjectAcl:Put|s3:LifecycleExpiration:*|s3:LifecycleExpiration:Delete|\#
        s3:LifecycleExpiration:DeleteMarkerCreated|s3:ObjectTagging:*|s3:ObjectTagging:Put|s3:ObjectTagging:Delete|\#
        s3:ObjectAnnotation:*|s3:ObjectAnnotation:Put|s3:ObjectAnnotation:Delete|s3:ObjectRetention:Put) Topic:s @88
        Id:s Event:(s3:ReducedRedundancyLostObject|s3:ObjectCreated:*|s3:ObjectCreated:Put|s3:ObjectCreated:Post|\#
        s3:ObjectCreated:Copy|s3:ObjectCreated:CompleteMultipartUpload|s3:ObjectRemoved:*|s3:ObjectRemoved:Delete|\#
        s3:ObjectRemoved:DeleteMarkerCreated|s3:ObjectRestore:*|s3:ObjectRestore:Post|s3:ObjectRestore:Completed|\#
        s3:Replication:*|s3:Replication:OperationFailedReplication|s3:Replication:OperationNotTracked|\#
        s3:Replication:OperationMissedThreshold|s3:Replication:OperationReplicatedAfterThreshold|\#
        s3:ObjectRestore:Delete|s3:LifecycleTransition|s3:IntelligentTiering|s3:ObjectAcl:Put|s3:LifecycleExpiration:*|\#
        s3:LifecycleExpiration:Delete|s3:LifecycleExpiration:DeleteMarkerCreated|s3:ObjectTagging:*|\#
        s3:ObjectTagging:Put|s3:ObjectTagging:Delete|s3:ObjectAnnotation:*|s3:ObjectAnnotation:Put|\#
        s3:ObjectAnnotation:Delete|s3:ObjectRetention:Put) Events:[(s3:ReducedRedundancyLostObject|s3:ObjectCreated:*|\#
        s3:ObjectCreated:Put|s3:ObjectCreated:Post|s3:ObjectCreated:Copy|s3:ObjectCreated:CompleteMultipartUpload|\#
        s3:ObjectRemoved:*|s3:ObjectRemoved:Delete|s3:ObjectRemoved:DeleteMarkerCreated|s3:ObjectRestore:*|\#
        s3:ObjectRestore:Post|s3:ObjectRestore:Completed|s3:Replication:*|s3:Replication:OperationFailedReplication|\#
        s3:Replication:OperationNotTracked|s3:Replication:OperationMissedThreshold|\#
        s3:Replication:OperationReplicatedAfterThreshold|s3:ObjectRestore:Delete|s3:LifecycleTransition|\#
        s3:IntelligentTiering|s3:ObjectAcl:Put|s3:LifecycleExpiration:*|s3:LifecycleExpiration:Delete|\#
        s3:LifecycleExpiration:DeleteMarkerCreated|s3:ObjectTagging:*|s3:ObjectTagging:Put|s3:ObjectTagging:Delete|\#
        s3:ObjectAnnotation:*|s3:ObjectAnnotation:Put|s3:ObjectAnnotation:Delete|s3:ObjectRetention:Put)] Queue:s @89
        Id:s Event:(s3:ReducedRedundancyLostObject|s3:ObjectCreated:*|s3:ObjectCreated:Put|s3:ObjectCreated:Post|\#
        s3:ObjectCreated:Copy|s3:ObjectCreated:CompleteMultipartUpload|s3:ObjectRemoved:*|s3:ObjectRemoved:Delete|\#
        s3:ObjectRemoved:DeleteMarkerCreated|s3:ObjectRestore:*|s3:ObjectRestore:Post|s3:ObjectRestore:Completed|\#
        s3:Replication:*|s3:Replication:OperationFailedReplication|s3:Replication:OperationNotTracked|\#
        s3:Replication:OperationMissedThreshold|s3:Replication:OperationReplicatedAfterThreshold|\#
        s3:ObjectRestore:Delete|s3:LifecycleTransition|s3:IntelligentTiering|s3:ObjectAcl:Put|s3:LifecycleExpiration:*|\#
        s3:LifecycleExpiration:Delete|s3:LifecycleExpiration:DeleteMarkerCreated|s3:ObjectTagging:*|\#
        s3:ObjectTagging:Put|s3:ObjectTagging:Delete|s3:ObjectAnnotation:*|s3:ObjectAnnotation:Put|\#
        s3:ObjectAnnotation:Delete|s3:ObjectRetention:Put) Events:[(s3:ReducedRedundancyLostObject|s3:ObjectCreated:*|\#
        s3:ObjectCreated:Put|s3:ObjectCreated:Post|s3:ObjectCreated:Copy|s3:ObjectCreated:CompleteMultipartUpload|\#
        s3:ObjectRemoved:*|s3:ObjectRemoved:Delete|s3:ObjectRemoved:DeleteMarkerCreated|s3:ObjectRestore:*|\#
        s3:ObjectRestore:Post|s3:ObjectRestore:Completed|s3:Replication:*|s3:Replication:OperationFailedReplication|\#
        s3:Replication:OperationNotTracked|s3:Replication:OperationMissedThreshold|\#
        s3:Replication:OperationReplicatedAfterThreshold|s3:ObjectRestore:Delete|s3:LifecycleTransition|\#
        s3:IntelligentTiering|s3:ObjectAcl:Put|s3:LifecycleExpiration:*|s3:LifecycleExpiration:Delete|\#
        s3:LifecycleExpiration:DeleteMarkerCreated|s3:ObjectTagging:*|s3:ObjectTagging:Put|s3:ObjectTagging:Delete|\#
        s3:ObjectAnnotation:*|s3:ObjectAnnotation:Put|s3:ObjectAnnotation:Delete|s3:ObjectRetention:Put)]
        CloudFunction:s InvocationRole:s @90 TopicConfigurations:[#91] QueueConfigurations:[#95]
        LambdaFunctionConfigurations:[#96] EventBridgeConfiguration:#97 @91 Id:s TopicArn!:s
        Events!:[(s3:ReducedRedundancyLostObject|s3:ObjectCreated:*|s3:ObjectCreated:Put|s3:ObjectCreated:Post|\#
        s3:ObjectCreated:Copy|s3:ObjectCreated:CompleteMultipartUpload|s3:ObjectRemoved:*|s3:ObjectRemoved:Delete|\#
        s3:ObjectRemoved:DeleteMarkerCreated|s3:ObjectRestore:*|s3:ObjectRestore:Post|s3:ObjectRestore:Completed|\#
        s3:Replication:*|s3:Replication:OperationFailedReplication|s3:Replication:OperationNotTracked|\#
        s3:Replication:OperationMissedThreshold|s3:Replication:OperationReplicatedAfterThreshold|\#
        s3:ObjectRestore:Delete|s3:LifecycleTransition|s3:IntelligentTiering|s3:ObjectAcl:Put|s3:LifecycleExpiration:*|\#
        s3:LifecycleExpiration:Delete|s3:LifecycleExpiration:DeleteMarkerCreated|s3:ObjectTagging:*|\#
        s3:ObjectTagging:Put|s3:ObjectTagging:Delete|s3:ObjectAnnotation:*|s3:ObjectAnnotation:Put|\#
        s3:ObjectAnnotation:Delete|s3:ObjectRetention:Put)] Filter:#92 @92 Key:#93 @93 FilterRules:[#94] @94
        Name:(prefix|suffix) Value:s @95 Id:s QueueArn!:s Events!:[(s3:ReducedRedundancyLostObject|s3:ObjectCreated:*|\#
        s3:ObjectCreated:Put|s3:ObjectCreated:Post|s3:ObjectCreated:Copy|s3:ObjectCreated:CompleteMultipartUpload|\#
        s3:ObjectRemoved:*|s3:ObjectRemoved:Delete|s3:ObjectRemoved:DeleteMarkerCreated|s3:ObjectRestore:*|\#
        s3:ObjectRestore:Post|s3:ObjectRestore:Completed|s3:Replication:*|s3:Replication:OperationFailedReplication|\#
        s3:Replication:OperationNotTracked|s3:Replication:OperationMissedThreshold|\#
        s3:Replication:OperationReplicatedAfterThreshold|s3:ObjectRestore:Delete|s3:LifecycleTransition|\#
        s3:IntelligentTiering|s3:ObjectAcl:Put|s3:LifecycleExpiration:*|s3:LifecycleExpiration:Delete|\#
        s3:LifecycleExpiration:DeleteMarkerCreated|s3:ObjectTagging:*|s3:ObjectTagging:Put|s3:ObjectTagging:Delete|\#
        s3:ObjectAnnotation:*|s3:ObjectAnnotation:Put|s3:ObjectAnnotation:Delete|s3:ObjectRetention:Put)] Filter:#92 @96
        Id:s LambdaFunctionArn!:s Events!:[(s3:ReducedRedundancyLostObject|s3:ObjectCreated:*|s3:ObjectCreated:Put|\#
        s3:ObjectCreated:Post|s3:ObjectCreated:Copy|s3:ObjectCreated:CompleteMultipartUpload|s3:ObjectRemoved:*|\#
        s3:ObjectRemoved:Delete|s3:ObjectRemoved:DeleteMarkerCreated|s3:ObjectRestore:*|s3:ObjectRestore:Post|\#
        s3:ObjectRestore:Completed|s3:Replication:*|s3:Replication:OperationFailedReplication|\#
        s3:Replication:OperationNotTracked|s3:Replication:OperationMissedThreshold|\#
        s3:Replication:OperationReplicatedAfterThreshold|s3:ObjectRestore:Delete|s3:LifecycleTransition|\#
        s3:IntelligentTiering|s3:ObjectAcl:Put|s3:LifecycleExpiration:*|s3:LifecycleExpiration:Delete|\#
        s3:LifecycleExpiration:DeleteMarkerCreated|s3:ObjectTagging:*|s3:ObjectTagging:Put|s3:ObjectTagging:Delete|\#
        s3:ObjectAnnotation:*|s3:ObjectAnnotation:Put|s3:ObjectAnnotation:Delete|s3:ObjectRetention:Put)] Filter:#92 @97
        @98 OwnershipControls:#99 @99 Rules!:[#100] @100
        ObjectOwnership!:(BucketOwnerPreferred|ObjectWriter|BucketOwnerEnforced) @101 Policy:s @102 PolicyStatus:#103
        @103 IsPublic:b @104 ReplicationConfiguration:#105 @105 Role!:s Rules!:[#106] @106 Id:s Priority:n Prefix:s
        Filter:#107 Status!:(Enabled|Disabled) SourceSelectionCriteria:#109 ExistingObjectReplication:#112
        Destination!:#113 DeleteMarkerReplication:#119 @107 Prefix:s Tag:#24 And:#108 @108 Prefix:s Tags:[#24] @109
        SseKmsEncryptedObjects:#110 ReplicaModifications:#111 @110 Status!:(Enabled|Disabled) @111
        Status!:(Enabled|Disabled) @112 Status!:(Enabled|Disabled) @113 Bucket!:s Account:s StorageClass:(STANDARD|\#
        REDUCED_REDUNDANCY|STANDARD_IA|ONEZONE_IA|INTELLIGENT_TIERING|GLACIER|DEEP_ARCHIVE|OUTPOSTS|GLACIER_IR|SNOW|\#
        EXPRESS_ONEZONE|FSX_OPENZFS|FSX_ONTAP|AWS_BACKUP_WARM|AWS_BACKUP_LOW_COST_WARM) AccessControlTranslation:#114
        EncryptionConfiguration:#115 ReplicationTime:#116 Metrics:#118 @114 Owner!:(Destination) @115 ReplicaKmsKeyId:s
        @116 Status!:(Enabled|Disabled) Time!:#117 @117 Minutes:n @118 Status!:(Enabled|Disabled) EventThreshold:#117
        @119 Status:(Enabled|Disabled) @120 Payer:(Requester|BucketOwner) @121 TagSet!:[#24] @122
        Status:(Enabled|Suspended) MfaDelete:(Enabled|Disabled) @123 RedirectAllRequestsTo:#124 IndexDocument:#125
        ErrorDocument:#126 RoutingRules:[#127] @124 HostName!:s Protocol:(http|https) @125 Suffix!:s @126 Key!:s1.. @127
        Condition:#128 Redirect!:#129 @128 HttpErrorCodeReturnedEquals:s KeyPrefixEquals:s @129 HostName:s
        HttpRedirectCode:s Protocol:(http|https) ReplaceKeyPrefixWith:s ReplaceKeyWith:s @130 Body:s DeleteMarker:b
        AcceptRanges:s Expiration:s Restore:s LastModified:t ContentLength:n ETag:s ChecksumCrc32:s ChecksumCrc32C:s
        ChecksumCrc64Nvme:s ChecksumSha1:s ChecksumSha256:s ChecksumSha512:s ChecksumMd5:s ChecksumXxhash64:s
        ChecksumXxhash3:s ChecksumXxhash128:s ChecksumType:(COMPOSITE|FULL_OBJECT) MissingMeta:n VersionId:s
        CacheControl:s ContentDisposition:s ContentEncoding:s ContentLanguage:s ContentRange:s ContentType:s Expires:s
        WebsiteRedirectLocation:s ServerSideEncryption:(AES256|aws:fsx|aws:backup|aws:kms|aws:kms:dsse) Metadata:<s>
        SseCustomerAlgorithm:s SseCustomerKeyMd5:s SsekmsKeyId:s BucketKeyEnabled:b StorageClass:(STANDARD|\#
        REDUCED_REDUNDANCY|STANDARD_IA|ONEZONE_IA|INTELLIGENT_TIERING|GLACIER|DEEP_ARCHIVE|OUTPOSTS|GLACIER_IR|SNOW|\#
        EXPRESS_ONEZONE|FSX_OPENZFS|FSX_ONTAP|AWS_BACKUP_WARM|AWS_BACKUP_LOW_COST_WARM) RequestCharged:(requester)
        ReplicationStatus:(COMPLETE|PENDING|FAILED|REPLICA|COMPLETED) PartsCount:n TagCount:n
        ObjectLockMode:(GOVERNANCE|COMPLIANCE) ObjectLockRetainUntilDate:t ObjectLockLegalHoldStatus:(ON|OFF)
        ObjectLockEventHold:(ON|OFF) ObjectLockEventHoldDurationDays:n ObjectLockEventHoldDurationYears:n @131 Owner:#18
        Grants:[#19] RequestCharged:(requester) @132 AnnotationPayload:s ObjectVersionId:s LastModified:t
        ContentLength:n ETag:s ChecksumCrc32:s ChecksumCrc32C:s ChecksumCrc64Nvme:s ChecksumSha1:s ChecksumSha256:s
        ChecksumSha512:s ChecksumMd5:s ChecksumXxhash64:s ChecksumXxhash3:s ChecksumXxhash128:s
        ChecksumType:(COMPOSITE|FULL_OBJECT) ServerSideEncryption:(AES256|aws:fsx|aws:backup|aws:kms|aws:kms:dsse)
        RequestCharged:(requester) ReplicationStatus:(COMPLETE|PENDING|FAILED|REPLICA|COMPLETED) @133 DeleteMarker:b
        LastModified:t VersionId:s RequestCharged:(requester) ETag:s Checksum:#134 ObjectParts:#135
        StorageClass:(STANDARD|REDUCED_REDUNDANCY|STANDARD_IA|ONEZONE_IA|INTELLIGENT_TIERING|GLACIER|DEEP_ARCHIVE|\#
        OUTPOSTS|GLACIER_IR|SNOW|EXPRESS_ONEZONE|FSX_OPENZFS|FSX_ONTAP|AWS_BACKUP_WARM|AWS_BACKUP_LOW_COST_WARM)
        ObjectSize:n @134 ChecksumCrc32:s ChecksumCrc32C:s ChecksumCrc64Nvme:s ChecksumSha1:s ChecksumSha256:s
        ChecksumSha512:s ChecksumMd5:s ChecksumXxhash64:s ChecksumXxhash3:s ChecksumXxhash128:s
        ChecksumType:(COMPOSITE|FULL_OBJECT) @135 TotalPartsCount:n PartNumberMarker:n NextPartNumberMarker:n MaxParts:n
        IsTruncated:b Parts:[#136] @136 PartNumber:n Size:n ChecksumCrc32:s ChecksumCrc32C:s ChecksumCrc64Nvme:s
        ChecksumSha1:s ChecksumSha256:s ChecksumSha512:s ChecksumMd5:s ChecksumXxhash64:s ChecksumXxhash3:s
        ChecksumXxhash128:s @137 LegalHold:#138 @138 Status:(ON|OFF) @139 ObjectLockConfiguration:#140 @140
        ObjectLockEnabled:(Enabled) Rule:#141 @141 DefaultRetention:#142 @142 Mode:(GOVERNANCE|COMPLIANCE) Days:n
        Years:n DefaultEventHold:#143 @143 Days:n Years:n @144 Retention:#145 @145 Mode:(GOVERNANCE|COMPLIANCE)
        RetainUntilDate:t EventHold:(ON|OFF) EventHoldDuration:#143 @146 VersionId:s TagSet!:[#24] @147 Body:s
        RequestCharged:(requester) @148 PublicAccessBlockConfiguration:#149 @149 BlockPublicAcls:b IgnorePublicAcls:b
        BlockPublicPolicy:b RestrictPublicBuckets:b @150 BucketArn:s1..128
        BucketLocationType:(AvailabilityZone|LocalZone) BucketLocationName:s BucketRegion:s0..20 AccessPointAlias:b @151
        DeleteMarker:b AcceptRanges:s Expiration:s Restore:s ArchiveStatus:(ARCHIVE_ACCESS|DEEP_ARCHIVE_ACCESS)
        LastModified:t ContentLength:n ChecksumCrc32:s ChecksumCrc32C:s ChecksumCrc64Nvme:s ChecksumSha1:s
        ChecksumSha256:s ChecksumSha512:s ChecksumMd5:s ChecksumXxhash64:s ChecksumXxhash3:s ChecksumXxhash128:s
        ChecksumType:(COMPOSITE|FULL_OBJECT) ETag:s MissingMeta:n VersionId:s CacheControl:s ContentDisposition:s
        ContentEncoding:s ContentLanguage:s ContentType:s ContentRange:s Expires:s WebsiteRedirectLocation:s
        ServerSideEncryption:(AES256|aws:fsx|aws:backup|aws:kms|aws:kms:dsse) Metadata:<s> SseCustomerAlgorithm:s
        SseCustomerKeyMd5:s SsekmsKeyId:s BucketKeyEnabled:b StorageClass:(STANDARD|REDUCED_REDUNDANCY|STANDARD_IA|\#
        ONEZONE_IA|INTELLIGENT_TIERING|GLACIER|DEEP_ARCHIVE|OUTPOSTS|GLACIER_IR|SNOW|EXPRESS_ONEZONE|FSX_OPENZFS|\#
        FSX_ONTAP|AWS_BACKUP_WARM|AWS_BACKUP_LOW_COST_WARM) RequestCharged:(requester)
        ReplicationStatus:(COMPLETE|PENDING|FAILED|REPLICA|COMPLETED) PartsCount:n TagCount:n
        ObjectLockMode:(GOVERNANCE|COMPLIANCE) ObjectLockRetainUntilDate:t ObjectLockLegalHoldStatus:(ON|OFF)
        ObjectLockEventHold:(ON|OFF) ObjectLockEventHoldDurationDays:n ObjectLockEventHoldDurationYears:n @152
        IsTruncated:b ContinuationToken:s NextContinuationToken:s AnalyticsConfigurationList:[#22] @153 IsTruncated:b
        ContinuationToken:s NextContinuationToken:s IntelligentTieringConfigurationList:[#38] @154 ContinuationToken:s
        InventoryConfigurationList:[#43] IsTruncated:b NextContinuationToken:s @155 IsTruncated:b ContinuationToken:s
        NextContinuationToken:s MetricsConfigurationList:[#83] @156 Buckets:[#157] Owner:#18 ContinuationToken:s
        Prefix:s @157 Name:s CreationDate:t BucketRegion:s BucketArn:s1..128 @158 Buckets:[#157]
        ContinuationToken:s0..1024 @159 Bucket:s KeyMarker:s UploadIdMarker:s NextKeyMarker:s Prefix:s Delimiter:s
        NextUploadIdMarker:s MaxUploads:n IsTruncated:b Uploads:[#160] CommonPrefixes:[#162] EncodingType:(url)
        RequestCharged:(requester) @160 UploadId:s Key:s1.. Initiated:t StorageClass:(STANDARD|REDUCED_REDUNDANCY|\#
        STANDARD_IA|ONEZONE_IA|INTELLIGENT_TIERING|GLACIER|DEEP_ARCHIVE|OUTPOSTS|GLACIER_IR|SNOW|EXPRESS_ONEZONE|\#
        FSX_OPENZFS|FSX_ONTAP|AWS_BACKUP_WARM|AWS_BACKUP_LOW_COST_WARM) Owner:#18 Initiator:#161
        ChecksumAlgorithm:(CRC32|CRC32C|SHA1|SHA256|CRC64NVME|SHA512|MD5|XXHASH64|XXHASH3|XXHASH128)
        ChecksumType:(COMPOSITE|FULL_OBJECT) VersionId:s @161 Id:s DisplayName:s @162 Prefix:s @163 Annotations:[#164]
        Bucket:s Key:s1.. ObjectVersionId:s AnnotationPrefix:s MaxAnnotationResults:n1..1000 AnnotationCount:n
        ContinuationToken:s NextContinuationToken:s RequestCharged:(requester) @164 AnnotationName!:s LastModified!:t
        ETag:s ChecksumAlgorithm:[(CRC32|CRC32C|SHA1|SHA256|CRC64NVME|SHA512|MD5|XXHASH64|XXHASH3|XXHASH128)] Size!:n
        ReplicationStatus:(COMPLETE|PENDING|FAILED|REPLICA|COMPLETED) @165 IsTruncated:b KeyMarker:s VersionIdMarker:s
        NextKeyMarker:s NextVersionIdMarker:s Versions:[#166] DeleteMarkers:[#168] Name:s Prefix:s Delimiter:s MaxKeys:n
        CommonPrefixes:[#162] EncodingType:(url) RequestCharged:(requester) @166 ETag:s
        ChecksumAlgorithm:[(CRC32|CRC32C|SHA1|SHA256|CRC64NVME|SHA512|MD5|XXHASH64|XXHASH3|XXHASH128)]
        ChecksumType:(COMPOSITE|FULL_OBJECT) Size:n StorageClass:(STANDARD) Key:s1.. VersionId:s IsLatest:b
        LastModified:t Owner:#18 RestoreStatus:#167 @167 IsRestoreInProgress:b RestoreExpiryDate:t @168 Owner:#18
        Key:s1.. VersionId:s IsLatest:b LastModified:t @169 IsTruncated:b Marker:s NextMarker:s Contents:[#170] Name:s
        Prefix:s Delimiter:s MaxKeys:n CommonPrefixes:[#162] EncodingType:(url) RequestCharged:(requester) @170 Key:s1..
        LastModified:t ETag:s
        ChecksumAlgorithm:[(CRC32|CRC32C|SHA1|SHA256|CRC64NVME|SHA512|MD5|XXHASH64|XXHASH3|XXHASH128)]
        ChecksumType:(COMPOSITE|FULL_OBJECT) Size:n StorageClass:(STANDARD|REDUCED_REDUNDANCY|GLACIER|STANDARD_IA|\#
        ONEZONE_IA|INTELLIGENT_TIERING|DEEP_ARCHIVE|OUTPOSTS|GLACIER_IR|SNOW|EXPRESS_ONEZONE|FSX_OPENZFS|FSX_ONTAP|\#
        AWS_BACKUP_WARM|AWS_BACKUP_LOW_COST_WARM) Owner:#18 RestoreStatus:#167 @171 IsTruncated:b Contents:[#170] Name:s
        Prefix:s Delimiter:s MaxKeys:n CommonPrefixes:[#162] EncodingType:(url) KeyCount:n ContinuationToken:s
        NextContinuationToken:s StartAfter:s RequestCharged:(requester) @172 AbortDate:t AbortRuleId:s Bucket:s Key:s1..
        UploadId:s PartNumberMarker:n NextPartNumberMarker:n MaxParts:n IsTruncated:b Parts:[#173] Initiator:#161
        Owner:#18 StorageClass:(STANDARD|REDUCED_REDUNDANCY|STANDARD_IA|ONEZONE_IA|INTELLIGENT_TIERING|GLACIER|\#
        DEEP_ARCHIVE|OUTPOSTS|GLACIER_IR|SNOW|EXPRESS_ONEZONE|FSX_OPENZFS|FSX_ONTAP|AWS_BACKUP_WARM|\#
        AWS_BACKUP_LOW_COST_WARM) RequestCharged:(requester)
        ChecksumAlgorithm:(CRC32|CRC32C|SHA1|SHA256|CRC64NVME|SHA512|MD5|XXHASH64|XXHASH3|XXHASH128)
        ChecksumType:(COMPOSITE|FULL_OBJECT) VersionId:s @173 PartNumber:n LastModified:t ETag:s Size:n ChecksumCrc32:s
        ChecksumCrc32C:s ChecksumCrc64Nvme:s ChecksumSha1:s ChecksumSha256:s ChecksumSha512:s ChecksumMd5:s
        ChecksumXxhash64:s ChecksumXxhash3:s ChecksumXxhash128:s @174
        TransitionDefaultMinimumObjectSize:(varies_by_storage_class|all_storage_classes_128K) @175 Expiration:s ETag:s
        ChecksumCrc32:s ChecksumCrc32C:s ChecksumCrc64Nvme:s ChecksumSha1:s ChecksumSha256:s ChecksumSha512:s
        ChecksumMd5:s ChecksumXxhash64:s ChecksumXxhash3:s ChecksumXxhash128:s ChecksumType:(COMPOSITE|FULL_OBJECT)
        ServerSideEncryption:(AES256|aws:fsx|aws:backup|aws:kms|aws:kms:dsse) VersionId:s SseCustomerAlgorithm:s
        SseCustomerKeyMd5:s SsekmsKeyId:s SsekmsEncryptionContext:s BucketKeyEnabled:b Size:n RequestCharged:(requester)
        @176 RequestCharged:(requester) @177 Key:s1.. AnnotationName:s ObjectVersionId:s ETag:s ChecksumCrc32:s
        ChecksumCrc32C:s ChecksumCrc64Nvme:s ChecksumSha1:s ChecksumSha256:s ChecksumSha512:s ChecksumMd5:s
        ChecksumXxhash64:s ChecksumXxhash3:s ChecksumXxhash128:s ChecksumType:(COMPOSITE|FULL_OBJECT)
        ServerSideEncryption:(AES256|aws:fsx|aws:backup|aws:kms|aws:kms:dsse) RequestCharged:(requester) @178
        RequestCharged:(requester) @179 RequestCharged:(requester) @180 RequestCharged:(requester) @181 VersionId:s @182
        @183 RequestCharged:(requester) RestoreOutputPath:s @184 Payload:a @185 RequestCharged:(requester) @186
        ServerSideEncryption:(AES256|aws:fsx|aws:backup|aws:kms|aws:kms:dsse) ETag:s ChecksumCrc32:s ChecksumCrc32C:s
        ChecksumCrc64Nvme:s ChecksumSha1:s ChecksumSha256:s ChecksumSha512:s ChecksumMd5:s ChecksumXxhash64:s
        ChecksumXxhash3:s ChecksumXxhash128:s SseCustomerAlgorithm:s SseCustomerKeyMd5:s SsekmsKeyId:s
        BucketKeyEnabled:b RequestCharged:(requester) VersionId:s @187 CopySourceVersionId:s CopyPartResult:#188
        ServerSideEncryption:(AES256|aws:fsx|aws:backup|aws:kms|aws:kms:dsse) SseCustomerAlgorithm:s SseCustomerKeyMd5:s
        SsekmsKeyId:s BucketKeyEnabled:b RequestCharged:(requester) VersionId:s @188 ETag:s LastModified:t
        ChecksumCrc32:s ChecksumCrc32C:s ChecksumCrc64Nvme:s ChecksumSha1:s ChecksumSha256:s ChecksumSha512:s
        ChecksumMd5:s ChecksumXxhash64:s ChecksumXxhash3:s ChecksumXxhash128:s
        """#
}
