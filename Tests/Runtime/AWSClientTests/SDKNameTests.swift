import AWSClient
import Testing

@Suite("Names of members")
struct SDKNameTests {
    @Test(
        "A member is named as the SDK for Java names it",
        arguments: [
            ("MD5OfMessageBody", "Md5OfMessageBody"), ("SSEKMSKeyId", "SsekmsKeyId"), ("ETag", "ETag"),
            ("taskArn", "TaskArn"), ("ChecksumCRC32C", "ChecksumCRC32C"), ("DynamoDB", "DynamoDb"), ("SFN", "Sfn"),
            ("Secrets Manager", "SecretsManager"), ("S3", "S3"), ("CRC64NVME", "Crc64Nvme"),
            ("URI", "Uri"), ("dBName", "DBName"), ("PhysicalTableId", "PhysicalTableId"),
        ])
    func names(_ api: String, _ expected: String) { #expect(SDKName.member(api) == expected) }
}
