extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let glue = #"""
        =GetCrawler #0 =GetJobRun #17 =GetTable #21 =GetTables #47 =StartCrawler #48 =StartJobRun #49 @0 Crawler:#1 @1
        Name:s1..255 Role:s Targets:#2 DatabaseName:s Description:s0..2048 Classifiers:[s1..255] RecrawlPolicy:#11
        SchemaChangePolicy:#12 LineageConfiguration:#13 State:(READY|RUNNING|STOPPING) TablePrefix:s0..128 Schedule:#14
        CrawlElapsedTime:n CreationTime:t LastUpdated:t LastCrawl:#15 Version:n Configuration:s
        CrawlerSecurityConfiguration:s0..128 LakeFormationConfiguration:#16 CatalogId:s1..255 @2 S3Targets:[#3]
        JdbcTargets:[#4] MongoDbTargets:[#5] DynamoDbTargets:[#6] CatalogTargets:[#7] DeltaTargets:[#8]
        IcebergTargets:[#9] HudiTargets:[#10] @3 Path:s Exclusions:[s] ConnectionName:s SampleSize:n EventQueueArn:s
        DlqEventQueueArn:s @4 ConnectionName:s Path:s Exclusions:[s] EnableAdditionalMetadata:[(COMMENTS|RAWTYPES)] @5
        ConnectionName:s Path:s ScanAll:b @6 Path:s ScanAll:b ScanRate:n @7 DatabaseName!:s1..255 Tables!:[s1..255]1..
        ConnectionName:s EventQueueArn:s DlqEventQueueArn:s @8 DeltaTables:[s] ConnectionName:s WriteManifest:b
        CreateNativeDeltaTable:b @9 Paths:[s] ConnectionName:s Exclusions:[s] MaximumTraversalDepth:n @10 Paths:[s]
        ConnectionName:s Exclusions:[s] MaximumTraversalDepth:n @11
        RecrawlBehavior:(CRAWL_EVERYTHING|CRAWL_NEW_FOLDERS_ONLY|CRAWL_EVENT_MODE) @12
        UpdateBehavior:(LOG|UPDATE_IN_DATABASE) DeleteBehavior:(LOG|DELETE_FROM_DATABASE|DEPRECATE_IN_DATABASE) @13
        CrawlerLineageSettings:(ENABLE|DISABLE) @14 ScheduleExpression:s State:(SCHEDULED|NOT_SCHEDULED|TRANSITIONING)
        @15 Status:(SUCCEEDED|CANCELLED|FAILED) ErrorMessage:s0..2048 LogGroup:s1..512 LogStream:s1..512
        MessagePrefix:s1..255 StartTime:t @16 UseLakeFormationCredentials:b AccountId:s0..12 @17 JobRun:#18 @18
        Id:s1..255 Attempt:n PreviousRunId:s1..255 TriggerName:s1..255 JobName:s1..255 JobMode:(SCRIPT|VISUAL|NOTEBOOK)
        JobRunQueuingEnabled:b StartedOn:t LastModifiedOn:t CompletedOn:t
        JobRunState:(STARTING|RUNNING|STOPPING|STOPPED|SUCCEEDED|FAILED|TIMEOUT|ERROR|WAITING|EXPIRED) Arguments:<s>
        ErrorMessage:s PredecessorRuns:[#19] AllocatedCapacity:n ExecutionTime:n Timeout:n1.. MaxCapacity:n
        WorkerType:(Standard|G.1X|G.2X|G.4X|G.8X|G.025X|Z.2X|G.12X|G.16X|R.1X|R.2X|R.4X|R.8X) NumberOfWorkers:n
        SecurityConfiguration:s1..255 LogGroupName:s NotificationProperty:#20 GlueVersion:s1..255 DpuSeconds:n
        ExecutionClass:(FLEX|STANDARD) MaintenanceWindow:s ProfileName:s1..255 StateDetail:s..400000
        ExecutionRoleSessionPolicy:s2..2048 @19 JobName:s1..255 RunId:s1..255 @20 NotifyDelayAfter:n1.. @21 Table:#22
        @22 Name!:s1..255 DatabaseName:s1..255 Description:s0..2048 Owner:s1..255 CreateTime:t UpdateTime:t
        LastAccessTime:t LastAnalyzedTime:t Retention:n StorageDescriptor:#23 PartitionKeys:[#24]
        ViewOriginalText:s..409600 ViewExpandedText:s..409600 TableType:s..255 Parameters:<s..512000> CreatedBy:s1..255
        IsRegisteredWithLakeFormation:b TargetTable:#30 CatalogId:s1..255 VersionId:s1..255 FederatedTable:#31
        ViewDefinition:#32 IsMultiDialectView:b IsMaterializedView:b IcebergTableMetadata:#35 Status:#42
        RlsProperties:#46 @23 Columns:[#24] Location:s..2056 AdditionalLocations:[s..2056] InputFormat:s..128
        OutputFormat:s..128 Compressed:b NumberOfBuckets:n SerdeInfo:#25 BucketColumns:[s1..255] SortColumns:[#26]
        Parameters:<s..512000> SkewedInfo:#27 StoredAsSubDirectories:b SchemaReference:#28 @24 Name!:s1..255
        Type:s0..131072 Comment:s0..255 Parameters:<s..512000> @25 Name:s1..255 SerializationLibrary:s1..255
        Parameters:<s..512000> @26 Column!:s1..255 SortOrder!:n0..1 @27 SkewedColumnNames:[s1..255]
        SkewedColumnValues:[s] SkewedColumnValueLocationMaps:<s> @28 SchemaId:#29 SchemaVersionId:s36..36
        SchemaVersionNumber:n1..100000 @29 SchemaArn:s1..10240 SchemaName:s1..255 RegistryName:s1..255 @30
        CatalogId:s1..255 DatabaseName:s1..255 Name:s1..255 Region:s1..255 @31 Identifier:s1..512
        DatabaseIdentifier:s1..512 ConnectionName:s1..255 ConnectionType:s1..255 @32 IsProtected:b IsManaged:b
        Definer:s20..2048 ViewVersionId:n-1.. ViewVersionToken:s1..255 RefreshSeconds:n
        LastRefreshType:(FULL|INCREMENTAL) SubObjects:[s20..2048]0..10 SubObjectVersionIds:[n-1..]0..250
        SubObjectsStatistics:[#33]0..250 Representations:[#34]1..1000 SparkPipelineInfo:<s0..2048> @33
        SourceType:(HIVE_PARQUET|HIVE_ORC|HIVE_CSV|HIVE_JSON|PLAIN_PARQUET|ICEBERG) GlueVersionId:s PartitionCount:n
        FileCount:n TotalFileBytes:n @34 Dialect:(REDSHIFT|ATHENA|SPARK) DialectVersion:s1..255
        ViewOriginalText:s..409600 ViewExpandedText:s..409600 ValidationConnection:s1..255 IsStale:b @35
        FormatVersion:s1..255 TableUuid:s..100 Location:s..2056 Properties:<s> Schemas:[#36] CurrentSchemaId:n
        LastColumnId:n PartitionSpecs:[#38] DefaultSpecId:n LastPartitionId:n SortOrders:[#40] DefaultSortOrderId:n @36
        SchemaId:n IdentifierFieldIds:[n] Type:(struct) Fields!:[#37] @37 Id!:n Name!:s1..1024 Type!:a Required!:b
        Doc:s0..255 InitialDefault:a WriteDefault:a @38 Fields!:[#39] SpecId:n @39 SourceId!:n Transform!:s
        Name!:s1..1024 FieldId:n @40 OrderId!:n Fields!:[#41] @41 SourceId!:n Transform!:s Direction!:(asc|desc)
        NullOrder!:(nulls-first|nulls-last) @42 RequestedBy:s1..255 UpdatedBy:s1..255 RequestTime:t UpdateTime:t
        Action:(UPDATE|CREATE) State:(QUEUED|IN_PROGRESS|SUCCESS|STOPPED|FAILED) Error:#43 Details:#44 @43
        ErrorCode:s1..255 ErrorMessage:s0..2048 @44 RequestedChange:#22 ViewValidations:[#45] @45
        Dialect:(REDSHIFT|ATHENA|SPARK) DialectVersion:s1..255 ViewValidationText:s..409600 UpdateTime:t
        State:(QUEUED|IN_PROGRESS|SUCCESS|STOPPED|FAILED) Error:#43 @46 DefaultRlsPolicy:s1..255 @47 TableList:[#22]
        NextToken:s @48 @49 JobRunId:s1..255
        """#
}
