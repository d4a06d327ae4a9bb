extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let athena = #"""
        =GetQueryExecution #0 =GetQueryResults #16 =StartQueryExecution #22 =StopQueryExecution #23 @0 QueryExecution:#1
        @1 QueryExecutionId:s1..128 Query:s1..262144 StatementType:(DDL|DML|UTILITY) ManagedQueryResultsConfiguration:#2
        ResultConfiguration:#4 ResultReuseConfiguration:#7 QueryExecutionContext:#9 Status:#10 Statistics:#12
        WorkGroup:s EngineVersion:#14 ExecutionParameters:[s1..1024]1.. SubstatementType:s
        QueryResultsS3AccessGrantsConfiguration:#15 @2 Enabled!:b EncryptionConfiguration:#3 @3 KmsKey!:s1..2048 @4
        OutputLocation:s EncryptionConfiguration:#5 ExpectedBucketOwner:s12..12 AclConfiguration:#6 @5
        EncryptionOption!:(SSE_S3|SSE_KMS|CSE_KMS) KmsKey:s @6 S3AclOption!:(BUCKET_OWNER_FULL_CONTROL) @7
        ResultReuseByAgeConfiguration:#8 @8 Enabled!:b MaxAgeInMinutes:n0..10080 @9 Database:s1..255 Catalog:s1..256 @10
        State:(QUEUED|RUNNING|SUCCEEDED|FAILED|CANCELLED) StateChangeReason:s SubmissionDateTime:t CompletionDateTime:t
        AthenaError:#11 @11 ErrorCategory:n1..3 ErrorType:n0..9999 Retryable:b ErrorMessage:s @12
        EngineExecutionTimeInMillis:n DataScannedInBytes:n DataManifestLocation:s TotalExecutionTimeInMillis:n
        QueryQueueTimeInMillis:n ServicePreProcessingTimeInMillis:n QueryPlanningTimeInMillis:n
        ServiceProcessingTimeInMillis:n ResultReuseInformation:#13 DpuCount:n @13 ReusedPreviousResult!:b @14
        SelectedEngineVersion:s1..128 EffectiveEngineVersion:s1..128 @15 EnableS3AccessGrants!:b CreateUserLevelPrefix:b
        AuthenticationType!:(DIRECTORY_IDENTITY) @16 UpdateCount:n ResultSet:#17 NextToken:s1..1024 @17 Rows:[#18]
        ResultSetMetadata:#20 @18 Data:[#19] @19 VarCharValue:s @20 ColumnInfo:[#21] @21 CatalogName:s SchemaName:s
        TableName:s Name!:s Label:s Type!:s Precision:n Scale:n Nullable:(NOT_NULL|NULLABLE|UNKNOWN) CaseSensitive:b @22
        QueryExecutionId:s1..128 @23
        """#
}
