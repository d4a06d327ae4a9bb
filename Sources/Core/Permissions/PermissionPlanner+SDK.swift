import JSON
import StatesLanguage

/// `aws-sdk:SERVICE:action`: IAM's prefix and action, and the resource where an argument names it.
extension PermissionPlanner {
    /// SDK names that are not IAM's prefix. Source: Service Authorization Reference.
    private static let prefixes: [String: String] = [
        "sfn": "states", "cloudwatchlogs": "logs", "eventbridge": "events", "cloudwatchevents": "events",
        "emr": "elasticmapreduce", "emrcontainers": "emr-containers", "emrserverless": "emr-serverless",
        "efs": "elasticfilesystem", "sesv2": "ses", "elasticloadbalancingv2": "elasticloadbalancing",
        "cognitoidentityprovider": "cognito-idp", "rdsdata": "rds-data", "ssooidc": "sso-oauth",
        "resourcegroupstaggingapi": "tag", "costexplorer": "ce", "applicationautoscaling": "application-autoscaling",
        "bedrockruntime": "bedrock", "bedrockagentruntime": "bedrock", "redshiftdata": "redshift-data",
        "codedeploy": "codedeploy", "directory": "ds", "elasticache": "elasticache", "opensearch": "es",
        "s3control": "s3", "timestreamwrite": "timestream", "timestreamquery": "timestream",
    ]

    /// S3's API and IAM name things differently. Source: Amazon S3 User Guide § Required permissions for API operations.
    private static let objectActions: [String: [String]] = [
        "getObject": ["s3:GetObject"], "headObject": ["s3:GetObject"], "putObject": ["s3:PutObject"],
        "deleteObject": ["s3:DeleteObject"], "deleteObjects": ["s3:DeleteObject"],
        "createMultipartUpload": ["s3:PutObject"], "uploadPart": ["s3:PutObject"],
        "completeMultipartUpload": ["s3:PutObject"], "abortMultipartUpload": ["s3:AbortMultipartUpload"],
        "getObjectTagging": ["s3:GetObjectTagging"], "putObjectTagging": ["s3:PutObjectTagging"],
        "copyObject": ["s3:PutObject"],
    ]
    private static let bucketActions: [String: String] = [
        "listObjects": "s3:ListBucket", "listObjectsV2": "s3:ListBucket", "headBucket": "s3:ListBucket",
        "listObjectVersions": "s3:ListBucketVersions",
    ]

    static func prefix(of service: String) -> String { prefixes[service] ?? service }

    mutating func addSDK(service: String, action: String, _ arguments: Template?) {
        let name = Self.prefix(of: service)
        let actions = ["\(name):\(Self.capitalized(action))"]
        func argument(_ name: String) -> CallArgument { CallArgument(arguments, [name]) }
        switch (service, action) {
        case ("s3", "listBuckets"):
            remark(["s3:ListAllMyBuckets"], "*", "the action is on no resource")
            plan.allow(["s3:ListAllMyBuckets"], on: ["*"])
        case ("s3", _) where Self.objectActions[action] != nil || Self.bucketActions[action] != nil:
            addS3(action, bucket: argument("Bucket"), key: argument("Key"))
            if action == "copyObject" { addCopySource(argument("CopySource")) }
        case ("dynamodb", _) where !argument("TableName").isAbsent: addTable(actions[0], argument("TableName"))
        case ("sqs", _) where !argument("QueueUrl").isAbsent: addQueue(actions[0], argument("QueueUrl"))
        case ("sns", "publish"): addTopic(arguments)
        case ("lambda", "invoke"):
            addLambda(function: argument("FunctionName"), qualifier: argument("Qualifier"))
        case ("ecs", "runTask"): addECS(arguments, isSync: false)
        case ("batch", "submitJob"): addBatch(arguments, isSync: false)
        case ("glue", "startJobRun"): addGlue(arguments, isSync: false)
        case ("eventbridge", "putEvents"): addEvents(arguments)
        case ("sfn", "startExecution"): addExecution(arguments, isSync: false)
        case ("sfn", "startSyncExecution"):
            let machine = argument("StateMachineArn")
            let found = resource(machine, for: actions, service: "states") { _, _ in nil }
            plan.allow(
                actions, on: [found ?? wide(actions, "states", "stateMachine:*", machine, "StateMachineArn")])
        case ("secretsmanager", _) where !argument("SecretId").isAbsent:
            // Behind a secret's name stand six characters that the service chose.
            let found = resource(argument("SecretId"), for: actions, service: "secretsmanager") {
                $0.arn("secretsmanager", "secret:\($1)-??????")
            }
            plan.allow(
                actions, on: [found ?? wide(actions, "secretsmanager", "secret:*", argument("SecretId"), "SecretId")])
        case ("ssm", "getParameter"), ("ssm", "putParameter"), ("ssm", "deleteParameter"):
            let found = resource(argument("Name"), for: actions, service: "ssm") {
                $0.arn("ssm", "parameter/\($1.drop { $0 == "/" })")
            }
            plan.allow(actions, on: [found ?? wide(actions, "ssm", "parameter/*", argument("Name"), "Name")])
        default: addByARN(actions, prefix: name, arguments)
        }
    }

    /// An argument that is an ARN of the service names the resource; without one the action is allowed on all.
    private mutating func addByARN(_ actions: [String], prefix: String, _ arguments: Template?) {
        var named: [String] = []
        var members: [String] = []
        switch arguments {
        case .literal(.object(let object))?: members = object.keys.map(\.text)
        case .object(let list)?: members = list.map(\.key.text)
        case .literal?, .array?, .path?, .intrinsic?, .query?, nil: break
        }
        for name in members {
            guard let text = CallArgument(arguments, [name]).text, let arn = ARNText(text), arn.service == prefix else {
                continue
            }
            named.append(Self.literal(text))
        }
        if named.isEmpty {
            remark(actions, "*", "no argument is an ARN of \(prefix), and Steplog does not know the action's resources")
            named = ["*"]
        }
        plan.allow(actions, on: named)
    }

    // MARK: - S3

    mutating func addS3(_ action: String, bucket: CallArgument, key: CallArgument, isPrefix: Bool = false) {
        let isObject = Self.bucketActions[action] == nil
        let actions = Self.bucketActions[action].map { [$0] } ?? Self.objectActions[action] ?? []
        let name: String
        if let text = bucket.text {
            // A bucket may be given as an access point's ARN.
            name = ARNText(text) == nil ? "arn:\(partition):s3:::\(Self.literal(text))" : Self.literal(text)
        } else {
            name = "arn:\(partition):s3:::*"
            remark(actions, isObject ? "\(name)/*" : name, Self.reason(bucket, "Bucket"))
        }
        guard isObject else {
            plan.allow(actions, on: [name])
            return
        }
        if let text = key.text {
            plan.allow(actions, on: ["\(name)/\(Self.literal(text))\(isPrefix ? "/*" : "")"])
        } else {
            if bucket.text != nil, !isPrefix { remark(actions, "\(name)/*", Self.reason(key, "Key")) }
            plan.allow(actions, on: ["\(name)/*"])
        }
    }

    /// `BUCKET/KEY`, with or without a slash before it.
    private mutating func addCopySource(_ source: CallArgument) {
        let text = source.text.map { String($0.drop { $0 == "/" }) }
        let slash = text.flatMap { $0.firstIndex(of: "/") }
        guard let text, let slash else { return addS3("getObject", bucket: source, key: source) }
        addS3(
            "getObject", bucket: .fixed(.string(String(text[..<slash]))),
            key: .fixed(.string(String(text[text.index(after: slash)...]))))
    }
}
