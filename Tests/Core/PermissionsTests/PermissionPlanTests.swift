import AccessPolicy
import JSON
import Permissions
import StatesLanguage
import Testing

@Suite("The policy of a definition allows its calls and nothing beside them")
struct PermissionPlanTests {
    /// One integration: a Task state, calls that it makes and some that it does not make.
    struct Row: Sendable, CustomTestStringConvertible {
        var resource: String
        var parameters: String
        var allowed: [(action: String, resource: String, keys: [String: String])]
        var denied: [(action: String, resource: String, keys: [String: String])]
        var remarks = 0

        var testDescription: String { "\(resource) \(parameters)" }
    }

    static let place = "us-east-1:123456789012"
    static let roles = JSONValue.object([
        "family": "etl", "taskRoleArn": "arn:aws:iam::123456789012:role/work",
        "executionRoleArn": "arn:aws:iam::123456789012:role/pull",
    ])

    static func plan(_ resource: String, _ parameters: String, more: String = "") throws -> PermissionPlan {
        let text = #"""
            {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"\#(resource)","Parameters":\#(parameters),\#(more)"End":true}}}
            """#
        let compilation = Definition.compile(text, options: CompileOptions(allowPlaceholders: true))
        let machine = try #require(compilation.machine, "\(compilation.errors.map(\.listing))")
        return PermissionPlanner.plan(
            for: machine,
            settings: PermissionSettings(
                region: "us-east-1", account: "123456789012", machineName: "orders", taskDefinitions: ["etl": roles]))
    }

    static func decide(
        _ plan: PermissionPlan, _ action: String, _ resource: String, _ keys: [String: String]
    ) throws
        -> AccessDecision
    {
        var request = AccessRequest(action: action, resource: resource)
        for (key, value) in keys { request.set(key, [value]) }
        return request.decide(by: [try PolicyDocument(plan.policy)])
    }

    private static let inNight = ["ecs:cluster": "arn:aws:ecs:\(place):cluster/night"]
    private static let forTasks = ["iam:PassedToService": "ecs-tasks.amazonaws.com"]

    static let rows: [Row] = [
        Row(
            resource: "arn:aws:states:::ecs:runTask.sync",
            parameters: #"{"Cluster":"night","TaskDefinition":"etl:3"}"#,
            allowed: [
                ("ecs:RunTask", "arn:aws:ecs:\(place):task-definition/etl:3", inNight),
                ("ecs:StopTask", "arn:aws:ecs:\(place):task/night/0a1b", inNight),
                ("ecs:DescribeTasks", "arn:aws:ecs:\(place):task/night/0a1b", inNight),
                ("iam:PassRole", "arn:aws:iam::123456789012:role/work", forTasks),
                ("iam:PassRole", "arn:aws:iam::123456789012:role/pull", forTasks),
                ("events:PutRule", "arn:aws:events:\(place):rule/StepFunctionsGetEventsForECSTaskRule", [:]),
            ],
            denied: [
                ("ecs:RunTask", "arn:aws:ecs:\(place):task-definition/etl:4", inNight),
                ("ecs:RunTask", "arn:aws:ecs:\(place):task-definition/etl:3", [:]),
                ("ecs:StopTask", "arn:aws:ecs:\(place):task/day/0a1b", inNight),
                ("iam:PassRole", "arn:aws:iam::123456789012:role/other", forTasks),
                (
                    "iam:PassRole", "arn:aws:iam::123456789012:role/work",
                    ["iam:PassedToService": "lambda.amazonaws.com"]
                ),
                ("events:PutRule", "arn:aws:events:\(place):rule/other", [:]),
                ("ecs:TagResource", "arn:aws:ecs:\(place):task/night/0a1b", [:]),
            ]),
        Row(
            resource: "arn:aws:states:::ecs:runTask.waitForTaskToken",
            parameters: #"{"TaskDefinition.$":"$.task","Tags":[{"Key":"a","Value":"b"}]}"#,
            allowed: [
                (
                    "ecs:RunTask", "arn:aws:ecs:\(place):task-definition/any:1",
                    ["ecs:cluster": "arn:aws:ecs:\(place):cluster/default"]
                ),
                ("ecs:TagResource", "arn:aws:ecs:\(place):task/default/0a1b", ["ecs:CreateAction": "RunTask"]),
                ("iam:PassRole", "arn:aws:iam::123456789012:role/any", forTasks),
            ],
            denied: [("ecs:StopTask", "arn:aws:ecs:\(place):task/default/0a1b", [:])], remarks: 2),
        Row(
            resource: "arn:aws:states:::lambda:invoke", parameters: #"{"FunctionName":"charge","Qualifier":"live"}"#,
            allowed: [("lambda:InvokeFunction", "arn:aws:lambda:\(place):function:charge:live", [:])],
            denied: [
                ("lambda:InvokeFunction", "arn:aws:lambda:\(place):function:charge", [:]),
                ("lambda:InvokeFunction", "arn:aws:lambda:\(place):function:charge:2", [:]),
            ]),
        Row(
            resource: "arn:aws:lambda:eu-west-1:111122223333:function:send", parameters: "{}",
            allowed: [("lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:111122223333:function:send", [:])],
            denied: [("lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:111122223333:function:sender", [:])]),
        Row(
            resource: "arn:aws:states:::states:startExecution.sync:2",
            parameters: #"{"StateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:child"}"#,
            allowed: [
                ("states:StartExecution", "arn:aws:states:\(place):stateMachine:child", [:]),
                ("states:StopExecution", "arn:aws:states:\(place):execution:child:one", [:]),
                (
                    "events:PutTargets",
                    "arn:aws:events:\(place):rule/StepFunctionsGetEventsForStepFunctionsExecutionRule", [:]
                ),
            ],
            denied: [("states:StopExecution", "arn:aws:states:\(place):execution:other:one", [:])]),
        Row(
            resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            parameters:
                #"{"QueueUrl":"https://sqs.eu-west-1.amazonaws.com/111122223333/work","MessageBody.$":"$$.Task.Token"}"#,
            allowed: [("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:work", [:])],
            denied: [("sqs:ReceiveMessage", "arn:aws:sqs:eu-west-1:111122223333:work", [:])]),
        Row(
            resource: "arn:aws:states:::sns:publish",
            parameters: #"{"TopicArn":"arn:aws:sns:us-east-1:123456789012:news","Message":"m"}"#,
            allowed: [("sns:Publish", "arn:aws:sns:\(place):news", [:])],
            denied: [("sns:Publish", "arn:aws:sns:\(place):other", [:])]),
        Row(
            resource: "arn:aws:states:::dynamodb:putItem", parameters: #"{"TableName":"stock","Item":{}}"#,
            allowed: [("dynamodb:PutItem", "arn:aws:dynamodb:\(place):table/stock", [:])],
            denied: [("dynamodb:DeleteItem", "arn:aws:dynamodb:\(place):table/stock", [:])]),
        Row(
            resource: "arn:aws:states:::events:putEvents",
            parameters: #"{"Entries":[{"EventBusName":"bus","Detail":{}},{"Detail.$":"$.x"}]}"#,
            allowed: [
                ("events:PutEvents", "arn:aws:events:\(place):event-bus/bus", [:]),
                ("events:PutEvents", "arn:aws:events:\(place):event-bus/default", [:]),
            ],
            denied: [("events:PutEvents", "arn:aws:events:\(place):event-bus/other", [:])]),
        Row(
            resource: "arn:aws:states:::batch:submitJob.sync",
            parameters: #"{"JobName":"j","JobDefinition":"render:2","JobQueue":"slow"}"#,
            allowed: [
                ("batch:SubmitJob", "arn:aws:batch:\(place):job-definition/render:2", [:]),
                ("batch:SubmitJob", "arn:aws:batch:\(place):job-queue/slow", [:]), ("batch:DescribeJobs", "*", [:]),
                ("batch:TerminateJob", "arn:aws:batch:\(place):job/1", [:]),
                ("events:DescribeRule", "arn:aws:events:\(place):rule/StepFunctionsGetEventsForBatchJobsRule", [:]),
            ],
            denied: [("batch:SubmitJob", "arn:aws:batch:\(place):job-queue/fast", [:])], remarks: 2),
        Row(
            resource: "arn:aws:states:::glue:startJobRun.sync", parameters: #"{"JobName":"clean"}"#,
            allowed: [
                ("glue:StartJobRun", "arn:aws:glue:\(place):job/clean", [:]),
                ("glue:BatchStopJobRun", "arn:aws:glue:\(place):job/clean", [:]),
            ],
            denied: [("glue:StartJobRun", "arn:aws:glue:\(place):job/dirty", [:])]),
        Row(
            resource: "arn:aws:states:::apigateway:invoke",
            parameters: #"""
                {"ApiEndpoint":"abc.execute-api.us-east-1.amazonaws.com","Method":"GET","Stage":"prod","Path":"/orders"}
                """#,
            allowed: [("execute-api:Invoke", "arn:aws:execute-api:\(place):abc/prod/GET/orders", [:])],
            denied: [("execute-api:Invoke", "arn:aws:execute-api:\(place):abc/prod/POST/orders", [:])]),
        Row(
            resource: "arn:aws:states:::http:invoke",
            parameters: #"""
                {"ApiEndpoint":"https://api.example.com/v1","Method":"GET",
                "Authentication":{"ConnectionArn":"arn:aws:events:us-east-1:123456789012:connection/shop/1b2c"}}
                """#,
            allowed: [
                (
                    "states:InvokeHTTPEndpoint", "arn:aws:states:\(place):stateMachine:orders",
                    ["states:HTTPMethod": "GET", "states:HTTPEndpoint": "https://api.example.com/v1"]
                ),
                ("events:RetrieveConnectionCredentials", "arn:aws:events:\(place):connection/shop/1b2c", [:]),
                ("events:DescribeConnection", "arn:aws:events:\(place):connection/shop/1b2c", [:]),
                (
                    "secretsmanager:GetSecretValue",
                    "arn:aws:secretsmanager:\(place):secret:events!connection/shop/9-x", [:]
                ),
            ],
            denied: [
                (
                    "states:InvokeHTTPEndpoint", "arn:aws:states:\(place):stateMachine:orders",
                    ["states:HTTPMethod": "POST", "states:HTTPEndpoint": "https://api.example.com/v1"]
                )
            ]),
        Row(
            resource: "arn:aws:states:::aws-sdk:s3:listObjectsV2", parameters: #"{"Bucket":"files"}"#,
            allowed: [("s3:ListBucket", "arn:aws:s3:::files", [:])],
            denied: [("s3:GetObject", "arn:aws:s3:::files/a", [:])]),
        Row(
            resource: "arn:aws:states:::aws-sdk:s3:getObject", parameters: #"{"Bucket":"files","Key":"a*b"}"#,
            allowed: [("s3:GetObject", "arn:aws:s3:::files/a*b", [:])],
            denied: [("s3:GetObject", "arn:aws:s3:::files/axb", [:])]),
        Row(
            resource: "arn:aws:states:::aws-sdk:sfn:describeExecution",
            parameters: #"{"ExecutionArn":"arn:aws:states:us-east-1:123456789012:execution:child:one"}"#,
            allowed: [("states:DescribeExecution", "arn:aws:states:\(place):execution:child:one", [:])],
            denied: [("states:DescribeExecution", "arn:aws:states:\(place):execution:child:two", [:])]),
        Row(
            resource: "arn:aws:states:::aws-sdk:rekognition:detectText", parameters: #"{"Image":{}}"#,
            allowed: [("rekognition:DetectText", "*", [:])], denied: [("rekognition:DetectFaces", "*", [:])], remarks: 1
        ),
    ]

    @Test("Each integration's calls are allowed, others are not", arguments: rows)
    func integration(row: Row) throws {
        let plan = try Self.plan(row.resource, row.parameters)
        for call in row.allowed {
            #expect(try Self.decide(plan, call.action, call.resource, call.keys) == .allowed, "\(call) \(plan.policy)")
        }
        for call in row.denied {
            #expect(try Self.decide(plan, call.action, call.resource, call.keys) != .allowed, "\(call) \(plan.policy)")
        }
        #expect(plan.remarks.count == row.remarks, "\(plan.remarks.map(\.text))")
    }

    @Test("A state that takes on another role needs that role and no grant for its call")
    func credentials() throws {
        let role = "arn:aws:iam::111122223333:role/there"
        let plan = try Self.plan(
            "arn:aws:states:::lambda:invoke", #"{"FunctionName":"f"}"#, more: #""Credentials":{"RoleArn":"\#(role)"},"#)
        #expect(plan.grants.map(\.actions) == [["sts:AssumeRole"]])
        #expect(plan.grants.map(\.resources) == [[role]])
    }

    @Test("What input decides is granted widely and remarked, a placeholder too")
    func wide() throws {
        for parameters in [#"{"QueueUrl.$":"$.url","MessageBody":"b"}"#, #"{"QueueUrl":"${Queue}","MessageBody":"b"}"#]
        {
            let plan = try Self.plan("arn:aws:states:::sqs:sendMessage", parameters)
            #expect(plan.grants.map(\.resources) == [["arn:aws:sqs:us-east-1:123456789012:*"]])
            #expect(plan.remarks.count == 1)
        }
    }

    @Test("An activity needs nothing")
    func activity() throws {
        #expect(try Self.plan("arn:aws:states:us-east-1:123456789012:activity:desk", "{}").grants.isEmpty)
    }

    @Test("A DISTRIBUTED Map starts executions of its own machine, reads items and writes results")
    func distributedMap() throws {
        let text = #"""
            {"StartAt":"M","States":{"M":{"Type":"Map","End":true,
            "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"FIRST_ROW"},
            "Parameters":{"Bucket":"in","Key":"a.csv"}},
            "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"out","Prefix":"runs"}},
            "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"P",
            "States":{"P":{"Type":"Pass","End":true}}}}}}
            """#
        let machine = try #require(Definition.compile(text).machine)
        let plan = PermissionPlanner.plan(
            for: machine,
            settings: PermissionSettings(region: "us-east-1", account: "123456789012", machineName: "orders"))
        for (action, resource, isAllowed) in [
            ("states:StartExecution", "arn:aws:states:\(Self.place):stateMachine:orders", true),
            ("states:StartExecution", "arn:aws:states:\(Self.place):stateMachine:other", false),
            ("s3:GetObject", "arn:aws:s3:::in/a.csv", true), ("s3:GetObject", "arn:aws:s3:::in/b.csv", false),
            ("s3:PutObject", "arn:aws:s3:::out/runs/x/manifest.json", true),
            ("s3:PutObject", "arn:aws:s3:::out/other", false),
        ] {
            #expect((try Self.decide(plan, action, resource, [:]) == .allowed) == isAllowed, "\(action) \(resource)")
        }
    }

    @Test("Region and account come from the definition's ARNs where they agree")
    func places() {
        let one = PermissionSettings().completed(from: [["a": "arn:aws:sns:eu-west-1:111122223333:t"]])
        #expect(one.region == "eu-west-1" && one.account == "111122223333")
        let two = PermissionSettings().completed(from: [
            ["arn:aws:sns:eu-west-1:111122223333:t", "arn:aws:sns:eu-west-2:111122223333:t"]
        ])
        #expect(two.region == nil && two.account == "111122223333")
    }
}
