extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let dynamoDB = #"""
        =BatchExecuteStatement #0 =BatchGetItem #7 =BatchWriteItem #9 =CancelBulkOperation #14 =CreateBackup #15
        =CreateGlobalTable #17 =CreateTable #26 =DeleteBackup #44 =DeleteItem #53 =DeleteResourcePolicy #54
        =DeleteTable #55 =DescribeBackup #56 =DescribeBulkOperation #57 =DescribeContinuousBackups #65
        =DescribeContributorInsights #68 =DescribeEndpoints #70 =DescribeExport #72 =DescribeGlobalTable #76
        =DescribeGlobalTableSettings #77 =DescribeImport #83 =DescribeKinesisStreamingDestination #93
        =DescribeLimits #95 =DescribeTable #96 =DescribeTableReplicaAutoScaling #97 =DescribeTimeToLive #101
        =DisableKinesisStreamingDestination #102 =EnableKinesisStreamingDestination #102 =ExecuteStatement #104
        =ExecuteTransaction #105 =ExportTableToPointInTime #107 =GetItem #108 =GetResourcePolicy #109 =ImportTable #110
        =ListBackups #111 =ListBulkOperations #113 =ListContributorInsights #115 =ListExports #117
        =ListGlobalTables #119 =ListImports #122 =ListTables #124 =ListTagsOfResource #125 =PutItem #127
        =PutResourcePolicy #128 =Query #129 =RestoreTableFromBackup #130 =RestoreTableToPointInTime #131 =Scan #132
        =SearchVectors #133 =StartBulkPutItems #135 =TransactGetItems #136 =TransactWriteItems #137
        =UpdateContinuousBackups #138 =UpdateContributorInsights #139 =UpdateGlobalTable #140
        =UpdateGlobalTableSettings #141 =UpdateItem #142 =UpdateKinesisStreamingDestination #143 =UpdateTable #145
        =UpdateTableReplicaAutoScaling #146 =UpdateTimeToLive #147 @0 Responses:[#1] ConsumedCapacity:[#4] @1 Error:#2
        TableName:s3..255 Item:<#3> @2 Code:(ConditionalCheckFailed|ItemCollectionSizeLimitExceeded|\#
        RequestLimitExceeded|ValidationError|ProvisionedThroughputExceeded|TransactionConflict|ThrottlingError|\#
        InternalServerError|ResourceNotFound|AccessDenied|DuplicateItem) Message:s Item:<#3> @3 S:s N:s B:s Ss:[s]
        Ns:[s] Bs:[s] M:<#3> L:[#3] Null:b Bool:b @4 TableName:s1..1024 CapacityUnits:n ReadCapacityUnits:n
        WriteCapacityUnits:n Table:#5 LocalSecondaryIndexes:<#5> GlobalSecondaryIndexes:<#5> VectorIndexes:<#6> @5
        ReadCapacityUnits:n WriteCapacityUnits:n CapacityUnits:n @6 VectorSearchRequestBytes:n VectorWriteRequestBytes:n
        @7 Responses:<[<#3>]> UnprocessedKeys:<#8> ConsumedCapacity:[#4] @8 Keys!:[<#3>]1..100
        AttributesToGet:[s..65535]1.. ConsistentRead:b ProjectionExpression:s ExpressionAttributeNames:<s..65535> @9
        UnprocessedItems:<[#10]1..25> ItemCollectionMetrics:<[#13]> ConsumedCapacity:[#4] @10 PutRequest:#11
        DeleteRequest:#12 @11 Item!:<#3> @12 Key!:<#3> @13 ItemCollectionKey:<#3> SizeEstimateRangeGb:[n] @14
        BulkOperationArn!:s37..1024
        BulkOperationStatus!:(IN_PROGRESS|COMPLETED|COMPLETED_WITH_ERRORS|CANCELLING|CANCELLED|FAILED) @15
        BackupDetails:#16 @16 BackupArn!:s37..1024 BackupName!:s3..255 BackupSizeBytes:n
        BackupStatus!:(CREATING|DELETED|AVAILABLE) BackupType!:(USER|SYSTEM|AWS_BACKUP) BackupCreationDateTime!:t
        BackupExpiryDateTime:t @17 GlobalTableDescription:#18 @18 ReplicationGroup:[#19] GlobalTableArn:s
        CreationDateTime:t GlobalTableStatus:(CREATING|ACTIVE|DELETING|UPDATING) GlobalTableName:s3..255 @19
        RegionName:s ReplicaStatus:(CREATING|CREATION_FAILED|UPDATING|DELETING|ACTIVE|REGION_DISABLED|\#
        INACCESSIBLE_ENCRYPTION_CREDENTIALS|ARCHIVING|ARCHIVED|REPLICATION_NOT_AUTHORIZED) ReplicaArn:s
        ReplicaStatusDescription:s ReplicaStatusPercentProgress:s KmsMasterKeyId:s ProvisionedThroughputOverride:#20
        OnDemandThroughputOverride:#21 WarmThroughput:#22 GlobalSecondaryIndexes:[#23] ReplicaInaccessibleDateTime:t
        ReplicaTableClassSummary:#25 GlobalTableSettingsReplicationMode:(ENABLED|DISABLED|ENABLED_WITH_OVERRIDES) @20
        ReadCapacityUnits:n1.. @21 MaxReadRequestUnits:n @22 ReadUnitsPerSecond:n1.. WriteUnitsPerSecond:n1..
        Status:(CREATING|UPDATING|DELETING|ACTIVE|INACCESSIBLE_ENCRYPTION_CREDENTIALS|ARCHIVING|ARCHIVED|\#
        REPLICATION_NOT_AUTHORIZED) @23 IndexName:s3..255 ProvisionedThroughputOverride:#20
        OnDemandThroughputOverride:#21 WarmThroughput:#24 @24 ReadUnitsPerSecond:n1.. WriteUnitsPerSecond:n1..
        Status:(CREATING|UPDATING|DELETING|ACTIVE) @25 TableClass:(STANDARD|STANDARD_INFREQUENT_ACCESS)
        LastUpdateDateTime:t @26 TableDescription:#27 @27 AttributeDefinitions:[#28] TableName:s3..255
        KeySchema:[#29]1.. TableStatus:(CREATING|UPDATING|DELETING|ACTIVE|INACCESSIBLE_ENCRYPTION_CREDENTIALS|\#
        ARCHIVING|ARCHIVED|REPLICATION_NOT_AUTHORIZED) CreationDateTime:t ProvisionedThroughput:#30 TableSizeBytes:n
        ItemCount:n TableArn:s TableId:s BillingModeSummary:#31 LocalSecondaryIndexes:[#32] GlobalSecondaryIndexes:[#34]
        StreamSpecification:#36 LatestStreamLabel:s LatestStreamArn:s37..1024 GlobalTableVersion:s Replicas:[#19]
        GlobalTableWitnesses:[#37] GlobalTableSettingsReplicationMode:(ENABLED|DISABLED|ENABLED_WITH_OVERRIDES)
        RestoreSummary:#38 SseDescription:#39 ArchivalSummary:#40 TableClassSummary:#25 DeletionProtectionEnabled:b
        DisassociationProtectionEnabled:b OnDemandThroughput:#35 WarmThroughput:#22
        MultiRegionConsistency:(EVENTUAL|STRONG) VectorIndexes:[#41] @28 AttributeName!:s1..255 AttributeType!:(S|N|B)
        @29 AttributeName!:s1..255 KeyType!:(HASH|RANGE) @30 LastIncreaseDateTime:t LastDecreaseDateTime:t
        NumberOfDecreasesToday:n1.. ReadCapacityUnits:n WriteCapacityUnits:n @31
        BillingMode:(PROVISIONED|PAY_PER_REQUEST) LastUpdateToPayPerRequestDateTime:t @32 IndexName:s3..255
        KeySchema:[#29]1.. Projection:#33 IndexSizeBytes:n ItemCount:n IndexArn:s @33
        ProjectionType:(ALL|KEYS_ONLY|INCLUDE) NonKeyAttributes:[s1..255]1..20 @34 IndexName:s3..255 KeySchema:[#29]1..
        Projection:#33 IndexStatus:(CREATING|UPDATING|DELETING|ACTIVE) Backfilling:b ProvisionedThroughput:#30
        IndexSizeBytes:n ItemCount:n IndexArn:s OnDemandThroughput:#35 WarmThroughput:#24 @35 MaxReadRequestUnits:n
        MaxWriteRequestUnits:n @36 StreamEnabled!:b StreamViewType:(NEW_IMAGE|OLD_IMAGE|NEW_AND_OLD_IMAGES|KEYS_ONLY)
        @37 RegionName:s WitnessStatus:(CREATING|DELETING|ACTIVE) @38 SourceBackupArn:s37..1024 SourceTableArn:s1..1024
        RestoreDateTime!:t RestoreInProgress!:b @39 Status:(ENABLING|ENABLED|DISABLING|DISABLED|UPDATING)
        SseType:(AES256|KMS) KmsMasterKeyArn:s InaccessibleEncryptionDateTime:t @40 ArchivalDateTime:t ArchivalReason:s
        ArchivalBackupArn:s37..1024 @41 IndexName:s3..255 SearchSchema:[#42]1.. Projection:#33 VectorAttribute:#43
        Dimensions:n1.. DistanceFunction:(COSINE|DOT_PRODUCT|EUCLIDEAN) IndexStatus:(CREATING|UPDATING|DELETING|ACTIVE)
        Backfilling:b IndexSizeBytes:n ItemCount:n IndexArn:s @42 AttributeName!:s..65535
        SearchSchemaElementType!:(HASH|INLINE_FILTER) @43 AttributeName!:s1..255 @44 BackupDescription:#45 @45
        BackupDetails:#16 SourceTableDetails:#46 SourceTableFeatureDetails:#48 @46 TableName!:s3..255 TableId!:s
        TableArn:s1..1024 TableSizeBytes:n KeySchema!:[#29]1.. TableCreationDateTime!:t ProvisionedThroughput!:#47
        OnDemandThroughput:#35 ItemCount:n BillingMode:(PROVISIONED|PAY_PER_REQUEST) @47 ReadCapacityUnits!:n1..
        WriteCapacityUnits!:n1.. @48 LocalSecondaryIndexes:[#49] GlobalSecondaryIndexes:[#50] StreamDescription:#36
        TimeToLiveDescription:#51 SseDescription:#39 VectorIndexes:[#52] @49 IndexName:s3..255 KeySchema:[#29]1..
        Projection:#33 @50 IndexName:s3..255 KeySchema:[#29]1.. Projection:#33 ProvisionedThroughput:#47
        OnDemandThroughput:#35 @51 TimeToLiveStatus:(ENABLING|DISABLING|ENABLED|DISABLED) AttributeName:s1..255 @52
        IndexName:s3..255 VectorAttribute:#43 SearchSchema:[#42]1.. Projection:#33 Dimensions:n1..
        DistanceFunction:(COSINE|DOT_PRODUCT|EUCLIDEAN) @53 Attributes:<#3> ConsumedCapacity:#4
        ItemCollectionMetrics:#13 @54 RevisionId:s1..255 @55 TableDescription:#27 @56 BackupDescription:#45 @57
        BulkOperationDescription!:#58 @58 BulkOperationArn:s37..1024
        BulkOperationStatus:(IN_PROGRESS|COMPLETED|COMPLETED_WITH_ERRORS|CANCELLING|CANCELLED|FAILED) TableDetails:[#59]
        ClientToken:s InputS3Configuration:#60 OutputS3Configuration:#61 StartTime:t EndTime:t ProcessedItemCount:n
        ProcessedInputBytes:n TotalInputBytes:n BulkOperationUsage:[#62] FailedItemCount:n FailureCode:s
        FailureMessage:s MaxWriteRequestUnits:n1024.. PerformanceTier:(STANDARD|ACCELERATED) @59 TableName:s1..1024
        TableId:s @60 S3BucketOwner:s S3Bucket!:s..255 S3KeyPrefix:s..1024 InputFormat!:(DYNAMODB_JSON|ION)
        InputCompressionType:(GZIP|ZSTD|NONE) @61 S3BucketOwner:s S3Bucket:s..255 S3KeyPrefix:s..1024
        S3SseAlgorithm:(AES256|KMS) S3SseKmsKeyId:s1..2048 OutputType!:[(ERROR|CONDITION_CHECK_FAILURE)] @62
        TableName:s1..1024 BulkPutBytes:n Table:#63 LocalSecondaryIndexes:<#63> GlobalSecondaryIndexes:<#63>
        VectorIndexes:<#64> @63 BulkPutBytes:n @64 BulkPutVectorBytes:n @65 ContinuousBackupsDescription:#66 @66
        ContinuousBackupsStatus!:(ENABLED|DISABLED) PointInTimeRecoveryDescription:#67 @67
        PointInTimeRecoveryStatus:(ENABLED|DISABLED) RecoveryPeriodInDays:n1..35 EarliestRestorableDateTime:t
        LatestRestorableDateTime:t @68 TableName:s3..255 IndexName:s3..255 ContributorInsightsRuleList:[s]
        ContributorInsightsStatus:(ENABLING|ENABLED|DISABLING|DISABLED|FAILED) LastUpdateDateTime:t FailureException:#69
        ContributorInsightsMode:(ACCESSED_AND_THROTTLED_KEYS|THROTTLED_KEYS) @69 ExceptionName:s ExceptionDescription:s
        @70 Endpoints!:[#71] @71 Address!:s CachePeriodInMinutes!:n @72 ExportDescription:#73 @73 ExportArn:s37..1024
        ExportStatus:(IN_PROGRESS|COMPLETED|FAILED) StartTime:t EndTime:t ExportManifest:s TableArn:s1..1024 TableId:s
        ExportTime:t ClientToken:s S3Bucket:s..255 S3BucketOwner:s S3Prefix:s..1024 S3SseAlgorithm:(AES256|KMS)
        S3SseKmsKeyId:s1..2048 FailureCode:s FailureMessage:s ExportFormat:(DYNAMODB_JSON|ION) BilledSizeBytes:n
        ItemCount:n ExportType:(FULL_EXPORT|INCREMENTAL_EXPORT) IncrementalExportSpecification:#74
        FilterSpecification:#75 @74 ExportFromTime:t ExportToTime:t ExportViewType:(NEW_IMAGE|NEW_AND_OLD_IMAGES) @75
        FilterExpression:s ProjectionExpression:s KeyConditionExpression:s ExpressionAttributeNames:<s..65535>
        ExpressionAttributeValues:<#3> @76 GlobalTableDescription:#18 @77 GlobalTableName:s3..255 ReplicaSettings:[#78]
        @78 RegionName!:s ReplicaStatus:(CREATING|CREATION_FAILED|UPDATING|DELETING|ACTIVE|REGION_DISABLED|\#
        INACCESSIBLE_ENCRYPTION_CREDENTIALS|ARCHIVING|ARCHIVED|REPLICATION_NOT_AUTHORIZED) ReplicaBillingModeSummary:#31
        ReplicaProvisionedReadCapacityUnits:n ReplicaProvisionedReadCapacityAutoScalingSettings:#79
        ReplicaProvisionedWriteCapacityUnits:n ReplicaProvisionedWriteCapacityAutoScalingSettings:#79
        ReplicaGlobalSecondaryIndexSettings:[#82] ReplicaTableClassSummary:#25 @79 MinimumUnits:n1.. MaximumUnits:n1..
        AutoScalingDisabled:b AutoScalingRoleArn:s ScalingPolicies:[#80] @80 PolicyName:s1..256
        TargetTrackingScalingPolicyConfiguration:#81 @81 DisableScaleIn:b ScaleInCooldown:n ScaleOutCooldown:n
        TargetValue!:n @82 IndexName!:s3..255 IndexStatus:(CREATING|UPDATING|DELETING|ACTIVE)
        ProvisionedReadCapacityUnits:n1.. ProvisionedReadCapacityAutoScalingSettings:#79
        ProvisionedWriteCapacityUnits:n1.. ProvisionedWriteCapacityAutoScalingSettings:#79 @83
        ImportTableDescription!:#84 @84 ImportArn:s37..1024
        ImportStatus:(IN_PROGRESS|COMPLETED|CANCELLING|CANCELLED|FAILED) TableArn:s1..1024 TableId:s ClientToken:s
        S3BucketSource:#85 ErrorCount:n CloudWatchLogGroupArn:s1..1024 InputFormat:(DYNAMODB_JSON|ION|CSV)
        InputFormatOptions:#86 InputCompressionType:(GZIP|ZSTD|NONE) TableCreationParameters:#88 StartTime:t EndTime:t
        ProcessedSizeBytes:n ProcessedItemCount:n ImportedItemCount:n FailureCode:s FailureMessage:s @85 S3BucketOwner:s
        S3Bucket!:s..255 S3KeyPrefix:s..1024 @86 Csv:#87 @87 Delimiter:s1..1 HeaderList:[s1..65536]1..255 @88
        TableName!:s3..255 AttributeDefinitions!:[#28] KeySchema!:[#29]1.. BillingMode:(PROVISIONED|PAY_PER_REQUEST)
        ProvisionedThroughput:#47 OnDemandThroughput:#35 SseSpecification:#89 GlobalSecondaryIndexes:[#90]
        VectorIndexes:[#92] @89 Enabled:b SseType:(AES256|KMS) KmsMasterKeyId:s @90 IndexName!:s3..255
        KeySchema!:[#29]1.. Projection!:#33 ProvisionedThroughput:#47 OnDemandThroughput:#35 WarmThroughput:#91 @91
        ReadUnitsPerSecond:n WriteUnitsPerSecond:n @92 IndexName!:s3..255 VectorAttribute!:#43 SearchSchema:[#42]1..
        Projection!:#33 Dimensions!:n1.. DistanceFunction!:(COSINE|DOT_PRODUCT|EUCLIDEAN) @93 TableName:s3..255
        KinesisDataStreamDestinations:[#94] @94 StreamArn:s37..1024
        DestinationStatus:(ENABLING|ACTIVE|DISABLING|DISABLED|ENABLE_FAILED|UPDATING) DestinationStatusDescription:s
        ApproximateCreationDateTimePrecision:(MILLISECOND|MICROSECOND) @95 AccountMaxReadCapacityUnits:n1..
        AccountMaxWriteCapacityUnits:n1.. TableMaxReadCapacityUnits:n1.. TableMaxWriteCapacityUnits:n1.. @96 Table:#27
        @97 TableAutoScalingDescription:#98 @98 TableName:s3..255 TableStatus:(CREATING|UPDATING|DELETING|ACTIVE|\#
        INACCESSIBLE_ENCRYPTION_CREDENTIALS|ARCHIVING|ARCHIVED|REPLICATION_NOT_AUTHORIZED) Replicas:[#99] @99
        RegionName:s GlobalSecondaryIndexes:[#100] ReplicaProvisionedReadCapacityAutoScalingSettings:#79
        ReplicaProvisionedWriteCapacityAutoScalingSettings:#79 ReplicaStatus:(CREATING|CREATION_FAILED|UPDATING|\#
        DELETING|ACTIVE|REGION_DISABLED|INACCESSIBLE_ENCRYPTION_CREDENTIALS|ARCHIVING|ARCHIVED|\#
        REPLICATION_NOT_AUTHORIZED) @100 IndexName:s3..255 IndexStatus:(CREATING|UPDATING|DELETING|ACTIVE)
        ProvisionedReadCapacityAutoScalingSettings:#79 ProvisionedWriteCapacityAutoScalingSettings:#79 @101
        TimeToLiveDescription:#51 @102 TableName:s3..255 StreamArn:s37..1024
        DestinationStatus:(ENABLING|ACTIVE|DISABLING|DISABLED|ENABLE_FAILED|UPDATING)
        EnableKinesisStreamingConfiguration:#103 @103 ApproximateCreationDateTimePrecision:(MILLISECOND|MICROSECOND)
        @104 Items:[<#3>] NextToken:s1..32768 ConsumedCapacity:#4 LastEvaluatedKey:<#3> @105 Responses:[#106]1..100
        ConsumedCapacity:[#4] @106 Item:<#3> @107 ExportDescription:#73 @108 Item:<#3> ConsumedCapacity:#4 @109 Policy:s
        RevisionId:s1..255 @110 ImportTableDescription!:#84 @111 BackupSummaries:[#112] LastEvaluatedBackupArn:s37..1024
        @112 TableName:s3..255 TableId:s TableArn:s1..1024 BackupArn:s37..1024 BackupName:s3..255
        BackupCreationDateTime:t BackupExpiryDateTime:t BackupStatus:(CREATING|DELETED|AVAILABLE)
        BackupType:(USER|SYSTEM|AWS_BACKUP) BackupSizeBytes:n @113 BulkOperationsSummaryList:[#114] NextToken:s1..1024
        @114 BulkOperationArn!:s37..1024
        BulkOperationStatus!:(IN_PROGRESS|COMPLETED|COMPLETED_WITH_ERRORS|CANCELLING|CANCELLED|FAILED) StartTime!:t
        EndTime:t @115 ContributorInsightsSummaries:[#116] NextToken:s @116 TableName:s3..255 IndexName:s3..255
        ContributorInsightsStatus:(ENABLING|ENABLED|DISABLING|DISABLED|FAILED)
        ContributorInsightsMode:(ACCESSED_AND_THROTTLED_KEYS|THROTTLED_KEYS) @117 ExportSummaries:[#118] NextToken:s
        @118 ExportArn:s37..1024 ExportStatus:(IN_PROGRESS|COMPLETED|FAILED) ExportType:(FULL_EXPORT|INCREMENTAL_EXPORT)
        @119 GlobalTables:[#120] LastEvaluatedGlobalTableName:s3..255 @120 GlobalTableName:s3..255
        ReplicationGroup:[#121] @121 RegionName:s @122 ImportSummaryList:[#123] NextToken:s112..1024 @123
        ImportArn:s37..1024 ImportStatus:(IN_PROGRESS|COMPLETED|CANCELLING|CANCELLED|FAILED) TableArn:s1..1024
        S3BucketSource:#85 CloudWatchLogGroupArn:s1..1024 InputFormat:(DYNAMODB_JSON|ION|CSV) StartTime:t EndTime:t @124
        TableNames:[s3..255] LastEvaluatedTableName:s3..255 @125 Tags:[#126] NextToken:s @126 Key!:s1..128
        Value!:s0..256 @127 Attributes:<#3> ConsumedCapacity:#4 ItemCollectionMetrics:#13 @128 RevisionId:s1..255 @129
        Items:[<#3>] Count:n ScannedCount:n LastEvaluatedKey:<#3> ConsumedCapacity:#4 @130 TableDescription:#27 @131
        TableDescription:#27 @132 Items:[<#3>] Count:n ScannedCount:n LastEvaluatedKey:<#3> ConsumedCapacity:#4 @133
        ConsumedCapacity:#6 SearchResults:[#134] @134 Item:<#3> Score:n @135 BulkOperationDescription!:#58 @136
        ConsumedCapacity:[#4] Responses:[#106]1..100 @137 ConsumedCapacity:[#4] ItemCollectionMetrics:<[#13]> @138
        ContinuousBackupsDescription:#66 @139 TableName:s3..255 IndexName:s3..255
        ContributorInsightsStatus:(ENABLING|ENABLED|DISABLING|DISABLED|FAILED)
        ContributorInsightsMode:(ACCESSED_AND_THROTTLED_KEYS|THROTTLED_KEYS) @140 GlobalTableDescription:#18 @141
        GlobalTableName:s3..255 ReplicaSettings:[#78] @142 Attributes:<#3> ConsumedCapacity:#4 ItemCollectionMetrics:#13
        @143 TableName:s3..255 StreamArn:s37..1024
        DestinationStatus:(ENABLING|ACTIVE|DISABLING|DISABLED|ENABLE_FAILED|UPDATING)
        UpdateKinesisStreamingConfiguration:#144 @144 ApproximateCreationDateTimePrecision:(MILLISECOND|MICROSECOND)
        @145 TableDescription:#27 @146 TableAutoScalingDescription:#98 @147 TimeToLiveSpecification:#148 @148 Enabled!:b
        AttributeName!:s1..255
        """#
}
