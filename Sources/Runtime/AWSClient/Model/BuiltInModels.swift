import JSON

/// The little that must be known of the services that are called most, for machines without models: how the operations of the
/// integrations are written. Shapes that are not described are passed on as they are. Source: the services' API references.
enum BuiltInModels {
    static func model(_ name: String) -> ServiceModel? {
        guard let text = texts[name], let document = try? JSONParser.parse(text) else { return nil }
        return ServiceModel(document)
    }

    private static func json(
        _ id: String, _ prefix: String, _ target: String, _ version: String, _ operations: [String]
    ) -> String {
        let list = operations.map { #""\#($0)": {"http": {"method": "POST", "requestUri": "/"}}"# }
        return """
            {"metadata": {"protocol": "json", "jsonVersion": "\(version)", "serviceId": "\(id)", "endpointPrefix": "\(prefix)",
             "targetPrefix": "\(target)"}, "operations": {\(list.joined(separator: ","))}, "shapes": {}}
            """
    }

    private static let texts: [String: String] = [
        "ecs": json(
            "ECS", "ecs", "AmazonEC2ContainerServiceV20141113", "1.1",
            [
                "RunTask", "DescribeTasks", "StopTask", "ListTasks", "DescribeTaskDefinition", "DescribeClusters",
                "RegisterTaskDefinition", "CreateCluster", "ListClusters",
            ]),
        "logs": json(
            "CloudWatch Logs", "logs", "Logs_20140328", "1.1",
            ["GetLogEvents", "FilterLogEvents", "DescribeLogStreams"]),
        "sqs": json(
            "SQS", "sqs", "AmazonSQS", "1.0",
            [
                "SendMessage", "ReceiveMessage", "DeleteMessage", "DeleteMessageBatch", "CreateQueue", "GetQueueUrl",
                "GetQueueAttributes", "ChangeMessageVisibility", "ChangeMessageVisibilityBatch",
            ]),
        "dynamodb": json(
            "DynamoDB", "dynamodb", "DynamoDB_20120810", "1.0",
            ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan", "CreateTable"]),
        "events": json("EventBridge", "events", "AWSEvents", "1.1", ["PutEvents", "DescribeConnection", "PutRule"]),
        "stepfunctions": json(
            "SFN", "states", "AWSStepFunctions", "1.0",
            [
                "StartExecution", "DescribeExecution", "StopExecution", "SendTaskSuccess", "SendTaskFailure",
                "SendTaskHeartbeat", "StartSyncExecution",
            ]),
        "secretsmanager": json("Secrets Manager", "secretsmanager", "secretsmanager", "1.1", ["GetSecretValue"]),
        "glue": json("Glue", "glue", "AWSGlue", "1.1", ["StartJobRun", "GetJobRun", "GetJobRuns", "BatchStopJobRun"]),
        "batch": """
        {"metadata": {"protocol": "rest-json", "serviceId": "Batch", "endpointPrefix": "batch"}, "operations": {
          "SubmitJob": {"http": {"method": "POST", "requestUri": "/v1/submitjob"}},
          "ListJobs": {"http": {"method": "POST", "requestUri": "/v1/listjobs"}},
          "DescribeJobs": {"http": {"method": "POST", "requestUri": "/v1/describejobs"}},
          "TerminateJob": {"http": {"method": "POST", "requestUri": "/v1/terminatejob"}}}, "shapes": {}}
        """,
        "lambda": """
        {"metadata": {"protocol": "rest-json", "serviceId": "Lambda", "endpointPrefix": "lambda"}, "operations": {
          "Invoke": {"http": {"method": "POST", "requestUri": "/2015-03-31/functions/{FunctionName}/invocations"},
            "input": {"shape": "In"}, "output": {"shape": "Out"}}},
         "shapes": {"S": {"type": "string"}, "I": {"type": "integer"}, "B": {"type": "blob"},
          "In": {"type": "structure", "payload": "Payload", "members": {
            "FunctionName": {"shape": "S", "location": "uri", "locationName": "FunctionName"},
            "InvocationType": {"shape": "S", "location": "header", "locationName": "X-Amz-Invocation-Type"},
            "LogType": {"shape": "S", "location": "header", "locationName": "X-Amz-Log-Type"},
            "ClientContext": {"shape": "S", "location": "header", "locationName": "X-Amz-Client-Context"},
            "Qualifier": {"shape": "S", "location": "querystring", "locationName": "Qualifier"},
            "Payload": {"shape": "B"}}},
          "Out": {"type": "structure", "payload": "Payload", "members": {
            "StatusCode": {"shape": "I", "location": "statusCode"},
            "FunctionError": {"shape": "S", "location": "header", "locationName": "X-Amz-Function-Error"},
            "LogResult": {"shape": "S", "location": "header", "locationName": "X-Amz-Log-Result"},
            "ExecutedVersion": {"shape": "S", "location": "header", "locationName": "X-Amz-Executed-Version"},
            "Payload": {"shape": "B"}}}}}
        """,
        "sns": """
        {"metadata": {"protocol": "query", "serviceId": "SNS", "endpointPrefix": "sns", "apiVersion": "2010-03-31"}, "operations": {
          "Publish": {"http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "In"},
            "output": {"shape": "Out", "resultWrapper": "PublishResult"}}},
         "shapes": {"S": {"type": "string"}, "B": {"type": "blob"},
          "In": {"type": "structure", "members": {"TopicArn": {"shape": "S"}, "TargetArn": {"shape": "S"},
            "PhoneNumber": {"shape": "S"}, "Message": {"shape": "S"}, "Subject": {"shape": "S"}, "MessageStructure": {"shape": "S"},
            "MessageDeduplicationId": {"shape": "S"}, "MessageGroupId": {"shape": "S"}, "MessageAttributes": {"shape": "M"}}},
          "M": {"type": "map", "key": {"shape": "S", "locationName": "Name"}, "value": {"shape": "A", "locationName": "Value"}},
          "A": {"type": "structure", "members": {"DataType": {"shape": "S"}, "StringValue": {"shape": "S"},
            "BinaryValue": {"shape": "B"}}},
          "Out": {"type": "structure", "members": {"MessageId": {"shape": "S"}, "SequenceNumber": {"shape": "S"}}}}}
        """,
    ]
}
